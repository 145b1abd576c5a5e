import { Module } from '@nestjs/common';
import { DatabasesModule } from '../../databases/databases.module.js';
import { SharingAgencies } from '../sharing-agencies.js';
import { DatasetStore } from './dataset.store.js';
import { Datasets } from './datasets.js';
import { DatasetsController } from './datasets.controller.js';
import { DeclarationsListener } from './declarations.listener.js';
import { DeclaredDatasets } from './declared-datasets.js';
import { MissingDeclarations } from './missing-declarations.js';

@Module({
  imports: [DatabasesModule],
  controllers: [DatasetsController, DeclarationsListener],
  providers: [SharingAgencies, Datasets, DatasetStore, DeclaredDatasets, MissingDeclarations],
  exports: [SharingAgencies, Datasets, DatasetStore, DatabasesModule],
})
export class DatasetsModule {}
