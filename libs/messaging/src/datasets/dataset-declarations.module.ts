import { type DynamicModule, Module } from '@nestjs/common';
import type { ServiceName } from '#libs/contracts';
import { DatasetBook } from './dataset-book.js';
import { DatasetDeclarations } from './dataset-declarations.js';
import { DECLARING_SERVICE } from './declaring-service.js';

/** Has a service declare its datasets at its start. Needs MessagingModule and the DeclaredDatasets migration. */
@Module({})
export class DatasetDeclarationsModule {
  static of(service: ServiceName): DynamicModule {
    return {
      module: DatasetDeclarationsModule,
      global: true,
      providers: [{ provide: DECLARING_SERVICE, useValue: service }, DatasetBook, DatasetDeclarations],
      exports: [DatasetDeclarations],
    };
  }
}
