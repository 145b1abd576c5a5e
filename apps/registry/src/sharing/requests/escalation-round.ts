import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import { SHARING_ESCALATIONS, SHARING_REQUEST_ESCALATED } from '#libs/contracts';
import { Round } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import type { Author } from '../../history/history.service.js';
import { AnswerTimes } from '../answer-times.js';
import { RequestStore } from './request.store.js';

const AUTHOR: Author = { subject: 'escalation', agency: null };

/** Open requests whose answer is late, `$1` being today, that further levels may have to be told of. */
const LATE = `
  SELECT id, due_on::text AS "dueOn", escalation FROM sharing_request
  WHERE state = 'submitted' AND due_on < $1::date AND escalation < ${SHARING_ESCALATIONS.length}
  ORDER BY due_on, id`;

/** Reports late answers to one level after the other: each step once, also with several replicas and after a standstill. */
@Injectable()
export class EscalationRound extends Round {
  readonly name = 'sharing-escalations';

  constructor(
    private readonly transactions: TransactionScope,
    private readonly requests: RequestStore,
    private readonly times: AnswerTimes,
    private readonly clock: Clock,
  ) {
    super();
  }

  async run(): Promise<void> {
    const today = this.clock.today();
    const late = await this.transactions.manager.query<{ id: string; dueOn: string; escalation: number }[]>(
      LATE,
      [today],
    );
    for (const { id, dueOn, escalation } of late) {
      const due = this.times.escalationsBy(dueOn, today);
      for (let level = escalation + 1; level <= due; level += 1) await this.escalate(id, level);
    }
  }

  /** Changes nothing when the request was answered meanwhile, or another replica has done it. */
  private async escalate(id: string, level: number): Promise<void> {
    await this.requests.alter(AUTHOR, id, { type: SHARING_REQUEST_ESCALATED }, async (_, manager) => {
      await manager.query(
        `UPDATE sharing_request SET escalation = $2 WHERE id = $1 AND state = 'submitted' AND escalation = $2 - 1`,
        [id, level],
      );
    });
  }
}
