import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import {
  DATABASE_ATTRIBUTES,
  REGISTRY_DATABASE,
  REGISTRY_DATABASE_CHANGED,
  REGISTRY_DATABASE_LIFECYCLE_CHANGED,
  REGISTRY_DATABASE_REGISTERED,
  REGISTRY_DATABASE_USE_CHANGED,
  type RegistryDatabaseState,
} from '#libs/contracts';
import { History } from '#libs/history';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { Catalogue, type CatalogueDefinition } from '../catalogue/catalogue.js';
import { CatalogueQueries } from '../catalogue/catalogue-queries.js';
import { DatabaseLifecycleStep, RegistryDatabase } from './database.entity.js';
import { BLANK_DATABASE, databaseValues, toDatabaseState } from './database-state.js';

function definitionOf(
  reference: ReferenceData,
): CatalogueDefinition<RegistryDatabaseState, RegistryDatabase> {
  return {
    aggregate: REGISTRY_DATABASE,
    entry: RegistryDatabase,
    step: DatabaseLifecycleStep,
    blank: BLANK_DATABASE,
    attributes: DATABASE_ATTRIBUTES,
    ownValues: databaseValues,
    toState: (row) => toDatabaseState(row, reference),
    registered: REGISTRY_DATABASE_REGISTERED,
    changed: REGISTRY_DATABASE_CHANGED,
    lifecycleChanged: REGISTRY_DATABASE_LIFECYCLE_CHANGED,
    useChanged: REGISTRY_DATABASE_USE_CHANGED,
  };
}

/** Changes to the catalogue of databases. */
@Injectable()
export class DatabasesService extends Catalogue<RegistryDatabaseState, RegistryDatabase> {
  constructor(transactions: TransactionScope, history: History, clock: Clock, reference: ReferenceData) {
    super(definitionOf(reference), transactions, history, clock);
  }
}

/** Reads the catalogue of databases. */
@Injectable()
export class DatabasesQueries extends CatalogueQueries<RegistryDatabaseState, RegistryDatabase> {
  constructor(transactions: TransactionScope, reference: ReferenceData) {
    super(definitionOf(reference), transactions);
  }
}
