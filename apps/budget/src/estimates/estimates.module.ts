import { Module } from '@nestjs/common';
import { AgenciesModule } from '#libs/http';
import { FundingModule } from '../funding/funding.module.js';
import { ItemsModule } from '../items/items.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { DecisionsService } from './decisions.service.js';
import { EstimateStore } from './estimate.store.js';
import { EstimatesController } from './estimates.controller.js';
import { EstimatesQueries } from './estimates.queries.js';
import { EstimatesService } from './estimates.service.js';
import { LinePostings } from './line-postings.js';
import { RoundsController } from './rounds.controller.js';
import { RoundsService } from './rounds.service.js';
import { WithdrawalsService } from './withdrawals.service.js';

@Module({
  imports: [AgenciesModule, ItemsModule, FundingModule, LedgerModule],
  controllers: [RoundsController, EstimatesController],
  providers: [
    EstimateStore,
    LinePostings,
    RoundsService,
    EstimatesService,
    DecisionsService,
    WithdrawalsService,
    EstimatesQueries,
  ],
  exports: [EstimateStore],
})
export class EstimatesModule {}
