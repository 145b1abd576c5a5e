import { type DynamicModule, Module } from '@nestjs/common';
import { Clock, SystemClock } from './clock.js';

/** Provides the {@link Clock} to every module of an application. */
@Module({})
export class ClockModule {
  /** @param clock a clock of the caller's own, for tests; default the machine's */
  static forRoot(clock: Clock = new SystemClock()): DynamicModule {
    return {
      module: ClockModule,
      global: true,
      providers: [{ provide: Clock, useValue: clock }],
      exports: [Clock],
    };
  }
}
