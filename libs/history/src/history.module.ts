import { type DynamicModule, Module } from '@nestjs/common';
import { History, HISTORY_OPTIONS, type HistoryOptions } from './history.js';

/** Gives {@link History} to the whole service. Import it once, at the root. */
@Module({})
export class HistoryModule {
  static forRoot(options: HistoryOptions): DynamicModule {
    return {
      module: HistoryModule,
      global: true,
      providers: [{ provide: HISTORY_OPTIONS, useValue: options }, History],
      exports: [History],
    };
  }
}
