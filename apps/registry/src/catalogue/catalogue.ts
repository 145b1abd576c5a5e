import type { EntityManager, EntityTarget } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import type { Clock } from '#libs/calendar';
import {
  changedFields,
  type Lifecycle,
  type OpenAttributeName,
  problem,
  type RegistryEntryState,
  type UseState,
} from '#libs/contracts';
import type { Author, Ground, History } from '#libs/history';
import { assertVersion } from '#libs/http';
import type { TransactionScope } from '#libs/persistence';
import { mayWriteEntry } from '../access/registry-access.js';
import { registryProblem } from '../problems.js';
import { CodeBook } from './code-book.js';
import type { CatalogueEntry, LifecycleStep } from './entry.entity.js';
import {
  BLANK,
  type EntryChanges,
  type EntryContent,
  searchTextOf,
  toColumns,
  valueIn,
} from './entry-state.js';
import { checkFirstState, checkStep, checkUse } from './lifecycle-rules.js';
import { checkOpenAttributes, isOpen } from './open-attributes.js';

/** What tells one catalogue (databases, systems) from the other. */
export interface CatalogueDefinition<
  State extends RegistryEntryState<string> = RegistryEntryState<string>,
  Row extends CatalogueEntry = CatalogueEntry,
> {
  aggregate: 'database' | 'system';
  entry: EntityTarget<Row>;
  step: EntityTarget<LifecycleStep>;
  /** Columns of a new entry that this catalogue has beyond the common ones. */
  blank: Partial<Row>;
  attributes: readonly OpenAttributeName[];
  /** Values of the attributes that only this catalogue has. */
  ownValues: (row: Row) => Partial<Record<OpenAttributeName, unknown>>;
  toState: (row: Row) => State;
  /** Event types. */
  registered: string;
  changed: string;
  lifecycleChanged: string;
  useChanged: string;
}

/** A move in the life cycle, as it is reported. */
export interface LifecycleMove {
  to: Lifecycle;
  /** Day of the change, yyyy-MM-dd. */
  on: string;
  document: string | null;
  note: string | null;
}

/** A move in the use, as it is reported. */
export type UseMove = Omit<LifecycleMove, 'to'> & { to: UseState };

/** A change of an entry, beside the columns it writes. */
export interface EntryChange extends Ground {
  /** Type of the event that tells of it. */
  type: string;
  /** Version that the caller last read; undefined: whatever is current. */
  ifMatch?: number;
  /** Who may do it; by default the owning agency and Sở KH&CN. */
  allowed?: (ownerCode: string | null) => boolean;
}

/** Writes to one catalogue: every change is one transaction with its event and its line of history. */
export abstract class Catalogue<State extends RegistryEntryState<string>, Row extends CatalogueEntry> {
  private readonly codes: CodeBook;

  protected constructor(
    private readonly definition: CatalogueDefinition<State, Row>,
    private readonly transactions: TransactionScope,
    private readonly history: History,
    private readonly clock: Clock,
  ) {
    this.codes = new CodeBook(definition.aggregate);
  }

  /** @throws problem `other-agency`, `name-taken`, `code-taken`, `validation-failed` */
  create(actor: Actor, content: EntryContent<State['kind']> & Partial<State>): Promise<State> {
    if (!mayWriteEntry(actor, content.owner?.code ?? null)) throw problem('other-agency');
    checkFirstState(content, this.clock.today());
    return this.register(actor, content);
  }

  /**
   * Enters an entry without asking whether the recorder may: for the service's own loading.
   *
   * @throws problem `name-taken`, `code-taken`
   */
  register(author: Author, content: EntryContent<State['kind']> & Partial<State>): Promise<State> {
    return this.transactions.run(async (manager) => {
      await this.refuseTakenName(manager, content.name);
      const now = this.clock.now();
      const stated = { ...BLANK, ...this.definition.blank, ...toColumns(content) };
      const row = {
        ...stated,
        name: content.name,
        id: uuidv7(),
        version: 1,
        createdAt: now,
        updatedAt: now,
        searchText: searchTextOf({
          name: content.name,
          code: stated.code ?? null,
          ownerName: stated.ownerName ?? null,
        }),
      } as unknown as Row;
      this.checkOpen(row);
      await manager.insert(this.definition.entry, row as never);
      await this.codes.claim(manager, row.code, row.id);
      const { lifecycle: to, lifecycleOn: on, lifecycleDocument: document } = content;
      await this.addStep(manager, author, row.id, null, { to, on, document, note: null });
      return this.tell(this.definition.toState(row), [], author, { type: this.definition.registered });
    });
  }

  /**
   * Changes what is given and leaves the rest; nothing happens, and no event, when it is all the same.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `name-taken`, `code-taken`, `validation-failed`
   */
  change(
    actor: Actor,
    id: string,
    changes: EntryChanges<State['kind']> & Partial<State>,
    ifMatch: number | undefined,
  ): Promise<State> {
    const { owner, name } = changes;
    return this.alter(actor, id, { type: this.definition.changed, ifMatch }, async (row, manager) => {
      // Nobody hands an entry over to an agency it could not write for.
      if (owner !== undefined && !mayWriteEntry(actor, owner?.code ?? null)) throw problem('other-agency');
      if (name !== undefined && name !== row.name) await this.refuseTakenName(manager, name);
      return toColumns(changes) as Partial<Row>;
    });
  }

  /**
   * Moves an entry to another life-cycle state and keeps the step in its history.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `lifecycle-step-not-allowed`, `validation-failed`
   */
  move(actor: Actor, id: string, move: LifecycleMove, ifMatch: number | undefined): Promise<State> {
    const { to, on, document, note } = move;
    const change = { type: this.definition.lifecycleChanged, ifMatch, document, note };
    return this.alter(actor, id, change, async (row, manager) => {
      checkStep(row, move, this.clock.today());
      await this.addStep(manager, actor, id, row.lifecycle, move);
      return { lifecycle: to, lifecycleOn: on, lifecycleDocument: document } as Partial<Row>;
    });
  }

  /**
   * Moves an entry to another state of use.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `use-step-not-allowed`, `validation-failed`
   */
  moveUse(actor: Actor, id: string, move: UseMove, ifMatch: number | undefined): Promise<State> {
    const { to, on, document, note } = move;
    const change = { type: this.definition.useChanged, ifMatch, document, note };
    return this.alter(actor, id, change, (row) => {
      checkUse(row, move, this.clock.today());
      return Promise.resolve({ use: to, useOn: on, useDocument: document } as Partial<Row>);
    });
  }

  /**
   * Changes an entry under its lock. When its state differs afterwards it gets a version, a line of history and an
   * event; else nothing happened.
   *
   * @param work gets the row before, and answers the columns that change
   * @throws problem `not-found`, `other-agency`, `stale-version`, and those of the work
   */
  alter(
    author: Author,
    id: string,
    change: EntryChange,
    work: (row: Row, manager: EntityManager) => Promise<Partial<Row>>,
  ): Promise<State> {
    return this.transactions.run(async (manager) => {
      const row = await manager.findOne<Row>(this.definition.entry, {
        where: { id } as never,
        lock: { mode: 'pessimistic_write' },
      });
      if (!row) throw problem('not-found');
      const allowed = change.allowed ?? ((owner) => mayWriteEntry(author, owner));
      if (!allowed(row.ownerCode)) throw problem('other-agency');
      assertVersion(row.version, change.ifMatch);
      return this.store(manager, author, change, row, await work(row, manager));
    });
  }

  private async store(
    manager: EntityManager,
    author: Author,
    change: EntryChange,
    row: Row,
    columns: Partial<Row>,
  ): Promise<State> {
    const before = this.definition.toState(row);
    const versioned = { version: row.version + 1, updatedAt: this.clock.now() };
    const merged: Row = Object.assign({}, row, columns, versioned);
    if (columns.openAttributes !== undefined) this.checkOpen(merged);
    const valueOf = valueIn(merged, this.definition.ownValues(merged));
    const next: Row = Object.assign({}, merged, {
      openAttributes: merged.openAttributes.filter(({ attribute }) => isOpen(valueOf(attribute))),
      searchText: searchTextOf(merged),
    });
    const after = this.definition.toState(next);
    const changed = changedFields(before, after);
    if (changed.length === 0) return before;
    if (next.code !== row.code) await this.codes.claim(manager, next.code, row.id);
    await manager.update(this.definition.entry, { id: row.id }, next as never);
    return this.tell(after, changed, author, change);
  }

  private checkOpen(row: Row): void {
    const { attributes, ownValues } = this.definition;
    checkOpenAttributes(row.openAttributes, attributes, valueIn(row, ownValues(row)));
  }

  private async addStep(
    manager: EntityManager,
    author: Author,
    entryId: string,
    from: Lifecycle | null,
    { to, on, document, note }: Omit<LifecycleMove, 'on'> & { on: string | null },
  ): Promise<void> {
    await manager.insert(this.definition.step, {
      id: uuidv7(),
      entryId,
      from,
      to,
      on,
      document,
      note,
      recordedBy: author.subject,
      recordedByAgency: author.agency,
      recordedAt: this.clock.now(),
    });
  }

  /** A second entry of the same name would count a database twice; the unique index is what holds in a race. */
  private async refuseTakenName(manager: EntityManager, name: string): Promise<void> {
    const other = await manager.findOne(this.definition.entry, {
      where: { name } as never,
      select: { id: true } as never,
    });
    if (other) throw registryProblem('name-taken', { id: other.id });
  }

  private tell(state: State, changed: string[], author: Author, change: EntryChange): State {
    const { type, note, document } = change;
    this.history.record({
      aggregate: this.definition.aggregate,
      state,
      type,
      changed,
      author,
      note,
      document,
    });
    return state;
  }
}
