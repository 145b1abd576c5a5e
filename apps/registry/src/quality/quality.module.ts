import { Module } from '@nestjs/common';
import { DictionaryStanding } from '../dictionary/dictionary-standing.js';
import { QualityController } from './quality.controller.js';
import { QualityQueries } from './quality.queries.js';
import { QualityService } from './quality.service.js';
import { QualityStore } from './quality.store.js';
import { StandingRefresh } from './standing-refresh.js';
import { DatasetSharingStanding, SharingStanding, Standings } from './standings.js';
import { TrendQueries } from './trend.queries.js';

@Module({
  controllers: [QualityController],
  providers: [
    QualityService,
    QualityStore,
    QualityQueries,
    TrendQueries,
    Standings,
    StandingRefresh,
    DictionaryStanding,
    { provide: SharingStanding, useClass: DatasetSharingStanding },
  ],
})
export class QualityModule {}
