import { type DynamicModule, Module } from '@nestjs/common';
import type { ServiceName } from '#libs/contracts';
import { DatasetDeclarations, DECLARING_SERVICE } from './dataset-declarations.js';

/** Has a service declare its datasets at its start. Needs MessagingModule and the DeclaredDatasets migration. */
@Module({})
export class DatasetDeclarationsModule {
  static of(service: ServiceName): DynamicModule {
    return {
      module: DatasetDeclarationsModule,
      global: true,
      providers: [{ provide: DECLARING_SERVICE, useValue: service }, DatasetDeclarations],
      exports: [DatasetDeclarations],
    };
  }
}
