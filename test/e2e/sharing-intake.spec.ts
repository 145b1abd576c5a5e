import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jetstream, type JsMsg } from '@nats-io/jetstream';
import { headers, type NatsConnection } from '@nats-io/transport-node';
import type { IntakeView } from '../../apps/registry/src/delivery/bus/intake/intake.view.js';
import { until } from '../support/until.js';
import type { Caller } from './data-service.js';
import { BusLab, DAY, good } from './sharing-bus-lab.js';

let lab: BusLab;
let owner: Caller;
let dataset: { id: string; code: string };
let publisher: NatsConnection;

beforeAll(async () => {
  lab = await BusLab.open(2);
  owner = await lab.as('STC');
  dataset = await good(
    owner('/v1/datasets', {
      json: {
        slug: 'gia-dat',
        title: { vi: 'Bảng giá đất', en: 'Land prices' },
        meaning: { vi: 'Giá đất theo vị trí', en: 'Land prices by place' },
        access: 'mandatory',
        fields: [
          { name: 'giaDat', type: 'integer', meaning: 'Giá đất, đồng/m²' },
          { name: 'viTri', type: 'string' },
        ],
      },
    }),
  );
  publisher = await lab.receive(await good(owner(`/v1/datasets/${dataset.id}/credentials`, { json: {} })));
});

afterAll(async () => {
  await lab.close();
});

interface Sent {
  sequence?: number;
  state?: object;
  head?: Record<string, string>;
  data?: string;
}

/** Publishes a record as its agency would, or almost. Resolves when the broker has it. */
async function send(
  record: string,
  { sequence = 1, state = { giaDat: 1 }, head = {}, data }: Sent,
): Promise<void> {
  const values = {
    'ce-specversion': '1.0',
    'ce-id': randomUUID(),
    'ce-source': '/agencies/stc',
    'ce-type': `vn.ioc.agencies.${dataset.code}.changed.v1`,
    'ce-subject': record,
    'ce-time': '2026-11-22T05:00:00Z',
    'ce-sequence': String(sequence),
    'content-type': 'application/json',
    ...head,
  };
  const about = headers();
  for (const [name, value] of Object.entries(values)) about.set(name, value);
  const answer = await publisher.request(
    `intake.agencies.${dataset.code}.${record}`,
    data ?? JSON.stringify({ ...state, changed: [] }),
    { headers: about, timeout: 2_000 },
  );
  expect(answer.json()).toHaveProperty('seq');
}

function intake(): Promise<IntakeView> {
  return good(owner(`/v1/datasets/${dataset.id}/intake`));
}

/** Waits until so many records have been looked at. */
async function lookedAt(count: number): Promise<IntakeView> {
  let view = await intake();
  await until(async () => {
    view = await intake();
    return view.days.reduce((sum, day) => sum + day.accepted + day.putAside, 0) >= count;
  });
  return view;
}

describe('what an agency publishes', () => {
  let received: JsMsg[];

  it('reaches the receivers of a grant, with the headers of the contract and no others', async () => {
    const receiver = await lab.as('SXD');
    const { grantId } = await good<{ grantId: string }>(
      receiver('/v1/sharing-requests', {
        json: {
          datasetId: dataset.id,
          purpose: 'Thẩm định giá',
          legalGround: 'Kế hoạch của UBND tỉnh',
          validFrom: lab.lab.clock.today(),
          validUntil: new Date(Date.now() + 100 * DAY).toISOString().slice(0, 10),
          method: 'sync',
          contact: { name: 'Phòng Giá' },
        },
      }),
    );
    const connection = await lab.receive(await lab.credentials(grantId, 'SXD'));
    const consumer = await lab.consumer(connection, grantId, 'SXD');
    received = [];
    const messages = await consumer.consume({ max_messages: 50 });
    void (async () => {
      for await (const message of messages) {
        received.push(message);
        message.ack();
      }
    })();
    await send('thua-1', { state: { giaDat: 12_000_000, viTri: 'Đường Trần Phú' }, head: { 'x-own': '1' } });
    await until(() => received.length === 1);
    const [first] = received;
    expect(first?.subject).toBe(`ioc.agencies.${dataset.code}.thua-1`);
    expect(first?.json()).toEqual({ giaDat: 12_000_000, viTri: 'Đường Trần Phú', changed: [] });
    expect(first?.headers?.get('ce-source')).toBe('/agencies/stc');
    expect(first?.headers?.has('x-own')).toBe(false);
    await until(async () => (await lab.logged(grantId)).length === 1);
  });

  it('is put aside, counted and told to its owner when it breaks the contract; nobody gets it', async () => {
    await send('thua-2', { head: { 'ce-source': '/services/tasks' } });
    await send('thua-2', { head: { 'ce-subject': 'thua-1' } });
    await send('thua-2', { head: { 'ce-type': 'vn.ioc.tasks.task.assigned.v1' } });
    await send('thua-2', { data: '{"giaDat":' });
    await send('thua-2', { state: { giaDat: '1' } });
    await send('thua-2', { state: { 'so\0DienThoai': '0900' } });
    await send('thua-2', { state: { viTri: 'x'.repeat(300_000) } });
    await send('thua-1', { sequence: 1 });
    await send('thua-2', { sequence: 2 });
    const { putAside, days } = await lookedAt(10);
    expect(putAside.map(({ fault }) => fault).sort()).toEqual([
      'not-json',
      'not-newer',
      'too-large',
      'wrong-fields',
      'wrong-fields',
      'wrong-headers',
      'wrong-headers',
      'wrong-headers',
    ]);
    expect(days).toMatchObject([{ accepted: 2, putAside: 8 }]);
    await until(() => received.length === 2);
    expect(received.map(({ subject }) => subject.split('.').at(-1))).toEqual(['thua-1', 'thua-2']);
  });

  it('counts once when it is published twice, whichever replica looks at it', async () => {
    const again = { sequence: 3, head: { 'ce-id': randomUUID() } };
    await send('thua-3', again);
    await lookedAt(11);
    await send('thua-3', again);
    await lookedAt(12);
    const stream = await lab.admin.manager.streams.info('AGENCIES', { subjects_filter: '>' });
    expect(stream.state.subjects).toMatchObject({ [`ioc.agencies.${dataset.code}.thua-3`]: 1 });
  });

  it('goes to no dataset but the own one, and never straight to the receivers', async () => {
    const bus = jetstream(publisher, { apiPrefix: 'agency.API' });
    for (const subject of ['intake.agencies.sxd-khac.1', `ioc.agencies.${dataset.code}.thua-9`]) {
      await expect(bus.publish(subject, '{}', { timeout: 500 })).rejects.toThrow(/permissions violation/i);
    }
    const stranger = await (await lab.as('SXD'))(`/v1/datasets/${dataset.id}/credentials`, { json: {} });
    expect(stranger.status).toBe(403);
  });
});
