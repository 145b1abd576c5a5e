import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import {
  problem,
  REGISTRY_DATABASE_LISTED,
  REGISTRY_DATABASE_UNLISTED,
  REGISTRY_LIST_CHANGED,
  REGISTRY_LIST_ENTRY_ADDED,
  REGISTRY_LIST_ENTRY_REMOVED,
  REGISTRY_LIST_OPENED,
  type RegistryListState,
} from '#libs/contracts';
import type { Author } from '#libs/history';
import { TransactionScope } from '#libs/persistence';
import { mayKeep } from '../access/registry-access.js';
import { DatabasesService } from '../databases/databases.service.js';
import { registryProblem } from '../problems.js';
import { requirePriority } from './list-rules.js';
import { ListStore } from './list.store.js';

/** What a new list says; what a change says is a part of it. */
export type ListContent = Pick<
  RegistryListState,
  'purpose' | 'year' | 'title' | 'decision' | 'decidedOn' | 'expected' | 'reporting' | 'note'
>;

export interface Addition {
  databaseId: string;
  document: string | null;
  note: string | null;
}

export interface Removal {
  reason: string;
  document: string | null;
}

/** Lists of databases by year and decision; Sở KH&CN keeps them. */
@Injectable()
export class ListsService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly lists: ListStore,
    private readonly databases: DatabasesService,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `other-agency`; `conflict` for a second list of the same purpose, year and title */
  open(actor: Author, content: ListContent): Promise<RegistryListState> {
    requireKeeper(actor);
    const { purpose, year, title, decision, decidedOn, expected, reporting, note } = content;
    return this.transactions.run(async (manager) => {
      const id = uuidv7();
      await manager.query(
        `INSERT INTO registry_list (id, version, purpose, year, title, decision, decided_on, expected, reporting, note)
         VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [id, purpose, year, title, decision, decidedOn, expected, reporting, note],
      );
      return this.lists.added(actor, id, { type: REGISTRY_LIST_OPENED, document: decision });
    });
  }

  /** @throws problem `not-found`, `other-agency`, `stale-version`, `validation-failed` */
  change(
    actor: Actor,
    id: string,
    changes: Partial<Omit<ListContent, 'purpose' | 'year'>>,
    ifMatch: number | undefined,
  ): Promise<RegistryListState> {
    requireKeeper(actor);
    return this.lists.alter(actor, id, { type: REGISTRY_LIST_CHANGED, ifMatch }, async (before, manager) => {
      if (changes.reporting) requirePriority(before.purpose);
      const { title, decision, decidedOn, expected, reporting, note } = { ...before, ...changes };
      await manager.query(
        `UPDATE registry_list SET title = $2, decision = $3, decided_on = $4, expected = $5, reporting = $6, note = $7
          WHERE id = $1`,
        [id, title, decision, decidedOn, expected, reporting, note],
      );
    });
  }

  /**
   * Puts a database on a list, and tells it of both.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `already-listed`
   */
  async add(actor: Actor, id: string, addition: Addition, ifMatch?: number): Promise<RegistryListState> {
    requireKeeper(actor);
    return this.transactions.run(() => this.put(actor, id, addition, ifMatch));
  }

  /**
   * Takes a database off a list; the entry stays, with its day.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`
   */
  async remove(
    actor: Actor,
    id: string,
    databaseId: string,
    { reason: note, document }: Removal,
    ifMatch?: number,
  ): Promise<RegistryListState> {
    requireKeeper(actor);
    return this.transactions.run(async () => {
      const change = { type: REGISTRY_DATABASE_UNLISTED, allowed: () => true, note, document };
      // The database first: whoever locks both does it in this order.
      await this.databases.alter(actor, databaseId, change, async (row) => {
        const ground = { type: REGISTRY_LIST_ENTRY_REMOVED, ifMatch, note, document };
        await this.lists.alter(actor, id, ground, async (before, manager) => {
          if (!isOn(before, databaseId)) throw problem('not-found');
          await manager.query(
            `UPDATE registry_list_entry SET removed_on = $3
              WHERE list_id = $1 AND database_id = $2 AND removed_on IS NULL`,
            [id, databaseId, this.clock.today()],
          );
        });
        return { lists: row.lists.filter((listing) => listing.id !== id) };
      });
      return this.lists.read(id);
    });
  }

  private async put(
    author: Author,
    id: string,
    { databaseId, document, note }: Addition,
    ifMatch?: number,
  ): Promise<RegistryListState> {
    const change = { type: REGISTRY_DATABASE_LISTED, allowed: () => true, note, document };
    await this.databases.alter(author, databaseId, change, async (row) => {
      const ground = { type: REGISTRY_LIST_ENTRY_ADDED, ifMatch, note, document };
      const { purpose, year } = await this.lists.alter(author, id, ground, async (before, manager) => {
        if (isOn(before, databaseId)) throw registryProblem('already-listed');
        await manager.query(
          `INSERT INTO registry_list_entry (list_id, database_id, position, added_on, document)
           VALUES ($1, $2, $3, $4, $5)`,
          [id, databaseId, before.entries.length + 1, this.clock.today(), document],
        );
      });
      return { lists: [...row.lists, { id, purpose, year }] };
    });
    return this.lists.read(id);
  }
}

function requireKeeper(actor: Author): void {
  if (!mayKeep(actor)) throw problem('other-agency');
}

export function isOn({ entries }: RegistryListState, databaseId: string): boolean {
  return entries.some(({ database, removedOn }) => database.id === databaseId && removedOn === null);
}
