import type { EntityManager, EntityTarget } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import type { Clock } from '#libs/calendar';
import { changedFields, type Lifecycle, problem, type RegistryEntryState } from '#libs/contracts';
import { assertVersion } from '#libs/http';
import type { Outbox } from '#libs/messaging';
import type { TransactionScope } from '#libs/persistence';
import { mayWriteEntry } from '../access/registry-access.js';
import type { CatalogueEntry, EntryRow, LifecycleStep } from './entry.entity.js';
import { registryProblem } from '../problems.js';
import { type EntryChanges, type EntryContent, toColumns, toState } from './entry-state.js';
import { checkFirstState, checkStep } from './lifecycle-rules.js';

/** What tells one catalogue (databases, systems) from the other. */
export interface CatalogueDefinition {
  aggregate: string;
  entry: EntityTarget<CatalogueEntry>;
  step: EntityTarget<LifecycleStep>;
  /** Event types. */
  registered: string;
  changed: string;
  lifecycleChanged: string;
}

/** A move in the life cycle, as it is reported. */
export interface LifecycleMove {
  to: Lifecycle;
  /** Day of the change, yyyy-MM-dd. */
  on: string;
  document: string | null;
  note: string | null;
}

/** Who records something; the service itself when it loads its first data. */
export type Recorder = Pick<Actor, 'subject' | 'agency'>;

/** Writes to one catalogue: every change is one transaction with its event. */
export abstract class Catalogue<Kind extends string> {
  protected constructor(
    private readonly definition: CatalogueDefinition,
    private readonly transactions: TransactionScope,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `other-agency`, `name-taken`, `validation-failed` */
  create(actor: Actor, content: EntryContent<Kind>): Promise<RegistryEntryState<Kind>> {
    if (!mayWriteEntry(actor, content.owner?.code ?? null)) throw problem('other-agency');
    checkFirstState(content, this.clock.today());
    return this.register(actor, content);
  }

  /**
   * Enters an entry without asking whether the recorder may: for the service's own loading.
   *
   * @throws problem `name-taken`
   */
  register(recorder: Recorder, content: EntryContent<Kind>): Promise<RegistryEntryState<Kind>> {
    return this.transactions.run(async (manager) => {
      await this.refuseTakenName(manager, content.name);
      const now = this.clock.now();
      const entry = { ...toColumns(content), id: uuidv7(), version: 1, createdAt: now, updatedAt: now };
      await manager.insert(this.definition.entry, entry);
      const { lifecycle: to, lifecycleOn: on, lifecycleDocument: document } = content;
      await this.addStep(manager, recorder, entry.id, null, { to, on, document, note: null });
      return this.publish(this.definition.registered, toState<Kind>(entry), []);
    });
  }

  /**
   * Changes what is given and leaves the rest; nothing happens, and no event, when it is all the same.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `name-taken`
   */
  change(
    actor: Actor,
    id: string,
    changes: EntryChanges<Kind>,
    ifMatch: number | undefined,
  ): Promise<RegistryEntryState<Kind>> {
    return this.transactions.run(async (manager) => {
      const entry = await this.lock(manager, actor, id, ifMatch);
      const before = toState<Kind>(entry);
      const content: EntryContent<Kind> = { ...before, ...changes };
      if (!mayWriteEntry(actor, content.owner?.code ?? null)) throw problem('other-agency');
      if (content.name !== before.name) await this.refuseTakenName(manager, content.name);
      return this.store(manager, this.definition.changed, entry, content);
    });
  }

  /**
   * Moves an entry to another life-cycle state and keeps the step in its history.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `lifecycle-step-not-allowed`, `validation-failed`
   */
  move(
    actor: Actor,
    id: string,
    move: LifecycleMove,
    ifMatch: number | undefined,
  ): Promise<RegistryEntryState<Kind>> {
    return this.transactions.run(async (manager) => {
      const entry = await this.lock(manager, actor, id, ifMatch);
      checkStep(entry, move, this.clock.today());
      await this.addStep(manager, actor, id, entry.lifecycle, move);
      return this.store(manager, this.definition.lifecycleChanged, entry, {
        ...toState<Kind>(entry),
        lifecycle: move.to,
        lifecycleOn: move.on,
        lifecycleDocument: move.document,
      });
    });
  }

  /** The entry, held until the end of the transaction. */
  private async lock(
    manager: EntityManager,
    actor: Actor,
    id: string,
    ifMatch: number | undefined,
  ): Promise<EntryRow> {
    const entry = await manager.findOne(this.definition.entry, {
      where: { id },
      lock: { mode: 'pessimistic_write' },
    });
    if (!entry) throw problem('not-found');
    if (!mayWriteEntry(actor, entry.ownerCode)) throw problem('other-agency');
    assertVersion(entry.version, ifMatch);
    return entry;
  }

  private async store(
    manager: EntityManager,
    type: string,
    entry: EntryRow,
    content: EntryContent<Kind>,
  ): Promise<RegistryEntryState<Kind>> {
    const before = toState<Kind>(entry);
    const next = { ...entry, ...toColumns(content), version: entry.version + 1, updatedAt: this.clock.now() };
    const after = toState<Kind>(next);
    const changed = changedFields(before, after);
    if (changed.length === 0) return before;
    await manager.update(this.definition.entry, { id: entry.id }, next);
    return this.publish(type, after, changed);
  }

  private async addStep(
    manager: EntityManager,
    recorder: Recorder,
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
      recordedBy: recorder.subject,
      recordedByAgency: recorder.agency,
      recordedAt: this.clock.now(),
    });
  }

  /** A second entry of the same name would count a database twice; the unique index is what holds in a race. */
  private async refuseTakenName(manager: EntityManager, name: string): Promise<void> {
    const other = await manager.findOne(this.definition.entry, { where: { name }, select: { id: true } });
    if (other) throw registryProblem('name-taken', { id: other.id });
  }

  private publish(
    type: string,
    state: RegistryEntryState<Kind>,
    changed: string[],
  ): RegistryEntryState<Kind> {
    const { aggregate } = this.definition;
    this.outbox.append({
      aggregate,
      aggregateId: state.id,
      sequence: state.version,
      type,
      state,
      changed,
    });
    return state;
  }
}
