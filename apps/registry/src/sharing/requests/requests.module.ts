import { Module } from '@nestjs/common';
import { ExchangeLogModule } from '../../exchange-log/exchange-log.module.js';
import { GrantsModule } from '../grants/grants.module.js';
import { LateAnswers } from './late-answers.js';
import { RequestFiguresQueries } from './request-figures.js';
import { RequestStore } from './request.store.js';
import { RequestsController } from './requests.controller.js';
import { RequestsService } from './requests.service.js';

@Module({
  imports: [GrantsModule, ExchangeLogModule],
  controllers: [RequestsController],
  providers: [RequestsService, RequestStore, RequestFiguresQueries, LateAnswers],
  exports: [RequestsService, RequestStore],
})
export class RequestsModule {}
