import {
  INBOX,
  SETTLEMENT,
  CONSUMER,
  PROJECTION,
  CONNECTS_ONCE,
  LIMITED_RECONNECTING,
  BACKWARDS,
  type Change,
  type Mutation,
} from './mutation.js';

const NO_INBOX: Change[] = [
  { file: INBOX, search: 'if (inserted.length === 0)', replace: 'if (events.length === 0)' },
  { file: INBOX, search: 'dispatch(onlyNew(events, inserted))', replace: 'dispatch(events)' },
  { file: INBOX, search: 'return inserted.length;', replace: 'return events.length;' },
];

const NO_VERSION_CHECK: Change = {
  file: PROJECTION,
  search: 'WHERE projection.sequence < excluded.sequence',
  replace: '',
};

const UNWATCHED_CONSUMER: Change[] = [
  { file: CONSUMER, search: 'void this.watch(messages);', replace: '' },
  { file: CONSUMER, search: 'abort_on_missing_resource: true', replace: 'abort_on_missing_resource: false' },
];

/** What processes that consume guarantee. */
export const OF_CONSUMERS: Mutation[] = [
  {
    guarantee: 'the inbox and the version keep an effect from being repeated',
    changes: [...NO_INBOX, NO_VERSION_CHECK],
    suite: 'compliance-gateway',
    test: 'has an effect once after a crash between handling and acknowledging',
  },
  {
    guarantee: 'acknowledged after the commit',
    changes: [
      {
        file: SETTLEMENT,
        search: 'const applied = await (active',
        replace: 'for (const { message } of deliveries) message.ack(); const applied = await (active',
      },
    ],
    suite: 'compliance-gateway',
    test: 'applies what it was handling when it crashed',
  },
  {
    guarantee: 'inbox row and effect are one transaction',
    changes: [
      {
        file: INBOX,
        search: 'return this.transactions.run(async () => {',
        replace: 'return ((work) => work())(async () => {',
      },
      {
        file: INBOX,
        search: `await this.transactions.execute('take-into-inbox', TAKE, `,
        replace: `await ((values) => this.transactions.run(() => this.transactions.execute('take-into-inbox', TAKE, values)))(`,
      },
      {
        file: INBOX,
        search: 'await this.router.dispatch(onlyNew(events, inserted));',
        replace: 'await this.transactions.run(() => this.router.dispatch(onlyNew(events, inserted)));',
      },
    ],
    suite: 'compliance-gateway',
    test: 'applies what it was handling when it crashed',
  },
  {
    guarantee: 'what was handed out and not handled goes back at the end',
    changes: [{ file: CONSUMER, search: 'message.nak();', replace: ';' }],
    suite: 'compliance-gateway',
    test: 'hands back at its end what it has not handled',
  },
  {
    guarantee: 'the inbox knows what was applied',
    changes: NO_INBOX,
    suite: 'compliance-gateway',
    test: 'drops a repetition far outside the duplicate window of the broker',
  },
  {
    guarantee: 'the newer version wins',
    changes: [NO_VERSION_CHECK],
    suite: 'compliance-gateway',
    test: 'never goes back to an older version',
  },
  {
    guarantee: 'what is no event becomes a dead letter',
    changes: [
      {
        file: SETTLEMENT,
        search: 'await this.deadLetters.add(message, reason, describe(failure));',
        replace: ';',
      },
    ],
    suite: 'compliance-gateway',
    test: 'puts aside what is no event, with the reason, and goes on with the others',
  },
  {
    guarantee: 'headers are not believed against the subject',
    changes: [
      {
        file: 'libs/messaging/src/event.js',
        search: 'if (subject !== ',
        replace: 'if (false && subject !== ',
      },
    ],
    suite: 'compliance-gateway',
    test: 'puts aside what is no event, with the reason, and goes on with the others',
  },
  {
    guarantee: 'a failing message does not spoil the others of its batch',
    changes: [
      {
        file: SETTLEMENT,
        search: 'if (deliveries.length === 1)',
        replace:
          'for (const each of deliveries) await this.refuse(each, failure); if (failure) return; if (failure)',
      },
    ],
    suite: 'compliance-gateway',
    test: 'retries a failing handler with delays, puts the event aside at the last try, replays it when asked',
  },
  {
    guarantee: 'retried with a delay, never at once',
    changes: [{ file: SETTLEMENT, search: 'message.nak(wait);', replace: 'message.nak();' }],
    suite: 'compliance-gateway',
    test: 'retries a failing handler with delays, puts the event aside at the last try, replays it when asked',
  },
  {
    guarantee: 'retried before it is put aside',
    changes: [
      { file: SETTLEMENT, search: 'if (delivered >= this.maxDeliveries)', replace: 'if (delivered >= 1)' },
    ],
    suite: 'compliance-gateway',
    test: 'retries a failing handler with delays, puts the event aside at the last try, replays it when asked',
  },
  {
    guarantee: 'put aside at the last try',
    changes: [{ file: SETTLEMENT, search: 'if (delivered >= this.maxDeliveries)', replace: 'if (false)' }],
    suite: 'compliance-gateway',
    test: 'retries a failing handler with delays, puts the event aside at the last try, replays it when asked',
  },
  {
    guarantee: 'an absent database is no fault of a message',
    changes: [
      {
        file: SETTLEMENT,
        search: 'const { code, message } = failure;',
        replace: 'return false; const { code, message } = failure;',
      },
    ],
    suite: 'compliance-gateway',
    test: 'waits for its database without spending a try of any message',
  },
  {
    guarantee: 'a consumer deleted on the broker is noticed',
    changes: UNWATCHED_CONSUMER,
    suite: 'compliance-gateway',
    test: 'makes a deleted consumer again and loses nothing',
  },
  {
    guarantee: 'a new consumer begins with the last of each subject',
    changes: [
      {
        file: CONSUMER,
        search: 'DeliverPolicy.LastPerSubject',
        replace: '(this.made ? DeliverPolicy.New : ((this.made = true), DeliverPolicy.LastPerSubject))',
      },
    ],
    suite: 'compliance-gateway',
    test: 'goes on with a stream that was deleted and made again',
  },
  {
    guarantee: 'a stream deleted on the broker is noticed',
    changes: UNWATCHED_CONSUMER,
    suite: 'compliance-gateway',
    test: 'goes on with a stream that was deleted and made again',
  },
  {
    guarantee: 'the consumer connects again for ever',
    changes: [LIMITED_RECONNECTING, CONNECTS_ONCE],
    suite: 'compliance-gateway',
    test: 'starts while the broker is away, and outlasts an absence longer than any limit of reconnecting',
  },
  {
    guarantee: 'a repetition by a broker that lost its memory has no effect',
    changes: [...NO_INBOX, NO_VERSION_CHECK],
    suite: 'compliance-gateway',
    test: 'loses nothing and repeats nothing when the broker has lost what it acknowledged',
  },
  {
    guarantee: 'order of the claim and newest version together',
    changes: [BACKWARDS, NO_VERSION_CHECK],
    suite: 'compliance-gateway',
    test: 'never goes back under load while the broker crashes',
  },
  {
    guarantee: 'what is asked for again is forgotten by the inbox',
    changes: [
      {
        file: 'apps/gateway/src/health/reconciliation.js',
        search: 'DELETE FROM inbox WHERE subject = ANY ($1)',
        replace: 'SELECT $1::text[]',
      },
    ],
    suite: 'compliance-gateway',
    test: 'finds a hole by comparing digests and has it filled',
  },
];
