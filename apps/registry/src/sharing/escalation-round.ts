import type { EntityManager } from 'typeorm';
import type { Clock } from '#libs/calendar';
import { SHARING_ESCALATIONS } from '#libs/contracts';
import type { AggregateChange, Author } from '#libs/history';
import { Round } from '#libs/http';
import type { TransactionScope } from '#libs/persistence';
import type { AnswerTimes } from './answer-times.js';

const AUTHOR: Author = { subject: 'escalation', agency: null };

/** What may come late, in terms of its table. */
export interface LateStep {
  table: string;
  /** Column with the last day for it. */
  dueOn: string;
  /** Column with the number of levels that were told. */
  told: string;
  /** SQL: whether it is still to be done on the day that the parameter stands for. */
  isWaiting: (today: string) => string;
  /** Type of the event that tells of a report. */
  event: string;
}

interface Store {
  alter(
    author: Author,
    id: string,
    change: AggregateChange,
    work: (before: unknown, manager: EntityManager) => Promise<void>,
  ): Promise<unknown>;
}

/** Reports what is late to one level after the other: each step once, also with several replicas and after a standstill. */
export abstract class EscalationRound extends Round {
  protected constructor(
    private readonly step: LateStep,
    private readonly store: Store,
    private readonly transactions: TransactionScope,
    private readonly times: AnswerTimes,
    private readonly clock: Clock,
  ) {
    super();
  }

  async run(): Promise<void> {
    const { table, dueOn, told, isWaiting } = this.step;
    const today = this.clock.today();
    const late = await this.transactions.manager.query<{ id: string; dueOn: string; told: number }[]>(
      `SELECT id, ${dueOn}::text AS "dueOn", ${told} AS told FROM ${table}
       WHERE ${isWaiting('$1::date')} AND ${dueOn} < $1::date AND ${told} < ${SHARING_ESCALATIONS.length}
       ORDER BY ${dueOn}, id`,
      [today],
    );
    for (const one of late) {
      const due = this.times.escalationsBy(one.dueOn, today);
      for (let level = one.told + 1; level <= due; level += 1) await this.escalate(one.id, level, today);
    }
  }

  /** Changes nothing when it was done meanwhile, or another replica has told that level. */
  private async escalate(id: string, level: number, today: string): Promise<void> {
    const { table, dueOn, told, isWaiting, event } = this.step;
    await this.store.alter(AUTHOR, id, { type: event }, async (_, manager) => {
      await manager.query(
        `UPDATE ${table} SET ${told} = $2
         WHERE id = $1 AND ${isWaiting('$3::date')} AND ${dueOn} < $3::date AND ${told} = $2 - 1`,
        [id, level, today],
      );
    });
  }
}
