import { Module } from '@nestjs/common';
import type { DynamicModule } from '@nestjs/common';
import { loadReferenceData } from './loader.js';
import { ReferenceData } from './reference-data.js';

/** Gives every module of a service the {@link ReferenceData}, read once at start. */
@Module({})
export class ReferenceModule {
  /** @param options.directory value of REFERENCE_DIR; files in it replace the built-in ones */
  static forRoot(options: { directory?: string } = {}): DynamicModule {
    return {
      module: ReferenceModule,
      global: true,
      providers: [{ provide: ReferenceData, useFactory: () => loadReferenceData(options.directory) }],
      exports: [ReferenceData],
    };
  }
}
