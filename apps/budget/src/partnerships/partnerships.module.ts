import { type DynamicModule, Module } from '@nestjs/common';
import { ItemsModule } from '../items/items.module.js';
import { PartnershipsController } from './partnerships.controller.js';
import { PartnershipsService, STATE_SHARE_WARNING } from './partnerships.service.js';

@Module({})
export class PartnershipsModule {
  /** @param stateShareWarning State share above which to warn, percent */
  static of(stateShareWarning: number): DynamicModule {
    return {
      module: PartnershipsModule,
      imports: [ItemsModule],
      controllers: [PartnershipsController],
      providers: [PartnershipsService, { provide: STATE_SHARE_WARNING, useValue: stateShareWarning }],
    };
  }
}
