import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Views } from '../../apps/registry/src/delivery/views/views.js';
import { until } from '../support/until.js';
import { DeliveryLab } from './sharing-delivery-lab.js';

let delivery: DeliveryLab;

beforeAll(async () => {
  delivery = await DeliveryLab.open();
});

afterAll(async () => {
  await delivery.close();
});

interface Said {
  eventId: string;
  sequence: string;
  data: Record<string, unknown>;
}

/** Everything that the feed says of an aggregate. */
async function saidOf(view: string, id: string): Promise<Said[]> {
  const { manager } = delivery.admin;
  const { last_seq: last } = (await manager.streams.info('FEEDS')).state;
  const said: Said[] = [];
  for (let seq = 1; seq <= last; seq += 1) {
    const message = await manager.streams.getMessage('FEEDS', { seq });
    if (message?.subject !== `feed.${view}.${id}`) continue;
    said.push({
      eventId: message.header.get('ce-id'),
      sequence: message.header.get('ce-sequence'),
      data: message.json(),
    });
  }
  return said;
}

const reconcile = () => delivery.app.get(Views, { strict: false }).reconcile();
const saysOf = (view: string, id: string, count: number) =>
  until(async () => (await saidOf(view, id)).length >= count);
const consumers = async () => (await delivery.admin.manager.streams.info('TASKS')).state.consumer_count;

describe('a view', () => {
  it('begins with the present state of everything, and follows, with the granted fields alone', async () => {
    const [task, other] = [randomUUID(), randomUUID()];
    await delivery.publish(task, 1, { title: 'A', budget: 7 });
    await delivery.publish(task, 2, { title: 'B', budget: 7 }, ['title']);
    await delivery.publish(other, 1, { title: 'C', budget: 1 });
    const { view } = await delivery.grant({ fields: ['title'] });
    await reconcile();
    await saysOf(view, task, 1);
    await saysOf(view, other, 1);
    expect((await saidOf(view, task)).map(({ data }) => data)).toEqual([
      { id: task, version: 2, title: 'B', changed: ['title'] },
    ]);
    await delivery.publish(task, 3, { title: 'B', budget: 8 }, ['budget']);
    await delivery.publish(task, 4, { title: 'D', budget: 9 }, ['title', 'budget']);
    await saysOf(view, task, 2);
    const source = await delivery.admin.lastEvent('TASKS', `ioc.tasks.task.${task}`);
    expect((await saidOf(view, task)).at(-1)).toEqual({
      eventId: source?.eventId,
      sequence: '4',
      data: { id: task, version: 4, title: 'D', changed: ['title'] },
    });
    expect(await saidOf(view, task)).toHaveLength(2);
  });

  it('never ends with an older state, whoever carried it: two replicas, and events that come again', async () => {
    const tasks = Array.from({ length: 40 }, () => randomUUID());
    const { view } = await delivery.grant({ fields: ['n'] });
    await delivery.lab.start();
    for (const app of delivery.lab['replicas']) await app.get(Views, { strict: false }).reconcile();
    for (let n = 1; n <= 15; n += 1)
      await Promise.all(tasks.map((id) => delivery.publish(id, n, { n }, ['n'])));
    await until(
      async () => (await delivery.admin.manager.consumers.info('TASKS', `view-${view}`)).num_pending === 0,
    );
    await until(
      async () =>
        (await delivery.admin.manager.consumers.info('TASKS', `view-${view}`)).num_ack_pending === 0,
    );
    for (const id of tasks.slice(0, 10)) {
      const numbers = (await saidOf(view, id)).map(({ data }) => Number(data['n']));
      expect(numbers.at(-1)).toBe(15);
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    }
    // The consumer is made anew and brings the last state once more: the feed has it already.
    const { messages } = (await delivery.admin.manager.streams.info('FEEDS')).state;
    await delivery.admin.manager.consumers.delete('TASKS', `view-${view}`);
    await until(() =>
      delivery.admin.manager.consumers.info('TASKS', `view-${view}`).then(
        ({ num_pending, num_ack_pending, delivered }) =>
          delivered.consumer_seq >= 40 && num_pending + num_ack_pending === 0,
        () => false,
      ),
    );
    expect((await delivery.admin.manager.streams.info('FEEDS')).state.messages).toBe(messages);
  });

  it('is one for all grants of the same fields, and goes with the last of them', async () => {
    const task = randomUUID();
    await delivery.publish(task, 1, { code: 'X' });
    const [first, second] = [
      await delivery.grant({ fields: ['code'] }),
      await delivery.grant({ receiver: 'SNV', fields: ['code'] }),
    ];
    expect(first.view).toBe(second.view);
    const before = await consumers();
    await reconcile();
    await saysOf(first.view, task, 1);
    expect(await consumers()).toBe(before + 1);
    await delivery.setState(first.id, 'withdrawn');
    await reconcile();
    expect(await saidOf(first.view, task)).toHaveLength(1);
    await delivery.setState(second.id, 'suspended');
    await reconcile();
    expect([await saidOf(first.view, task), await consumers()]).toEqual([[], before]);
  });

  it("that comes back at once says again what was purged, within the broker's time for duplicates", async () => {
    const task = randomUUID();
    await delivery.publish(task, 1, { place: 'Y' });
    const { id, view } = await delivery.grant({ fields: ['place'] });
    await reconcile();
    await saysOf(view, task, 1);
    await delivery.setState(id, 'suspended');
    await reconcile();
    await delivery.setState(id, 'active');
    await reconcile();
    await saysOf(view, task, 1);
  });
});
