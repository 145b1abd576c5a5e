import { Module } from '@nestjs/common';
import { HttpFeedModule } from './http/http-feed.module.js';
import { PackageModule } from './package/package.module.js';
import { ViewsModule } from './views/views.module.js';
import { WebhookModule } from './webhook/webhook.module.js';

/** The ways by which the data of grants leaves, beside the bus itself. */
@Module({ imports: [ViewsModule, HttpFeedModule, WebhookModule, PackageModule] })
export class DeliveryModule {}
