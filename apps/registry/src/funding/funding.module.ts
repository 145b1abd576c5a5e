import { Module } from '@nestjs/common';
import { DatabasesModule } from '../databases/databases.module.js';
import { BudgetListener } from './budget-listener.js';
import { FundingService } from './funding.service.js';

@Module({ imports: [DatabasesModule], controllers: [BudgetListener], providers: [FundingService] })
export class FundingModule {}
