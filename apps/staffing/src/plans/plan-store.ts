import type { EntityManager } from 'typeorm';
import type { Actor } from '#libs/auth';
import { problem } from '#libs/contracts';
import { AggregateStore, type Ground, type History } from '#libs/history';
import type { TransactionScope } from '#libs/persistence';
import { staffingProblem } from '../problems.js';

interface PlanState {
  id: string;
  version: number;
  state: string;
}

/** What can be done with a plan: one line of its state machine. */
export interface Step<State extends PlanState> {
  /** Type of the event that tells of it. */
  type: string;
  /** States in which it is possible. */
  from: readonly State['state'][];
  may: (actor: Actor, plan: State) => boolean;
}

/** Where the states of a kind of plan come from. */
export interface PlanKind<State extends PlanState> {
  aggregate: string;
  /** Its table, with `id` and `version`. */
  table: string;
  /** The whole public state of a row called `row`, as JSON. */
  state: string;
  /** Condition on `row` with the code of an agency (null: all) as `$1`. */
  visible: string;
  narrowedTo: (actor: Actor) => string | null;
  /** Adds what follows from the columns. */
  complete: (columns: State) => State;
}

/** Plans of one kind, as an actor may see and change them. */
export abstract class PlanStore<State extends PlanState> extends AggregateStore<State> {
  protected constructor(
    private readonly kind: PlanKind<State>,
    transactions: TransactionScope,
    history: History,
  ) {
    const { aggregate, table, state, complete } = kind;
    super(
      { aggregate, table, select: `SELECT ${state} AS state FROM ${table} row`, complete },
      transactions,
      history,
    );
  }

  /** @throws problem `not-found`, also for a plan that the actor may not see */
  async readFor(actor: Actor, id: string): Promise<State> {
    const [plan] = await this.visibleTo(actor, 'row.id = $2', [id]);
    if (!plan) throw problem('not-found');
    return plan;
  }

  /**
   * Those of a page and one more, the newest first.
   * @param condition over `row`, parameters from `$2` on
   */
  page(actor: Actor, limit: number, condition: string, parameters: readonly unknown[]): Promise<State[]> {
    return this.visibleTo(actor, `${condition} ORDER BY row.id DESC LIMIT ${limit + 1}`, parameters);
  }

  /**
   * Does the work of a step. When the plan differs afterwards it gets a version, a line of history and an event.
   *
   * @param work gets the plan before, which is locked
   * @throws problem `not-found`, `other-agency`, `stale-version`, `step-not-allowed`, and those of the work
   */
  take(
    actor: Actor,
    id: string,
    step: Step<State>,
    ground: Ground & { ifMatch: number | undefined },
    work: (before: State, manager: EntityManager) => Promise<void>,
  ): Promise<State> {
    return this.transactions.run(async () => {
      await this.readFor(actor, id);
      return this.alter(
        actor,
        id,
        { type: step.type, ...ground },
        async (before, manager) => {
          if (!step.from.includes(before.state)) {
            throw staffingProblem('step-not-allowed', { state: before.state, allowed: step.from.join(', ') });
          }
          await work(before, manager);
        },
        (before) => {
          if (!step.may(actor, before)) throw problem('other-agency');
        },
      );
    });
  }

  private visibleTo(actor: Actor, rest: string, parameters: readonly unknown[]): Promise<State[]> {
    const { visible, narrowedTo } = this.kind;
    return this.query(`WHERE ($1::text IS NULL OR ${visible}) AND ${rest}`, [
      narrowedTo(actor),
      ...parameters,
    ]);
  }
}
