import {
  RELAY,
  STORE,
  PUBLISH,
  BUS,
  CONNECTS_ONCE,
  LIMITED_RECONNECTING,
  BACKWARDS,
  type Change,
  type Mutation,
} from './mutation.js';

const NO_LOSS_CHECK: Change = {
  file: RELAY,
  search: 'if (isOtherStream || kept < mark.lastSequence) {',
  replace: 'if (isOtherStream) {',
};

/** What services that publish guarantee. */
export const OF_PUBLISHERS: Mutation[] = [
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
        search: 'headers.append(EVENT_HEADERS.id, event.event_id);',
        replace: 'headers.append(EVENT_HEADERS.id, crypto.randomUUID());',
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
        replace: `if (manager.made) throw new Error('there is no stream'); manager.made = true; return manager.streams.add(desired);`,
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
      // What is handed over directly is marked out of order, too, and would hide the case before it begins.
      { file: RELAY, search: 'if (this.leading && this.offered.length < BATCH)', replace: 'if (false)' },
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
];
