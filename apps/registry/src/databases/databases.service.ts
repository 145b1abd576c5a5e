import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import {
  type DatabaseKind,
  REGISTRY_DATABASE,
  REGISTRY_DATABASE_CHANGED,
  REGISTRY_DATABASE_LIFECYCLE_CHANGED,
  REGISTRY_DATABASE_REGISTERED,
} from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import { Catalogue, type CatalogueDefinition } from '../catalogue/catalogue.js';
import { CatalogueQueries } from '../catalogue/catalogue-queries.js';
import { DatabaseLifecycleStep, RegistryDatabase } from './database.entity.js';

const DATABASES: CatalogueDefinition = {
  aggregate: REGISTRY_DATABASE,
  entry: RegistryDatabase,
  step: DatabaseLifecycleStep,
  registered: REGISTRY_DATABASE_REGISTERED,
  changed: REGISTRY_DATABASE_CHANGED,
  lifecycleChanged: REGISTRY_DATABASE_LIFECYCLE_CHANGED,
};

/** Changes to the catalogue of databases. */
@Injectable()
export class DatabasesService extends Catalogue<DatabaseKind> {
  constructor(transactions: TransactionScope, outbox: Outbox, clock: Clock) {
    super(DATABASES, transactions, outbox, clock);
  }
}

/** Reads the catalogue of databases. */
@Injectable()
export class DatabasesQueries extends CatalogueQueries<DatabaseKind> {
  constructor(transactions: TransactionScope) {
    super(DATABASES, transactions);
  }
}
