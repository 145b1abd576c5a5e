import { type DynamicModule, Module } from '@nestjs/common';
import { DatabasesModule } from '../databases/databases.module.js';
import { CatalogueController } from './catalogue.controller.js';
import { CatalogueQueries } from './catalogue.queries.js';
import { PORTAL_OPTIONS, type PortalOptions } from './dcat.options.js';
import { PublicationStore } from './publication.store.js';
import { PublicationsController } from './publications.controller.js';
import { PublicationsService } from './publications.service.js';

/** The registry for open-data portals, and what owners state for them. */
@Module({})
export class DcatModule {
  static of(options: PortalOptions): DynamicModule {
    return {
      module: DcatModule,
      imports: [DatabasesModule],
      controllers: [CatalogueController, PublicationsController],
      providers: [
        CatalogueQueries,
        PublicationStore,
        PublicationsService,
        { provide: PORTAL_OPTIONS, useValue: options },
      ],
    };
  }
}
