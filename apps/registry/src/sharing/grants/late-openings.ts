import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import { SHARING_GRANT_ESCALATED } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { AnswerTimes } from '../answer-times.js';
import { EscalationRound, type LateStep } from '../escalation-round.js';
import { GrantStore, unopened } from './grant.store.js';

const OPENING: LateStep = {
  table: 'sharing_grant',
  dueOn: 'opening_due_on',
  told: 'opening_escalation',
  isWaiting: (today) => unopened(today),
  event: SHARING_GRANT_ESCALATED,
};

/** Reports grants whose receivers have no account on the bus in time. */
@Injectable()
export class LateOpenings extends EscalationRound {
  readonly name = 'late openings of sharing grants';

  constructor(grants: GrantStore, transactions: TransactionScope, times: AnswerTimes, clock: Clock) {
    super(OPENING, grants, transactions, times, clock);
  }
}
