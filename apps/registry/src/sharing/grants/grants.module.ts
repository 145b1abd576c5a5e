import { Module } from '@nestjs/common';
import { AnswerTimes } from '../answer-times.js';
import { DatasetsModule } from '../datasets/datasets.module.js';
import { GrantOpenings } from './grant-openings.js';
import { GrantStore } from './grant.store.js';
import { GrantsController } from './grants.controller.js';
import { GrantsService } from './grants.service.js';
import { LateOpenings } from './late-openings.js';
import { LiveGrants } from './live-grants.js';

@Module({
  imports: [DatasetsModule],
  controllers: [GrantsController],
  providers: [AnswerTimes, GrantsService, GrantStore, GrantOpenings, LateOpenings, LiveGrants],
  exports: [AnswerTimes, GrantsService, GrantStore, GrantOpenings, LiveGrants, DatasetsModule],
})
export class GrantsModule {}
