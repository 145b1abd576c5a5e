import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AckPolicy, jetstreamManager, type StoredMsg } from '@nats-io/jetstream';
import { createInbox } from '@nats-io/transport-node';
import { GATEWAY_ANSWERS, PROCESSES, SERVICES, type ServiceName, streamOf } from '#libs/contracts';
import { permissionsOf } from '../../deploy/bus/permissions.js';
import { decodeEvent } from '../../libs/messaging/src/event.js';
import { connectAs } from '../support/bus-admin.js';
import { until } from '../support/until.js';
import { BusLab } from './sharing-bus-lab.js';
import { taskEvent } from './task-event.js';

// A client's reply subject is not checked against its permissions: whoever may ask the broker something can have the
// answer written into the stream of another service. These tests show all that comes of it.

let lab: BusLab;

beforeAll(async () => {
  lab = await BusLab.open();
  for (const service of SERVICES.filter((name) => name !== 'tasks' && name !== 'registry')) {
    await lab.admin.manager.streams.add({
      name: streamOf(service),
      subjects: [`ioc.${service}.>`],
      allow_direct: true,
    });
  }
  // As whoever comes first could make it.
  await lab.admin.manager.streams.add({ name: 'DEAD_LETTERS', subjects: ['dlq.>'], allow_direct: true });
  await lab.publish('genuine', 1);
});

afterAll(async () => {
  await lab.close();
});

/** What the stream got while something was asked. */
async function stored(stream: string, ask: () => Promise<void>): Promise<StoredMsg[]> {
  const before = await lab.admin.lastSequence(stream);
  await ask();
  const after = await lab.admin.lastSequence(stream);
  const messages: StoredMsg[] = [];
  for (let seq = before + 1; seq <= after; seq += 1) {
    messages.push((await lab.admin.manager.streams.getMessage(stream, { seq }))!);
  }
  return messages;
}

/** A subject that the permission allows, and what is said there. */
function request(permission: string): { subject: string; body: string } {
  const subject = permission.replace(/>$/, 'x');
  if (subject.includes('.MSG.NEXT.')) return { subject, body: '1' };
  return { subject, body: subject.includes('.GET.') ? '{"seq":1}' : '' };
}

function decodes({ subject, header, data }: StoredMsg): boolean {
  try {
    decodeEvent(subject, header, data);
    return true;
  } catch {
    return false;
  }
}

describe("a request whose answer is to come at another service's subject", () => {
  it.each(PROCESSES.filter((process) => process !== 'registry'))(
    'writes nothing there that any consumer takes for an event of that service: %s',
    async (user) => {
      const target: ServiceName = user === 'tasks' ? 'budget' : 'tasks';
      const connection = await connectAs(lab.nats, user);
      const manager = await jetstreamManager(connection, { checkAPI: false });
      if (user !== 'identity' && user !== 'tasks')
        await manager.consumers.add('TASKS', { durable_name: user, ack_policy: AckPolicy.Explicit });
      // What it may write itself, shaped as an event of the other service: in its dead letters.
      if (user !== 'identity') {
        const { data, headers } = taskEvent('forged', 9);
        connection.publish(`dlq.${user}.TASKS`, data, { headers });
      }
      const messages = await stored(streamOf(target), async () => {
        for (const permission of permissionsOf(user).publish.filter((subject) =>
          subject.startsWith('$JS.API.'),
        )) {
          const { subject, body } = request(permission);
          connection.publish(subject, body, { reply: `ioc.${target}.task.forged` });
        }
        await connection.flush();
        await connection.request('$JS.API.INFO');
        await sleep(100);
      });
      await connection.close();
      // The hole is there: answers are written. Of them only a copy of a true event is an event, and stays that one.
      expect(messages.length).toBeGreaterThan(0);
      const events = messages.filter(decodes);
      expect(events.filter(({ subject }) => subject !== 'ioc.tasks.task.genuine')).toEqual([]);
    },
  );

  it('ends among the dead letters of those who consume that stream, and has no effect', async () => {
    const datasets = () => lab.lab.rows('SELECT id, version FROM sharing_dataset ORDER BY id');
    const before = await datasets();
    const budget = await connectAs(lab.nats, 'budget');
    budget.publish('$JS.API.STREAM.INFO.TASKS', '', { reply: 'ioc.tasks.dataset.forged' });
    await budget.flush();
    await until(async () => {
      const letter = await lab.admin.manager.streams.getMessage('DEAD_LETTERS', {
        last_by_subj: 'dlq.registry.TASKS',
      });
      return letter?.header.get('Dead-Letter-Subject') === 'ioc.tasks.dataset.forged';
    });
    const letter = await lab.admin.manager.streams.getMessage('DEAD_LETTERS', {
      last_by_subj: 'dlq.registry.TASKS',
    });
    expect(letter?.header.get('Dead-Letter-Reason')).toBe('undecodable');
    expect(await datasets()).toEqual(before);
    await budget.close();
  });

  it('of the registry can have headers of its choice, and then has those of the broker that say where it comes from', async () => {
    const registry = await connectAs(lab.nats, 'registry');
    const { data, headers } = taskEvent('forged', 9);
    registry.publish('feed.0123456789abcdef.forged', data, { headers });
    await until(async () => (await lab.admin.lastSequence('FEEDS')) > 0);
    const before = await lab.admin.lastSequence('TASKS');
    const [answer] = await stored('TASKS', async () => {
      registry.publish('$JS.API.DIRECT.GET.FEEDS', '{"last_by_subj":"feed.0123456789abcdef.forged"}', {
        reply: 'ioc.tasks.task.forged',
      });
      await until(async () => (await lab.admin.lastSequence('TASKS')) > before);
    });
    expect(answer?.header.get('Nats-Stream')).toBe('FEEDS');
    expect(decodes(answer!)).toBe(false);
    await registry.close();
  });
});

// With the right to answer each request, a broker that delivered 5,000 messages a second to the registry spent more than
// half of its processor time on the addresses that these messages named for an answer.
it('the registry answers the gateway by a lasting right, not by one for each message that it gets', async () => {
  for (const user of ['registry', 'gateway'] as const)
    expect(permissionsOf(user).answersRequests).toBe(false);
  const gateway = await connectAs(lab.nats, 'gateway');
  const ask = { timeout: 5_000, noMux: true };
  await gateway.request('svc.registry.alive', '', { ...ask, reply: createInbox(GATEWAY_ANSWERS) });
  // Nor can it write elsewhere to the gateway.
  await expect(gateway.request('svc.registry.alive', '', { ...ask, timeout: 500 })).rejects.toThrow(
    /timeout/i,
  );
  await gateway.close();
});
