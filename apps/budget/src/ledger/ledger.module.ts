import { Module } from '@nestjs/common';
import { ItemsModule } from '../items/items.module.js';
import { LedgerBooks } from './ledger.books.js';
import { LedgerController } from './ledger.controller.js';
import { LedgerQueries } from './ledger.queries.js';
import { LedgerService } from './ledger.service.js';

@Module({
  imports: [ItemsModule],
  controllers: [LedgerController],
  providers: [LedgerBooks, LedgerService, LedgerQueries],
  exports: [LedgerBooks],
})
export class LedgerModule {}
