import { Module } from '@nestjs/common';
import { WebhookSecretsModule } from '#libs/webhooks';
import { NationalPlatformModule } from '../../national-platform/national-platform.module.js';
import { GrantsModule } from '../../sharing/grants/grants.module.js';
import { SourcesModule } from '../sources/sources.module.js';
import { Handshake } from './handshake.js';
import { WebhookBook } from './webhook-book.js';
import { WebhookWorkers } from './webhook-workers.js';
import { WebhooksController } from './webhooks.controller.js';
import { WebhooksService } from './webhooks.service.js';

@Module({
  imports: [
    GrantsModule,
    SourcesModule,
    NationalPlatformModule,
    WebhookSecretsModule.of({ name: 'sharing_webhook', owner: 'grant_id::text' }),
  ],
  controllers: [WebhooksController],
  providers: [Handshake, WebhookBook, WebhookWorkers, WebhooksService],
})
export class WebhookModule {}
