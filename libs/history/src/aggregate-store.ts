import type { EntityManager } from 'typeorm';
import { changedFields, problem } from '#libs/contracts';
import { assertVersion } from '#libs/http';
import type { TransactionScope } from '#libs/persistence';
import type { Author, Ground, History } from './history.js';

/** A change of an aggregate, beside the work itself. */
export interface AggregateChange extends Ground {
  /** Type of the event that tells of it. */
  type: string;
  /** Version that the caller last read; undefined: whatever is current. */
  ifMatch?: number;
}

/** Looks at an aggregate before anything is changed, also before the version is compared; throws what speaks against it. */
export type Precondition<State> = (before: State) => void;

/** Where the states of an aggregate come from. */
export interface StoreDefinition<State> {
  aggregate: string;
  /** Its table, with `id` and `version`. */
  table: string;
  /** Statement that gives the whole public state as one JSON column `state`, from a row called `row`. */
  select: string;
  /** Adds what follows from what is stored. */
  complete?: (stored: State) => State;
}

/** Aggregates that are read in one statement and changed under their lock, with version, line of history and event. */
export abstract class AggregateStore<State extends { id: string; version: number }> {
  protected constructor(
    private readonly definition: StoreDefinition<State>,
    protected readonly transactions: TransactionScope,
    private readonly history: History,
  ) {}

  /** @param rest of the statement behind its FROM clause: WHERE, ORDER BY, LIMIT over `row` */
  async query(rest: string, parameters: readonly unknown[]): Promise<State[]> {
    const rows = await this.transactions.manager.query<{ state: State }[]>(
      `${this.definition.select} ${rest}`,
      [...parameters],
    );
    const { complete = (stored: State) => stored } = this.definition;
    return rows.map(({ state }) => complete(state));
  }

  /** @throws problem `not-found` */
  async read(id: string): Promise<State> {
    const [state] = await this.query('WHERE row.id = $1', [id]);
    if (!state) throw problem('not-found');
    return state;
  }

  /** Event and line of history of an aggregate whose first row has just been inserted. Inside `run` only. */
  async added(author: Author, id: string, change: AggregateChange): Promise<State> {
    return this.tell(author, await this.read(id), [], change);
  }

  /**
   * Does the work under the aggregate's lock. When its state differs afterwards it gets a version, a line of history
   * and an event; else nothing happened.
   *
   * @param work gets the state before; writes through the manager
   * @throws problem `not-found`, `stale-version`, and those of the precondition and the work
   */
  alter(
    author: Author,
    id: string,
    change: AggregateChange,
    work: (before: State, manager: EntityManager) => Promise<void>,
    permit: Precondition<State> = () => undefined,
  ): Promise<State> {
    return this.transactions.run(async (manager) => {
      await manager.query(`SELECT 1 FROM ${this.definition.table} WHERE id = $1 FOR UPDATE`, [id]);
      const before = await this.read(id);
      permit(before);
      assertVersion(before.version, change.ifMatch);
      await work(before, manager);
      const changed = changedFields(before, await this.read(id));
      if (changed.length === 0) return before;
      await manager.query(`UPDATE ${this.definition.table} SET version = version + 1 WHERE id = $1`, [id]);
      return this.tell(author, await this.read(id), changed, change);
    });
  }

  private tell(author: Author, state: State, changed: string[], change: AggregateChange): State {
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
