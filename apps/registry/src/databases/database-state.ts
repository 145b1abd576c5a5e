import {
  DATABASE_ATTRIBUTES,
  type DatabaseKind,
  type OpenAttributeName,
  type RegistryDatabaseState,
} from '#libs/contracts';
import type { ReferenceData } from '#libs/reference';
import { toEntryState } from '../catalogue/entry-state.js';
import type { RegistryDatabase } from './database.entity.js';

export const BLANK_DATABASE: Partial<RegistryDatabase> = {
  scope: null,
  sharingScope: null,
  targetQuarter: null,
  budgetSplit: null,
  partners: [],
  lists: [],
  funding: { items: [], allocated: 0 },
};

/** Values of the attributes that only databases have. */
export function databaseValues(row: RegistryDatabase): Partial<Record<OpenAttributeName, unknown>> {
  const { scope, sharingScope, targetQuarter, budgetSplit } = row;
  return { scope, sharingScope, targetQuarter, budgetSplit };
}

export function toDatabaseState(row: RegistryDatabase, reference: ReferenceData): RegistryDatabaseState {
  const { scope, sharingScope, targetQuarter, budgetSplit, partners, lists, funding } = row;
  return {
    ...toEntryState<DatabaseKind>(row, DATABASE_ATTRIBUTES, databaseValues(row), reference),
    scope,
    sharingScope,
    targetQuarter,
    budgetSplit,
    partners,
    lists,
    funding,
  };
}
