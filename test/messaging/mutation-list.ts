/** A text of a compiled file and what stands there instead. */
export interface Change {
  /** Below `dist`. */
  file: string;
  /** Occurs once in the file. */
  search: string;
  replace: string;
}

/** A guarantee, how it is taken out, and the case that must notice. */
export interface Mutation {
  guarantee: string;
  changes: Change[];
  suite: 'compliance-staffing' | 'compliance-gateway';
  test: string;
}

const RELAY = 'libs/messaging/src/relay/relay.js';
const STORE = 'libs/messaging/src/relay/outbox-store.js';
const PUBLISH = 'libs/messaging/src/relay/publish-batch.js';
const BUS = 'libs/messaging/src/bus/bus-connection.js';
const INBOX = 'libs/messaging/src/consumer/inbox.js';
const SETTLEMENT = 'libs/messaging/src/consumer/delivery-settlement.js';
const CONSUMER = 'libs/messaging/src/consumer/stream-consumer.js';
const PROJECTION = 'apps/gateway/src/projections/projection-store.js';

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

const CONNECTS_ONCE: Change = {
  file: BUS,
  search: 'while (!this.isStopped()) {',
  replace: 'for (const once of [1]) {',
};

const LIMITED_RECONNECTING: Change = {
  file: BUS,
  search: 'maxReconnectAttempts: -1',
  replace: 'maxReconnectAttempts: 10',
};

const NO_LOSS_CHECK: Change = {
  file: RELAY,
  search: 'if (isOtherStream || kept < mark.lastSequence) {',
  replace: 'if (isOtherStream) {',
};

const BACKWARDS: Change = {
  file: STORE,
  search: 'WHERE published_at IS NULL ORDER BY id LIMIT',
  replace: 'WHERE published_at IS NULL ORDER BY id DESC LIMIT',
};

const UNWATCHED_CONSUMER: Change[] = [
  { file: CONSUMER, search: 'void this.watch(messages);', replace: '' },
  { file: CONSUMER, search: 'abort_on_missing_resource: true', replace: 'abort_on_missing_resource: false' },
];

export const MUTATIONS: Mutation[] = [
  {
    guarantee: 'what a dead process left unpublished is claimed',
    changes: [
      {
        file: STORE,
        search: 'await waitForLock(client);',
        replace: `await waitForLock(client); await client.query('UPDATE outbox SET published_at = now() WHERE published_at IS NULL AND EXISTS (SELECT FROM relay_state WHERE last_stream_sequence > 0)');`,
      },
    ],
    suite: 'compliance-staffing',
    test: 'publishes after a crash between commit and publish',
  },
  {
    guarantee: 'an event keeps its id when it is sent again',
    changes: [
      {
        file: 'libs/messaging/src/event.js',
        search: 'headers.set(EVENT_HEADERS.id, event.event_id);',
        replace: 'headers.set(EVENT_HEADERS.id, crypto.randomUUID());',
      },
    ],
    suite: 'compliance-staffing',
    test: 'has an effect once after a crash between publish and mark',
  },
  {
    guarantee: 'one relay at work (advisory lock)',
    changes: [{ file: STORE, search: 'SELECT pg_advisory_lock($1)', replace: 'SELECT $1::int' }],
    suite: 'compliance-staffing',
    test: 'publishes from one of two replicas, and from the other at once when that one dies',
  },
  {
    guarantee: 'the commits of a standby wake the leader',
    changes: [{ file: RELAY, search: 'void this.wakeLeader();', replace: ';' }],
    suite: 'compliance-staffing',
    test: 'publishes from one of two replicas, and from the other at once when that one dies',
  },
  {
    guarantee: 'a standby waits for the lock and takes over',
    changes: [
      {
        file: STORE,
        search: 'if (error.code !== LOCK_NOT_AVAILABLE)',
        replace: `await new Promise(() => {}); if (error.code !== LOCK_NOT_AVAILABLE)`,
      },
      { file: STORE, search: `SET lock_timeout = '10s'`, replace: `SET lock_timeout = '1ms'` },
    ],
    suite: 'compliance-staffing',
    test: 'publishes from one of two replicas, and from the other at once when that one dies',
  },
  {
    guarantee: 'a row is marked after its acknowledgement only',
    changes: [
      {
        file: RELAY,
        search: 'const { acknowledged, error } = await',
        replace:
          'await store.mark(events.map(({ id }) => ({ id, streamSequence: 0 }))); const { acknowledged, error } = await',
      },
    ],
    suite: 'compliance-staffing',
    test: 'sends again what the broker refused',
  },
  {
    guarantee: 'one event of an aggregate in flight',
    changes: [
      {
        file: PUBLISH,
        search: '`${event.aggregate}/${event.aggregate_id}`',
        replace: 'event.event_id',
      },
    ],
    suite: 'compliance-staffing',
    test: 'lets no event overtake an older one of its aggregate that the broker refused',
  },
  {
    guarantee: 'everything is sent again to a stream that was made anew',
    changes: [
      {
        file: RELAY,
        search: 'if (isOtherStream || kept < mark.lastSequence) {',
        replace: 'if (false) {',
      },
    ],
    suite: 'compliance-staffing',
    test: 'makes a deleted stream again and sends everything it held',
  },
  {
    guarantee: 'a missing stream is made again',
    changes: [
      {
        file: 'libs/messaging/src/bus/streams.js',
        search: 'return manager.streams.add(desired);',
        replace: `throw new Error('there is no stream');`,
      },
    ],
    suite: 'compliance-staffing',
    test: 'makes a deleted stream again and sends everything it held',
  },
  {
    guarantee: 'a service starts without the broker',
    changes: [CONNECTS_ONCE],
    suite: 'compliance-staffing',
    test: 'starts, accepts changes and stops while the broker is away',
  },
  {
    guarantee: 'a process that ends does not wait for an absent broker',
    changes: [{ file: BUS, search: 'this.ending = true;', replace: ';' }],
    suite: 'compliance-staffing',
    test: 'starts, accepts changes and stops while the broker is away',
  },
  {
    guarantee: 'reconnects for ever',
    changes: [LIMITED_RECONNECTING, CONNECTS_ONCE],
    suite: 'compliance-staffing',
    test: 'outlasts an absence of the broker longer than any limit of reconnecting',
  },
  {
    guarantee: 'the stream is compared with what it acknowledged',
    changes: [NO_LOSS_CHECK],
    suite: 'compliance-staffing',
    test: 'sends again what the broker acknowledged and lost',
  },
  {
    guarantee: 'events are claimed in the order of their writing',
    changes: [BACKWARDS],
    suite: 'compliance-staffing',
    test: 'keeps the order within an aggregate under load while the broker crashes',
  },
  {
    guarantee: 'claims what is unpublished, not what is newer than the last',
    changes: [
      {
        file: STORE,
        search: 'WHERE published_at IS NULL ORDER BY id LIMIT',
        replace:
          'WHERE id > (SELECT coalesce(max(id), 0) FROM outbox WHERE published_at IS NOT NULL) ORDER BY id LIMIT',
      },
    ],
    suite: 'compliance-staffing',
    test: 'publishes a change that committed after later ones were published',
  },
  {
    guarantee: 'a replay waits for the end of the duplicate window',
    changes: [
      { file: STORE, search: 'AND requested_at < now() - make_interval(secs => $1)', replace: 'AND $1 > 0' },
    ],
    suite: 'compliance-staffing',
    test: 'replays from a time and for one aggregate: the newest stays last, effects are not repeated',
  },
  {
    guarantee: 'a replay sends up to the newest event',
    changes: [
      {
        file: STORE,
        search: 'FROM pending JOIN outbox ON outbox.published_at IS NOT NULL',
        replace:
          'FROM pending JOIN outbox ON outbox.published_at IS NOT NULL AND EXISTS (SELECT FROM outbox n WHERE n.aggregate_id = outbox.aggregate_id AND n.sequence > outbox.sequence)',
      },
    ],
    suite: 'compliance-staffing',
    test: 'replays from a time and for one aggregate: the newest stays last, effects are not repeated',
  },
  {
    guarantee: 'what a consumer is missing is sent again when it asks',
    changes: [
      {
        file: 'libs/messaging/src/anti-entropy/digest-responder.js',
        search: 'await this.replays.request({ aggregate, aggregateIds }, by);',
        replace: ';',
      },
    ],
    suite: 'compliance-staffing',
    test: 'answers a digest equal to that of a consumer, and sends again what the consumer is missing',
  },
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
        search: 'return this.transactions.run(async (manager) => {',
        replace: 'return Promise.resolve(this.transactions.manager).then(async (manager) => {',
      },
    ],
    suite: 'compliance-gateway',
    test: 'applies what it was handling when it crashed',
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
    changes: [{ file: CONSUMER, search: 'DeliverPolicy.LastPerSubject', replace: 'DeliverPolicy.New' }],
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
