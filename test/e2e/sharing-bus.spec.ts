import { createUser } from '@nats-io/nkeys';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JsMsg } from '@nats-io/jetstream';
import { jwtAuthenticator } from '@nats-io/transport-node';
import { AgencyClient } from '#libs/agency-client';
import { grantConsumer } from '#libs/contracts';
import { until } from '../support/until.js';
import { BusLab, good } from './sharing-bus-lab.js';

let lab: BusLab;

beforeAll(async () => {
  lab = await BusLab.open(2);
});

afterAll(async () => {
  await lab.close();
});

async function take(consumer: {
  next: (options: { expires: number }) => Promise<JsMsg | null>;
}): Promise<JsMsg> {
  const message = await consumer.next({ expires: 5_000 });
  if (!message) throw new Error('nothing came');
  return message;
}

describe('a grant on the bus', () => {
  it('gives the receiver the current state of everything, then every change, and logs what it acknowledged', async () => {
    await lab.publish('a', 1);
    await lab.publish('b', 1);
    await lab.publish('a', 2);
    const grant = await lab.grant();
    const connection = await lab.receive(await lab.credentials(grant));
    const consumer = await lab.consumer(connection, grant);
    const state = [await take(consumer), await take(consumer)];
    expect(state.map((message) => message.json())).toMatchObject([
      { id: 'b', version: 1 },
      { id: 'a', version: 2 },
    ]);
    const live = take(consumer);
    const place = await lab.publish('b', 2);
    expect((await live).json()).toMatchObject({ id: 'b', version: 2 });
    for (const message of [...state, await live]) message.ack();
    await connection.flush();
    await until(async () => (await lab.logged(grant)).length === 3);
    expect((await lab.logged(grant)).sort()).toEqual([2, 3, place]);
    expect((await lab.connection(grant)).standing).toMatchObject({
      sentUpTo: place,
      acknowledgedUpTo: place,
      waiting: 0,
      unacknowledged: 0,
    });
  });

  it('has one consumer, however many replicas there are', async () => {
    const grant = await lab.grant('SXD');
    await until(async () => (await lab.connection(grant, 'SXD')).standing !== null);
    const { config } = await lab.admin.manager.consumers.info('TASKS', grantConsumer(grant));
    expect(config).toMatchObject({
      filter_subject: 'ioc.tasks.task.*',
      ack_policy: 'explicit',
      deliver_policy: 'last_per_subject',
      max_deliver: -1,
    });
    await until(async () => {
      const [row] = await lab.lab.rows<{ opened_at: Date | null }>(
        `SELECT opened_at FROM sharing_grant WHERE id = '${grant}'`,
      );
      return row?.opened_at;
    });
  });

  it('takes a key whose secret the agency never showed', async () => {
    const grant = await lab.grant('SNV');
    const pair = createUser();
    const caller = await lab.as('SNV');
    const issued = await good<{ jwt: string; credentials: null; inboxPrefix: string }>(
      caller(`/v1/grants/${grant}/credentials`, { json: { publicKey: pair.getPublicKey() } }),
    );
    expect(issued.credentials).toBeNull();
    const connection = await lab.receive(
      { credentials: null, inboxPrefix: issued.inboxPrefix },
      { authenticator: jwtAuthenticator(issued.jwt, pair.getSeed()) },
    );
    expect((await take(await lab.consumer(connection, grant, 'SNV'))).json()).toHaveProperty('id');
    const again = caller(`/v1/grants/${grant}/credentials`, { json: { publicKey: 'UABC' } });
    expect((await again).status).toBe(400);
  });

  it('cuts off the earlier user when another is made', async () => {
    const grant = await lab.grant('SYT');
    const former = await lab.credentials(grant, 'SYT');
    const closed = (await lab.receive(former)).closed();
    const second = await lab.credentials(grant, 'SYT');
    // The reason gets lost when the client was just writing.
    expect(await closed).toBeInstanceOf(Error);
    await expect(lab.receive(former)).rejects.toThrow(/Authorization Violation|Revoked/);
    const consumer = await lab.consumer(await lab.receive(second), grant, 'SYT');
    expect((await take(consumer)).json()).toHaveProperty('id');
  });

  it('gives credentials to the receiver alone, and no secret under an Idempotency-Key', async () => {
    const grant = await lab.grant('SGDDT');
    const other = await (await lab.as('SXD'))(`/v1/grants/${grant}/credentials`, { json: {} });
    expect(other.status).toBe(403);
    const receiver = await lab.as('SGDDT');
    const keyed = { json: {}, headers: { 'idempotency-key': 'once' } };
    expect((await receiver(`/v1/grants/${grant}/credentials`, keyed)).body['code']).toBe('secret-given-once');
  });

  // On nats-server 2.9 a consumer that is caught up when its state is asked for counts all subjects of its stream at each
  // message afterwards: with 20,000 records that made 200 events a second impossible.
  describe('asks for the state of a consumer no more often than it must:', () => {
    let asked: string[] = [];

    beforeAll(async () => {
      lab.admin.connection.subscribe('$JS.API.CONSUMER.>', {
        callback: (_, { subject }) => void asked.push(subject),
      });
      await lab.admin.connection.flush();
    });

    /** What was asked since the last call. What the broker has passed on before its answer to a flush has come by then. */
    async function newlyAsked(): Promise<string[]> {
      await lab.admin.connection.flush();
      const known = asked;
      asked = [];
      return known;
    }

    it('the registry not of all others, as it opens one', async () => {
      const first = await lab.grant('SXD');
      await until(async () => (await lab.connection(first, 'SXD')).standing !== null);
      await newlyAsked();
      const second = await lab.grant('SNV');
      await until(async () => (await lab.connection(second, 'SNV')).standing !== null);
      const questions = await newlyAsked();
      expect(questions).toContain('$JS.API.CONSUMER.NAMES.TASKS');
      const states = questions.filter((subject) => /\.LIST\.|\.INFO\.TASKS\.g/.test(subject));
      expect(states.filter((subject) => !subject.endsWith(grantConsumer(second)))).toEqual([]);
    });

    it('the agency client once, as it begins', async () => {
      const grant = await lab.grant('SYT');
      await until(async () => (await lab.connection(grant, 'SYT')).standing !== null);
      const { credentials } = await lab.credentials(grant, 'SYT');
      const access = {
        connection: await lab.connection(grant, 'SYT'),
        credentials: credentials!,
        datasets: [],
      };
      const client = await AgencyClient.connect(access, 'SYT');
      await newlyAsked();
      const caughtUp = Promise.withResolvers<undefined>();
      const following = client.follow(() => Promise.resolve(), {
        onCaughtUp: () => {
          caughtUp.resolve(undefined);
        },
      });
      await caughtUp.promise;
      await client.close();
      await following;
      const own = (await newlyAsked()).filter((subject) =>
        subject.endsWith(`INFO.TASKS.${grantConsumer(grant)}`),
      );
      expect(own).toHaveLength(1);
    });
  });

  it('makes the consumers again on a broker that lost them', async () => {
    const grant = await lab.grant('STP');
    await until(async () => (await lab.connection(grant, 'STP')).standing !== null);
    await lab.admin.manager.streams.delete('TASKS');
    await lab.makeTaskStream();
    await lab.nats.restart();
    await until(async () => (await lab.connection(grant, 'STP')).standing !== null);
    await lab.publish('c', 1);
    const consumer = await lab.consumer(await lab.receive(await lab.credentials(grant, 'STP')), grant, 'STP');
    expect((await take(consumer)).json()).toMatchObject({ id: 'c' });
  });
});
