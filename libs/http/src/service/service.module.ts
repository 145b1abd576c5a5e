import { type DynamicModule, Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { AuthModule } from '#libs/auth';
import { Clock, SystemClock } from '#libs/calendar';
import { authOf, type ServiceOptions } from './options.js';

@Global()
@Module({})
class ClockModule {
  static of(clock: Clock): DynamicModule {
    return { module: ClockModule, providers: [{ provide: Clock, useValue: clock }], exports: [Clock] };
  }
}

/** Root of a service: access control, the clock and the application's own module. */
@Module({})
export class ServiceModule {
  static of(options: ServiceOptions): DynamicModule {
    const auth = authOf(options);
    return {
      module: ServiceModule,
      imports: [
        DiscoveryModule,
        ClockModule.of(options.clock ?? new SystemClock()),
        ...(auth ? [AuthModule.forRoot(auth)] : []),
        options.module,
      ],
    };
  }
}
