import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { jetstream, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect, nanos, type NatsConnection } from '@nats-io/transport-node';
import { v7 as uuidv7 } from 'uuid';
import { startNats, type TestNats } from '../support/nats.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { until } from '../support/until.js';
import type { Bus } from '#libs/messaging';
import type { StoredEvent } from '../../libs/messaging/src/event.js';
import { publishBatch } from '../../libs/messaging/src/relay/publish-batch.js';
import { StreamPublisher } from '../../libs/messaging/src/relay/stream-publisher.js';

const SMALL = '{"changed":[]}';
const LARGE = `{"changed":[],"text":"${'x'.repeat(2_000)}"}`;

let nats: TestNats;
let link: TcpProxy;
let direct: NatsConnection;
let manager: JetStreamManager;
let connection: NatsConnection;
let breaking: AbortController;
let bus: Bus;

beforeAll(async () => {
  nats = await startNats({ open: true });
  link = await TcpProxy.start(nats.port);
  direct = await connect({ servers: nats.url });
  manager = await jetstreamManager(direct);
  connection = await connect({ servers: `127.0.0.1:${link.port}`, maxReconnectAttempts: -1 });
});
beforeEach(async () => {
  await manager.streams.delete('TASKS').catch(() => undefined);
  await manager.streams.add({
    name: 'TASKS',
    subjects: ['ioc.tasks.>'],
    max_msg_size: 1_000,
    duplicate_window: nanos(60_000),
  });
  breaking = new AbortController();
  const publisher = new StreamPublisher(connection, '_INBOX');
  bus = { connection, jetstream: jetstream(connection), manager, publisher, broken: breaking.signal };
});
afterAll(async () => {
  await connection.close();
  await direct.close();
  await link.stop();
  await nats.stop();
});

let row = 0;
function event(aggregateId: string, sequence: number, data = SMALL): StoredEvent {
  row += 1;
  return {
    id: String(row),
    event_id: uuidv7(),
    aggregate: 'task',
    aggregate_id: aggregateId,
    sequence,
    type: 'vn.ioc.tasks.task.progressed.v1',
    occurred_at: new Date('2026-04-20T00:00:00Z'),
    traceparent: null,
    data,
  };
}

async function stored(): Promise<string[]> {
  const { state } = await manager.streams.info('TASKS');
  const messages = await Promise.all(
    Array.from({ length: state.last_seq }, (_, index) =>
      manager.streams.getMessage('TASKS', { seq: index + 1 }),
    ),
  );
  return messages.map(
    (message) => `${message!.header.get('ce-subject')}${message!.header.get('ce-sequence')}`,
  );
}

describe('a batch of the relay', () => {
  it('answers the place of each event in the stream', async () => {
    const events = [event('a', 1), event('b', 1), event('a', 2)];
    const { acknowledged, error } = await publishBatch(bus, 'tasks', events);
    expect(error).toBeNull();
    const order = await stored();
    expect([...order].sort()).toEqual(['a1', 'a2', 'b1']);
    expect(order.indexOf('a1')).toBeLessThan(order.indexOf('a2'));
    expect(new Map(acknowledged.map(({ id, streamSequence }) => [id, order[streamSequence - 1]]))).toEqual(
      new Map(events.map(({ id, aggregate_id, sequence }) => [id, `${aggregate_id}${sequence}`])),
    );
  });

  it('holds back what follows a refused event of the same aggregate, and nothing else', async () => {
    const events = [event('a', 1, LARGE), event('a', 2), event('b', 1)];
    const { acknowledged, error } = await publishBatch(bus, 'tasks', events);
    expect(String(error)).toMatch(/message size exceeds/);
    expect(await stored()).toEqual(['b1']);
    expect(acknowledged).toEqual([{ id: events[2]!.id, streamSequence: 1 }]);
  });

  it('does not take an event for sent that the broker dropped before an older one', async () => {
    const [older, newer] = [event('a', 1), event('a', 2)];
    await publishBatch(bus, 'tasks', [newer]);
    const { acknowledged, error } = await publishBatch(bus, 'tasks', [older, newer]);
    expect(await stored()).toEqual(['a2', 'a1']);
    expect(acknowledged).toEqual([{ id: older.id, streamSequence: 2 }]);
    expect(String(error)).toMatch(/must stand behind an older one/);
  });

  it('takes a repetition in the old order for sent', async () => {
    const events = [event('a', 1), event('a', 2)];
    await publishBatch(bus, 'tasks', events);
    const { acknowledged, error } = await publishBatch(bus, 'tasks', events);
    expect(error).toBeNull();
    expect(acknowledged.map(({ streamSequence }) => streamSequence)).toEqual([1, 2]);
  });

  it('says so when no stream takes the events', async () => {
    await manager.streams.delete('TASKS');
    const { acknowledged, error } = await publishBatch(bus, 'tasks', [event('a', 1)]);
    expect(acknowledged).toEqual([]);
    expect(String(error)).toMatch(/no stream takes this subject/);
  });

  it('gives an event up that the broker does not answer, and sends the next ones', async () => {
    link.holdBackClients();
    const { acknowledged, error } = await publishBatch(bus, 'tasks', [event('a', 1)]);
    expect(acknowledged).toEqual([]);
    expect(String(error)).toMatch(/not answered in time/);
    link.restore();
    await until(() => connection.flush().then(() => true));
    expect((await publishBatch(bus, 'tasks', [event('b', 1)])).acknowledged).toHaveLength(1);
  });

  it('ends at once when the connection breaks, with what was acknowledged', async () => {
    link.holdBackClients();
    const batch = publishBatch(bus, 'tasks', [event('a', 1), event('a', 2)]);
    breaking.abort(new Error('the line is cut'));
    expect(await batch).toEqual({ acknowledged: [], error: new Error('the line is cut') });
    link.restore();
  });
});
