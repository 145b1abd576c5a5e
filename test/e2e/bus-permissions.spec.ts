import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeliverPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, credsAuthenticator } from '@nats-io/transport-node';
import type { NatsConnection } from '@nats-io/transport-node';
import { BUS_USERS, permissionsOf } from '../../deploy/bus/permissions.js';
import type { BusUser } from '../../deploy/bus/permissions.js';
import { startNats } from '../support/nats.js';
import type { TestNats } from '../support/nats.js';

let nats: TestNats;
const connections: NatsConnection[] = [];

async function connectAs(user: BusUser): Promise<NatsConnection> {
  const credentials = readFileSync(nats.credentials(user)!);
  const connection = await connect({
    servers: nats.url,
    authenticator: credsAuthenticator(credentials),
    inboxPrefix: `_INBOX.${user}`,
  });
  connections.push(connection);
  return connection;
}

/** Text of the first refusal that the broker reports on a connection while something is tried. */
async function refusal(connection: NatsConnection, attempt: () => void): Promise<string> {
  const statuses = connection.status();
  attempt();
  await connection.flush();
  for await (const status of statuses) {
    if (status.type === 'error') return status.error.message;
  }
  throw new Error('The connection closed without a refusal.');
}

beforeAll(async () => {
  nats = await startNats();
  const tasks = await connectAs('tasks');
  const manager = await jetstreamManager(tasks);
  await manager.streams.add({ name: 'TASKS', subjects: ['ioc.tasks.>'] });
  const ack = await jetstream(tasks).publish('ioc.tasks.task.1', '{"version":1}');
  expect(ack).toMatchObject({ stream: 'TASKS', seq: 1 });
});

afterAll(async () => {
  await Promise.all(connections.map((connection) => connection.close()));
  await nats.stop();
});

describe('a service on the bus', () => {
  it('cannot publish the subject of another service', async () => {
    const budget = await connectAs('budget');
    const message = await refusal(budget, () => {
      budget.publish('ioc.tasks.task.1', '{"version":2}');
    });
    expect(message).toMatch(/permissions violation for publish to "ioc\.tasks\.task\.1"/i);
    const admin = await jetstreamManager(await connectAs('admin'));
    expect((await admin.streams.info('TASKS')).state.last_seq).toBe(1);
  });

  it.each(['tasks', 'budget', 'gateway'] as const)(
    'as %s cannot delete, empty or change a stream',
    async (user) => {
      const connection = await connectAs(user);
      for (const action of ['DELETE', 'PURGE', 'UPDATE']) {
        const subject = `$JS.API.STREAM.${action}.TASKS`;
        const message = await refusal(connection, () => {
          connection.publish(subject, '{}', { reply: `_INBOX.${user}.x` });
        });
        expect(message.toLowerCase()).toContain(
          `permissions violation for publish to "${subject.toLowerCase()}"`,
        );
      }
      const admin = await jetstreamManager(await connectAs('admin'));
      expect((await admin.streams.info('TASKS')).state.messages).toBe(1);
    },
  );

  it('cannot read what is not addressed to it', async () => {
    const budget = await connectAs('budget');
    for (const subject of ['ioc.>', '_INBOX.tasks.>', 'svc.tasks.digest', '$JS.ACK.>']) {
      const message = await refusal(budget, () => {
        budget.subscribe(subject, { callback: () => undefined });
      });
      expect(message.toLowerCase()).toContain(
        `permissions violation for subscription to "${subject.toLowerCase()}"`,
      );
    }
  });

  it('cannot use the consumer of another process', async () => {
    const gateway = await jetstreamManager(await connectAs('gateway'));
    await gateway.consumers.add('TASKS', { durable_name: 'gateway', ack_policy: 'explicit' });
    const budget = await connectAs('budget');
    const message = await refusal(budget, () => {
      budget.publish('$JS.API.CONSUMER.MSG.NEXT.TASKS.gateway', '', { reply: '_INBOX.budget.x' });
    });
    expect(message).toMatch(/permissions violation/i);
  });

  it('pulls and acknowledges by a durable consumer of its own on the stream of another', async () => {
    const registry = await connectAs('registry');
    const manager = await jetstreamManager(registry);
    await manager.consumers.add('TASKS', {
      durable_name: 'registry',
      ack_policy: 'explicit',
      deliver_policy: DeliverPolicy.LastPerSubject,
      filter_subject: 'ioc.tasks.>',
    });
    const consumer = await jetstream(registry).consumers.get('TASKS', 'registry');
    const message = await consumer.next({ expires: 5_000 });
    expect(message?.json()).toEqual({ version: 1 });
    expect(await message?.ackAck()).toBe(true);
    expect(await manager.consumers.info('TASKS', 'registry')).toMatchObject({
      num_ack_pending: 0,
      num_pending: 0,
    });
  });

  it('answers a request of the gateway, whom another service cannot imitate', async () => {
    const tasks = await connectAs('tasks');
    tasks.subscribe('svc.tasks.digest', { callback: (_, request) => void request.respond('12') });
    await tasks.flush();
    const gateway = await connectAs('gateway');
    expect((await gateway.request('svc.tasks.digest', '', { timeout: 20_000 })).string()).toBe('12');
    const budget = await connectAs('budget');
    const message = await refusal(budget, () => {
      budget.publish('svc.tasks.resend', '');
    });
    expect(message).toMatch(/permissions violation/i);
  });

  it('puts what it cannot handle among the dead letters and reads it back', async () => {
    const gateway = await connectAs('gateway');
    const manager = await jetstreamManager(gateway);
    await manager.streams.add({ name: 'DEAD_LETTERS', subjects: ['dlq.>'] });
    const { seq } = await jetstream(gateway).publish('dlq.gateway.TASKS', 'broken');
    const letter = await manager.streams.getMessage('DEAD_LETTERS', { seq });
    expect(letter?.string()).toBe('broken');
  });

  it('keeps identity and access over a restart of the broker', async () => {
    await nats.restart();
    const manager = await jetstreamManager(await connectAs('tasks'));
    expect((await manager.streams.info('TASKS')).state.messages).toBe(1);
  });
});

describe('the table of permissions', () => {
  const MANAGEMENT = /STREAM\.(DELETE|PURGE|UPDATE|MSG\.DELETE|RESTORE)|CONSUMER\.DELETE/;

  it('gives nobody but the administrators a right over streams beyond making its own, and the registry its consumers', () => {
    for (const user of BUS_USERS.filter((name) => name !== 'admin' && name !== 'system')) {
      const { publish, subscribe } = permissionsOf(user);
      expect([user, publish.filter((subject) => MANAGEMENT.test(subject))]).toEqual([
        user,
        user === 'registry' ? ['$JS.API.CONSUMER.DELETE.*.*', '$JS.API.STREAM.PURGE.FEEDS'] : [],
      ]);
      expect(
        [...publish, ...subscribe].filter((subject) => subject === '>' || subject.startsWith('$JS.API.>')),
      ).toEqual([]);
    }
  });

  it('keeps the registry from the consumers of others, and everybody else from the bus keeper', () => {
    const { deny = [] } = permissionsOf('registry');
    for (const process of ['tasks', 'budget', 'staffing', 'gateway']) {
      expect(deny.filter((subject) => subject.includes(`.${process}`))).toHaveLength(4);
    }
    const askers = BUS_USERS.filter((user) => permissionsOf(user).publish.includes('svc.bus.revoke'));
    expect(askers).toEqual(['registry']);
  });
});
