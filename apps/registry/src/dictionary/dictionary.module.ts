import { Module } from '@nestjs/common';
import { AgenciesModule } from '#libs/http';
import { DatabasesModule } from '../databases/databases.module.js';
import { DictionaryStanding } from './dictionary-standing.js';
import { DictionaryController } from './dictionary.controller.js';
import { DictionaryService } from './dictionary.service.js';
import { DictionaryStore } from './dictionary.store.js';
import { DictionaryExport } from './exchange/dictionary-export.js';
import { DictionaryImport } from './exchange/dictionary-import.js';
import { DictionaryExchangeController } from './exchange/exchange.controller.js';
import { FieldStore } from './field.store.js';
import { FieldsController } from './fields.controller.js';
import { FieldsService } from './fields.service.js';
import { TermStore } from './term.store.js';
import { TermsController } from './terms.controller.js';
import { TermsService } from './terms.service.js';

/** The shared data dictionary and the fields of databases that are mapped to it. */
@Module({
  imports: [AgenciesModule, DatabasesModule],
  controllers: [DictionaryExchangeController, DictionaryController, TermsController, FieldsController],
  providers: [
    DictionaryStanding,
    DictionaryService,
    DictionaryStore,
    DictionaryExport,
    DictionaryImport,
    FieldStore,
    FieldsService,
    TermStore,
    TermsService,
  ],
  exports: [DictionaryStanding],
})
export class DictionaryModule {}
