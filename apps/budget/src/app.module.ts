import { type DynamicModule, Module } from '@nestjs/common';
import { HistoryModule } from '#libs/history';
import { dataService } from '#libs/http';
import { FirstStartTable1767225600000 } from '#libs/persistence';
import { type BudgetConfig, DEFAULT_STATE_SHARE_WARNING, PLACEHOLDER_OCDS_PREFIX } from './config.js';
import { Estimate, EstimateLine } from './estimates/estimate.entity.js';
import { EstimatesModule } from './estimates/estimates.module.js';
import { EstimateRound } from './estimates/round.entity.js';
import { ExchangeModule } from './exchange/exchange.module.js';
import { ExportsModule } from './export/exports.module.js';
import { FundingModule } from './funding/funding.module.js';
import { ImportsModule } from './import/imports.module.js';
import { BudgetItem, BudgetItemPlan } from './items/item.entity.js';
import { ItemsModule } from './items/items.module.js';
import { BudgetEntry } from './ledger/entry.entity.js';
import { LedgerModule } from './ledger/ledger.module.js';
import { BudgetEstimates1790000004100 } from './migrations/budget-estimates.js';
import { BudgetImports1790000004600 } from './migrations/budget-imports.js';
import { BudgetItems1767312000000 } from './migrations/budget-items.js';
import { BudgetLedger1790000004000 } from './migrations/budget-ledger.js';
import { BudgetReleases1790000004500 } from './migrations/budget-releases.js';
import { BudgetRoundWithdrawals1790000004610 } from './migrations/budget-round-withdrawals.js';
import { BudgetStagesPartnerships1790000004200 } from './migrations/budget-stages-partnerships.js';
import { OcdsModule } from './ocds/ocds.module.js';
import { PartnershipsModule } from './partnerships/partnerships.module.js';
import { ReportsModule } from './reports/reports.module.js';
import { SeedModule } from './seed/seed.module.js';
import { StagesModule } from './stages/stages.module.js';
import { TotalsModule } from './totals/totals.module.js';
import { YearsModule } from './years/years.module.js';

/** The budget service: investment projects and recurrent activities. */
@Module({})
export class AppModule {
  static of(config: BudgetConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ...dataService({
          process: 'budget',
          config,
          entities: [BudgetItem, BudgetItemPlan, BudgetEntry, EstimateRound, Estimate, EstimateLine],
          migrations: [
            FirstStartTable1767225600000,
            BudgetItems1767312000000,
            BudgetLedger1790000004000,
            BudgetEstimates1790000004100,
            BudgetStagesPartnerships1790000004200,
            BudgetReleases1790000004500,
            BudgetImports1790000004600,
            BudgetRoundWithdrawals1790000004610,
          ],
        }),
        HistoryModule.forRoot({ table: 'budget_change', order: 'oldest-first' }),
        ItemsModule,
        FundingModule,
        LedgerModule,
        YearsModule,
        StagesModule,
        EstimatesModule,
        ExchangeModule,
        PartnershipsModule.of(config.stateShareWarning ?? DEFAULT_STATE_SHARE_WARNING),
        TotalsModule,
        ImportsModule,
        ExportsModule,
        OcdsModule.of(config.ocdsPrefix ?? PLACEHOLDER_OCDS_PREFIX),
        ReportsModule,
        SeedModule,
      ],
    };
  }
}
