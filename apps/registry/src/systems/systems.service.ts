import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import {
  type SystemKind,
  REGISTRY_SYSTEM,
  REGISTRY_SYSTEM_CHANGED,
  REGISTRY_SYSTEM_LIFECYCLE_CHANGED,
  REGISTRY_SYSTEM_REGISTERED,
} from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import { Catalogue, type CatalogueDefinition } from '../catalogue/catalogue.js';
import { CatalogueQueries } from '../catalogue/catalogue-queries.js';
import { SystemLifecycleStep, RegistrySystem } from './system.entity.js';

const SYSTEMS: CatalogueDefinition = {
  aggregate: REGISTRY_SYSTEM,
  entry: RegistrySystem,
  step: SystemLifecycleStep,
  registered: REGISTRY_SYSTEM_REGISTERED,
  changed: REGISTRY_SYSTEM_CHANGED,
  lifecycleChanged: REGISTRY_SYSTEM_LIFECYCLE_CHANGED,
};

/** Changes to the catalogue of systems. */
@Injectable()
export class SystemsService extends Catalogue<SystemKind> {
  constructor(transactions: TransactionScope, outbox: Outbox, clock: Clock) {
    super(SYSTEMS, transactions, outbox, clock);
  }
}

/** Reads the catalogue of systems. */
@Injectable()
export class SystemsQueries extends CatalogueQueries<SystemKind> {
  constructor(transactions: TransactionScope) {
    super(SYSTEMS, transactions);
  }
}
