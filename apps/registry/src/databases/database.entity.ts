import { Column, Entity } from 'typeorm';
import type {
  BudgetSplit,
  DatabaseFunding,
  DatabaseListing,
  DatabasePartner,
  SharingScope,
} from '#libs/contracts';
import { CatalogueEntry, LifecycleStep } from '../catalogue/entry.entity.js';

/**
 * Partners, lists and funding are repeated here from their own tables, under the lock of this row: a database's state is
 * one row, for its event as for a page of 500.
 */
@Entity({ name: 'registry_database' })
export class RegistryDatabase extends CatalogueEntry {
  @Column({ type: 'text', nullable: true })
  scope: string | null;

  @Column({ name: 'sharing_scope', type: 'text', nullable: true })
  sharingScope: SharingScope | null;

  @Column({ name: 'target_quarter', type: 'text', nullable: true })
  targetQuarter: string | null;

  @Column({ name: 'budget_split', type: 'jsonb', nullable: true })
  budgetSplit: BudgetSplit | null;

  @Column({ type: 'jsonb' })
  partners: DatabasePartner[];

  @Column({ type: 'jsonb' })
  lists: DatabaseListing[];

  @Column({ type: 'jsonb' })
  funding: DatabaseFunding;
}

@Entity({ name: 'registry_database_lifecycle' })
export class DatabaseLifecycleStep extends LifecycleStep {}
