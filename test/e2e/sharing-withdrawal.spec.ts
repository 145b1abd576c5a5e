import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ConsumerInfo, ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { grantConsumer } from '#libs/contracts';
import { startBusKeeper } from '../support/bus-keeper.js';
import { until } from '../support/until.js';
import { BusLab, good, PROVIDER, RECEIVER } from './sharing-bus-lab.js';
import { SharingLoad } from './sharing-load.js';

/** Events a second. */
const RATE = 1_000;
/** In which a withdrawal takes effect: no event comes later than this, and the connection is cut. */
const WITHIN_MILLISECONDS = 2_000;
/** Reports of acknowledgements that the recorder missed, as its fetch ended, come to it again after a minute. */
const RECORDED_WITHIN_MILLISECONDS = 75_000;

let lab: BusLab;

beforeAll(async () => {
  lab = await BusLab.open();
});

afterAll(async () => {
  await lab.close();
});

interface Receiver {
  connection: NatsConnection;
  /** Places in the stream of what came. */
  places: Set<number>;
}

/** A receiver that takes and acknowledges everything. */
async function receiver(
  grant: string,
  agency = RECEIVER,
  answer = (message: JsMsg) => {
    message.ack();
  },
): Promise<Receiver> {
  const connection = await lab.receive(await lab.credentials(grant, agency));
  const consumer = await lab.consumer(connection, grant, agency);
  const state: Receiver = { connection, places: new Set() };
  const messages: ConsumerMessages = await consumer.consume({ max_messages: 200 });
  void (async () => {
    for await (const message of messages) {
      state.places.add(message.seq);
      answer(message);
    }
  })();
  return state;
}

async function stop(grant: string, step: 'withdrawal' | 'suspension'): Promise<void> {
  const provider = await lab.as(PROVIDER);
  const json = { reason: 'Hết nhu cầu khai thác', legalGround: 'Quy chế chia sẻ dữ liệu' };
  await good(provider(`/v1/grants/${grant}/${step}`, { json }));
}

const sorted = (places: Iterable<number>): number[] => [...places].sort((a, b) => a - b);

/** A receiver in the process of the load that takes and acknowledges everything. */
async function receiveIn(load: SharingLoad, grant: string, agency: string): Promise<string> {
  const { credentials, inboxPrefix } = await lab.credentials(grant, agency);
  await until(async () => (await lab.connection(grant, agency)).standing !== null);
  const { stream, consumer, apiPrefix } = await lab.connection(grant, agency);
  const { url } = lab.nats;
  await load.receive({ url, credentials: credentials!, inboxPrefix, apiPrefix, stream, consumer });
  return consumer;
}

async function withdrawIn(load: SharingLoad, grant: string, neighbour: string): Promise<void> {
  const mine = await receiveIn(load, grant, RECEIVER);
  const theirs = await receiveIn(load, neighbour, 'SXD');
  await load.publish(lab.nats.url, lab.nats.credentials('tasks')!, RATE);
  await until(async () => (await load.received(mine)).count > RATE);
  await stop(grant, 'withdrawal');
  const withdrawn = performance.timeOrigin + performance.now();
  await until(async () => (await load.received(mine)).closedAt !== null);
  const { count: theirsThen } = await load.received(theirs);
  // Events still flow, and the neighbour gets them.
  await until(async () => (await load.received(theirs)).count > theirsThen + RATE, 60_000);
  const { lastAt, closedAt } = await load.received(mine);
  const lastAfter = Math.max(lastAt - withdrawn, 0);
  const rate = await load.end();
  const all = new Set(await load.places(mine));
  // What was on its way when the connection was cut the log has as sent and not acknowledged.
  const [delivered, uncertain] = [new Set<number>(), new Set<number>()];
  await until(async () => {
    for (const place of await lab.logged(grant)) delivered.add(place);
    for (const place of await lab.logged(grant, 'sent-not-acknowledged')) uncertain.add(place);
    return delivered.size + uncertain.size >= all.size;
  }, RECORDED_WITHIN_MILLISECONDS);
  process.stderr.write(
    `withdrawal at ${rate.toFixed(0)} events/s: last event after ${lastAfter.toFixed(0)} ms, cut off after ${(closedAt! - withdrawn).toFixed(0)} ms; ${all.size} received, ` +
      `${delivered.size} acknowledged, ${uncertain.size} uncertain\n`,
  );
  expect(lastAfter).toBeLessThan(WITHIN_MILLISECONDS);
  expect(closedAt! - withdrawn).toBeLessThan(WITHIN_MILLISECONDS);
  expect(sorted(new Set([...delivered, ...uncertain]))).toEqual(sorted(all));
  expect((await lab.logged(grant)).length).toBe(delivered.size);
  expect(await consumerOf(grant)).toBeNull();
  expect((await load.received(theirs)).closedAt).toBeNull();
  await until(async () => {
    const [logged, received] = [await lab.logged(neighbour), await load.places(theirs)];
    if (logged.length !== received.length || new Set(logged).size !== logged.length) {
      const twice = logged.length - new Set(logged).size;
      throw new Error(`${logged.length} in the log, ${twice} of them twice; ${received.length} received`);
    }
    return true;
  }, RECORDED_WITHIN_MILLISECONDS);
}

/** The broker's consumer of a grant; null when there is none. */
function consumerOf(grant: string): Promise<ConsumerInfo | null> {
  return lab.admin.manager.consumers.info('TASKS', grantConsumer(grant)).catch(() => null);
}

describe('withdrawal while 1,000 events a second flow', () => {
  it('delivers nothing 2 s after it; the log has exactly what the receiver got; others notice nothing', async () => {
    const [grant, neighbour] = [await lab.grant(), await lab.grant('SXD')];
    const load = new SharingLoad();
    try {
      await withdrawIn(load, grant, neighbour);
    } finally {
      load.stop();
    }
  }, 180_000);

  it('records what was sent and never acknowledged: each message, once', async () => {
    const grant = await lab.grant('SNV');
    const held = await receiver(grant, 'SNV', () => undefined);
    await until(() => held.places.size >= 500);
    await stop(grant, 'withdrawal');
    await held.connection.closed();
    await until(async () => (await lab.logged(grant, 'sent-not-acknowledged')).length > 0);
    expect(sorted(await lab.logged(grant, 'sent-not-acknowledged'))).toEqual(sorted(held.places));
    expect(await lab.logged(grant)).toEqual([]);
  });

  it('suspension cuts off, too; after resumption new credentials begin with the state', async () => {
    const grant = await lab.grant('SYT');
    const first = await receiver(grant, 'SYT');
    await until(() => first.places.size >= 500);
    const closed = first.connection.closed();
    await stop(grant, 'suspension');
    await closed;
    const denied = await (await lab.as('SYT'))(`/v1/grants/${grant}/credentials`, { json: {} });
    expect(denied.body['code']).toBe('grant-suspended');
    const provider = await lab.as(PROVIDER);
    await good(provider(`/v1/grants/${grant}/resumption`, { json: {} }));
    const second = await receiver(grant, 'SYT');
    await until(() => second.places.size >= 500);
    expect(sorted(second.places)).toEqual(sorted(first.places));
  });

  it('is carried out later when the bus was away', async () => {
    const grant = await lab.grant('STP');
    const state = await receiver(grant, 'STP');
    await until(() => state.places.size >= 500);
    await lab.nats.halt();
    await stop(grant, 'withdrawal');
    await lab.nats.restart();
    await until(async () => (await consumerOf(grant)) === null);
    await until(async () => {
      const [row] = await lab.lab.rows<{ told: Date | null }>(
        `SELECT revocation_told_at AS told FROM sharing_credential WHERE grant_id = '${grant}'`,
      );
      return row?.told;
    });
  });

  it('without a bus keeper nothing is sent any more all the same; the connection is cut when it is back', async () => {
    const grant = await lab.grant('SGDDT');
    const state = await receiver(grant, 'SGDDT');
    await until(() => state.places.size >= 500);
    await lab.keeper.stop();
    await stop(grant, 'withdrawal');
    await until(async () => (await consumerOf(grant)) === null);
    const before = state.places.size;
    await lab.publish('late', 1);
    expect(state.connection.isClosed()).toBe(false);
    lab.keeper = await startBusKeeper(lab.nats);
    await state.connection.closed();
    expect(state.places.size).toBe(before);
  });
});
