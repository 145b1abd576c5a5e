import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import {
  REGISTRY_SYSTEM,
  REGISTRY_SYSTEM_CHANGED,
  REGISTRY_SYSTEM_LIFECYCLE_CHANGED,
  REGISTRY_SYSTEM_REGISTERED,
  REGISTRY_SYSTEM_USE_CHANGED,
  type RegistrySystemState,
  SYSTEM_ATTRIBUTES,
  type SystemKind,
} from '#libs/contracts';
import { History } from '#libs/history';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { Catalogue, type CatalogueDefinition } from '../catalogue/catalogue.js';
import { CatalogueQueries } from '../catalogue/catalogue-queries.js';
import { toEntryState } from '../catalogue/entry-state.js';
import { RegistrySystem, SystemLifecycleStep } from './system.entity.js';

function definitionOf(reference: ReferenceData): CatalogueDefinition<RegistrySystemState, RegistrySystem> {
  const ownValues = ({ security }: RegistrySystem) => ({ security });
  return {
    aggregate: REGISTRY_SYSTEM,
    entry: RegistrySystem,
    step: SystemLifecycleStep,
    blank: { security: null },
    attributes: SYSTEM_ATTRIBUTES,
    ownValues,
    toState: (row) => ({
      ...toEntryState<SystemKind>(row, SYSTEM_ATTRIBUTES, ownValues(row), reference),
      security: row.security,
    }),
    registered: REGISTRY_SYSTEM_REGISTERED,
    changed: REGISTRY_SYSTEM_CHANGED,
    lifecycleChanged: REGISTRY_SYSTEM_LIFECYCLE_CHANGED,
    useChanged: REGISTRY_SYSTEM_USE_CHANGED,
  };
}

/** Changes to the catalogue of systems. */
@Injectable()
export class SystemsService extends Catalogue<RegistrySystemState, RegistrySystem> {
  constructor(transactions: TransactionScope, history: History, clock: Clock, reference: ReferenceData) {
    super(definitionOf(reference), transactions, history, clock);
  }
}

/** Reads the catalogue of systems. */
@Injectable()
export class SystemsQueries extends CatalogueQueries<RegistrySystemState, RegistrySystem> {
  constructor(transactions: TransactionScope, reference: ReferenceData) {
    super(definitionOf(reference), transactions);
  }
}
