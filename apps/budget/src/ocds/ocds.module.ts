import { type DynamicModule, Module } from '@nestjs/common';
import { OcdsController } from './ocds.controller.js';
import { OCDS_PREFIX, PackagesService } from './packages.service.js';
import { ReleasesQueries } from './releases.queries.js';

/** The budget list in the Open Contracting Data Standard. */
@Module({})
export class OcdsModule {
  /** @param prefix of contracting process identifiers, see BudgetConfig */
  static of(prefix: string): DynamicModule {
    return {
      module: OcdsModule,
      controllers: [OcdsController],
      providers: [ReleasesQueries, PackagesService, { provide: OCDS_PREFIX, useValue: prefix }],
    };
  }
}
