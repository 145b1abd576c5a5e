import { type DynamicModule, Module } from '@nestjs/common';
import type { GatewayConfig } from '../config.js';
import { DisplayTokens, FIRST_DISPLAY_TOKEN } from './display-tokens.js';

/** Tokens of wall displays. Global, and imported by the access control only, so that there is one list of open streams. */
@Module({})
export class DisplayModule {
  static forRoot(config: Pick<GatewayConfig, 'displayToken'>): DynamicModule {
    return {
      module: DisplayModule,
      global: true,
      providers: [{ provide: FIRST_DISPLAY_TOKEN, useValue: config.displayToken }, DisplayTokens],
      exports: [DisplayTokens],
    };
  }
}
