import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import { SHARING_REQUEST_ESCALATED } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { AnswerTimes } from '../answer-times.js';
import { EscalationRound, type LateStep } from '../escalation-round.js';
import { RequestStore } from './request.store.js';

const ANSWER: LateStep = {
  table: 'sharing_request',
  dueOn: 'due_on',
  told: 'escalation',
  isWaiting: () => `state = 'submitted'`,
  event: SHARING_REQUEST_ESCALATED,
};

/** Reports answers to requests that are late. */
@Injectable()
export class LateAnswers extends EscalationRound {
  readonly name = 'late answers to sharing requests';

  constructor(requests: RequestStore, transactions: TransactionScope, times: AnswerTimes, clock: Clock) {
    super(ANSWER, requests, transactions, times, clock);
  }
}
