import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { get } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Sendings } from '../../apps/registry/src/delivery/sources/sendings.js';
import { Views } from '../../apps/registry/src/delivery/views/views.js';
import { until } from '../support/until.js';
import { DeliveryLab, RECEIVER } from './sharing-delivery-lab.js';

let delivery: DeliveryLab;
let headers: Record<string, string>;
/** Of the whole stream, before the test's own. */
let others = 0;

beforeAll(async () => {
  delivery = await DeliveryLab.open();
  headers = await delivery.authorization();
});

beforeEach(async () => {
  others = Object.keys((await tasksState()) ?? {}).length;
});

afterAll(async () => {
  await delivery.close();
});

async function tasksState() {
  const info = await delivery.admin.manager.streams.info('TASKS', { subjects_filter: '>' });
  return info.state.subjects;
}

interface FeedItem {
  id: string;
  subject: string;
  sequence: string;
  cursor: string;
  data: Record<string, unknown>;
}

interface Changes {
  items: FeedItem[];
  nextCursor: string;
  start: string;
}

async function ask(grant: string, query = '', as = headers) {
  const response = await fetch(`${delivery.base}/v1/feeds/${grant}/changes${query}`, { headers: as });
  return { status: response.status, body: (await response.json()) as Changes & { code?: string } };
}

/** Over a connection of its own. */
function statusOf(address: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(address, { headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });
}

/** Reads a stream line by line until it is told to stop, or the stream ends. */
class LineReader {
  readonly items: FeedItem[] = [];
  ended = false;
  endedAt = 0;
  private readonly abort = new AbortController();

  private constructor(
    readonly response: Response,
    private readonly text: ReadableStreamDefaultReader<Uint8Array>,
  ) {}

  static async open(grant: string, query = ''): Promise<LineReader> {
    const abort = new AbortController();
    const response = await fetch(`${delivery.base}/v1/feeds/${grant}/changes${query}`, {
      headers: { ...headers, accept: 'application/x-ndjson' },
      signal: abort.signal,
    });
    expect(response.status).toBe(200);
    const reader = new LineReader(
      response,
      response.body!.getReader() as ReadableStreamDefaultReader<Uint8Array>,
    );
    reader.abort.signal.addEventListener('abort', () => {
      abort.abort();
    });
    return reader;
  }

  read(): this {
    void this.run().catch(() => undefined);
    return this;
  }

  leave(): void {
    this.abort.abort();
  }

  private async run(): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    for (;;) {
      const { value, done } = await this.text.read();
      if (done) break;
      const lines = (rest + decoder.decode(value, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      this.items.push(...lines.filter((line) => line !== '').map((line) => JSON.parse(line) as FeedItem));
    }
    this.ended = true;
    this.endedAt = performance.now();
  }
}

describe('a feed in JSON', () => {
  it('gives the state first, then what follows the cursor, as it is on the bus, and records what it wrote', async () => {
    const task = randomUUID();
    await delivery.publish(task, 1, { title: 'A' });
    const place = await delivery.publish(task, 2, { title: 'B' }, ['title']);
    const { id: grant } = await delivery.grant();
    const state = await ask(grant, '?limit=500');
    expect([state.status, state.body.start, state.body.items.length]).toEqual([200, 'state', others + 1]);
    const item = state.body.items.find(({ subject }) => subject === task);
    const source = await delivery.admin.manager.streams.getMessage('TASKS', { seq: place });
    expect(item).toMatchObject({
      specversion: '1.0',
      id: source?.header.get('ce-id'),
      source: '/services/tasks',
      datacontenttype: 'application/json',
      sequence: '2',
      data: { id: task, version: 2, title: 'B', changed: ['title'] },
    });
    expect((await ask(grant, `?after=${state.body.nextCursor}`)).body).toMatchObject({
      items: [],
      start: 'resumed',
    });
    const waiting = ask(grant, `?after=${state.body.nextCursor}&wait=20`);
    await delivery.publish(task, 3, { title: 'C' }, ['title']);
    const followed = (await waiting).body;
    expect(followed.items.map(({ data }) => data['title'])).toEqual(['C']);
    expect((await ask(grant, `?after=${followed.items[0]!.cursor}`)).body.items).toEqual([]);
    const delivered = await delivery.delivered(grant, others + 2);
    expect([delivered.length, delivered]).toEqual([others + 2, expect.arrayContaining([place])]);
    const messages = (await delivery.records(grant)).flatMap((record) => record.messages ?? []);
    const digest = createHash('sha256')
      .update(`${item!.id}\n`)
      .update(JSON.stringify(item!.data))
      .digest('hex');
    expect(messages.find(({ sequence }) => sequence === place)).toEqual({
      sequence: place,
      id: item!.id,
      digest,
    });
  });

  it('of some fields has nothing but them', async () => {
    const task = randomUUID();
    await delivery.publish(task, 1, { title: 'A', budget: 7 });
    const { id: grant } = await delivery.grant({ fields: ['title'] });
    await delivery.app.get(Views, { strict: false }).reconcile();
    await until(async () => (await ask(grant)).body.items.some(({ subject }) => subject === task));
    const { items } = (await ask(grant, '?limit=500')).body;
    expect(items.find(({ subject }) => subject === task)?.data).toEqual({
      id: task,
      version: 1,
      title: 'A',
      changed: [],
    });
  });

  it('is for the receiver, while the grant is in force, in the agreed way; each denial is in the log', async () => {
    const { id: grant } = await delivery.grant();
    const { id: packaged } = await delivery.grant({ method: 'package' });
    const { id: ended } = await delivery.grant({ validUntil: '2026-04-19' });
    const stranger = await delivery.authorization('SNV');
    const nobody = await delivery.authorization(null);
    const code = async (...asked: Parameters<typeof ask>) => {
      const { status, body } = await ask(...asked);
      return [status, body.code];
    };
    expect(await code(grant, '', stranger)).toEqual([403, 'other-agency']);
    expect(await code(grant, '', nobody)).toEqual([403, 'other-agency']);
    expect(await code(packaged)).toEqual([403, 'grant-other-method']);
    expect(await code(ended)).toEqual([403, 'grant-outside-its-days']);
    await delivery.setState(grant, 'suspended');
    expect(await code(grant)).toEqual([403, 'grant-suspended']);
    await delivery.setState(grant, 'withdrawn');
    expect(await code(grant)).toEqual([403, 'grant-withdrawn']);
    expect(await code(randomUUID())).toEqual([404, 'not-found']);
    await until(async () => (await delivery.records(grant)).length === 4);
    expect((await delivery.records(grant)).map(({ kind, agency, why }) => [kind, agency, why])).toEqual([
      ['denial', 'SNV', 'the grant is for another agency'],
      ['denial', null, 'the grant is for another agency'],
      ['denial', RECEIVER, 'the grant is suspended'],
      ['denial', RECEIVER, 'the grant is withdrawn'],
    ]);
    expect(await delivery.records(packaged)).toHaveLength(1);
    const { body } = await ask((await delivery.grant()).id, '?limit=1');
    expect(await code((await delivery.grant()).id, `?after=${body.nextCursor}`)).toEqual([
      400,
      'invalid-cursor',
    ]);
  });

  it('records as uncertain what a crash cut off between leaving and the record', async () => {
    const { id: grant } = await delivery.grant();
    const sendings = delivery.app.get(Sendings, { strict: false });
    const message = { sequence: 7, id: randomUUID(), digest: 'd' };
    const sending = await sendings.open(grant, 'http', 'TASKS', [message]);
    await sendings.recover();
    expect(await delivery.records(grant)).toEqual([]);
    await delivery.lab.rows(`UPDATE sharing_sending SET abandoned_after = now() - interval '1 second'`);
    await sendings.recover();
    await until(async () => (await delivery.records(grant)).length === 1);
    // The process was only slow: what it tells now is on record already.
    await sendings.close([sending!], { delivered: [message] });
    const { id: marker } = await delivery.grant({ method: 'package' });
    await ask(marker);
    await until(async () => (await delivery.records(marker)).length === 1);
    expect(await delivery.records(grant)).toMatchObject([
      { kind: 'delivery', note: 'sent-not-acknowledged', messages: [message] },
    ]);
    await delivery.setState(grant, 'withdrawn');
    expect(await sendings.open(grant, 'http', 'TASKS', [message])).toBeNull();
  });
});

describe('readers', () => {
  it.each(['application/json', 'application/x-ndjson'])(
    'are counted while they are there, and no longer: %s',
    async (accept) => {
      const { id: grant } = await delivery.grant();
      const { nextCursor } = (await ask(grant, '?limit=500')).body;
      const address = `${delivery.base}/v1/feeds/${grant}/changes?after=${nextCursor}`;
      const open = () =>
        get(`${address}&wait=30`, { headers: { ...headers, accept }, agent: false }).on(
          'error',
          () => undefined,
        );
      const allAtOnce = () => Promise.all(Array.from({ length: 8 }, () => statusOf(address)));
      const requests = Array.from({ length: 9 }, open);
      const refused = requests.map(
        (request) =>
          new Promise((resolve) => {
            request.once('response', ({ statusCode }) => {
              if (statusCode !== 200) resolve(statusCode);
            });
          }),
      );
      expect(await Promise.race(refused)).toBe(429);
      for (const request of requests) request.destroy();
      await until(async () => (await allAtOnce()).every((status) => status === 200));
      const hasty = Array.from({ length: 30 }, open);
      await Promise.all(hasty.map((request) => once(request, 'finish')));
      for (const request of hasty) request.destroy();
      await until(async () => (await allAtOnce()).every((status) => status === 200));
    },
  );
});

describe('a feed as a stream', () => {
  it('follows live, goes on behind a cursor, and its records are exactly what was written', async () => {
    const { id: grant } = await delivery.grant();
    const task = randomUUID();
    await delivery.publish(task, 1, { n: 1 });
    const first = (await LineReader.open(grant)).read();
    expect(first.response.headers.get('ioc-feed-start')).toBe('state');
    await until(() => first.items.length === others + 1);
    await delivery.publish(task, 2, { n: 2 }, ['n']);
    await until(() => first.items.length === others + 2);
    first.leave();
    await delivery.publish(task, 3, { n: 3 }, ['n']);
    const again = (await LineReader.open(grant, `?after=${first.items.at(-1)!.cursor}`)).read();
    expect(again.response.headers.get('ioc-feed-start')).toBe('resumed');
    await until(() => again.items.length === 1);
    again.leave();
    expect([...first.items.slice(-2), ...again.items].map(({ data }) => data['n'])).toEqual([1, 2, 3]);
    const delivered = await delivery.delivered(grant, others + 3);
    expect(new Set(delivered).size).toBe(others + 3);
  });

  it('ends within two seconds when the grant is withdrawn, and the log has every event that came', async () => {
    const { id: grant } = await delivery.grant();
    const reader = (await LineReader.open(grant)).read();
    await until(() => reader.items.length === others);
    const tasks = Array.from({ length: 20 }, () => randomUUID());
    const over = new AbortController();
    const flow = (async () => {
      for (let n = 1; !over.signal.aborted; n += 1) {
        await Promise.all(tasks.map((id) => delivery.publish(id, n, { n }, ['n'])));
      }
    })();
    await until(() => reader.items.length > others + 200);
    await delivery.setState(grant, 'withdrawn');
    const withdrawn = performance.now();
    await until(() => reader.ended);
    expect(reader.endedAt - withdrawn).toBeLessThan(2_000);
    over.abort();
    await flow;
    const delivered = await delivery.delivered(grant, reader.items.length);
    expect(delivered).toHaveLength(reader.items.length);
  });

  it('ends as soon when nothing flows, and when the last day is over', async () => {
    const { id: grant } = await delivery.grant();
    const { id: lastDay } = await delivery.grant({ validUntil: '2026-04-20' });
    const readers = [await LineReader.open(grant), await LineReader.open(lastDay)].map((reader) =>
      reader.read(),
    );
    await until(() => readers.every((reader) => reader.items.length === others));
    const changed = performance.now();
    await delivery.setState(grant, 'suspended');
    delivery.lab.clock.set('2026-04-21');
    await until(() => readers.every((reader) => reader.ended));
    delivery.lab.clock.set('2026-04-20');
    for (const { endedAt } of readers) expect(endedAt - changed).toBeLessThan(2_000);
  });

  it('that nobody reads holds up no other', async () => {
    const [stuck, lively] = [await delivery.grant(), await delivery.grant({ receiver: RECEIVER })];
    const text = 'x'.repeat(200_000);
    const tasks = Array.from({ length: 100 }, () => randomUUID());
    await Promise.all(tasks.map((id) => delivery.publish(id, 1, { text })));
    // 20 MB that no kernel takes for a reader that does not read.
    const silent = await LineReader.open(stuck.id);
    const reader = (await LineReader.open(lively.id)).read();
    await until(() => reader.items.length === others + 100);
    reader.leave();
    silent.leave();
    await until(async () => (await delivery.records(stuck.id)).length > 0);
    const delivered = await delivery.delivered(stuck.id, 0);
    expect(delivered.length).toBeLessThan(others + 100);
  });

  it('says so and begins with the state when the broker was made anew', async () => {
    const { id: grant } = await delivery.grant();
    const { nextCursor } = (await ask(grant, '?limit=500')).body;
    await delivery.admin.manager.streams.delete('TASKS');
    await DeliveryLab.makeStream(delivery.admin);
    const task = randomUUID();
    await delivery.publish(task, 9, { n: 9 });
    const { start, items } = (await ask(grant, `?after=${nextCursor}&wait=5`)).body;
    expect([start, items.map(({ sequence }) => sequence)]).toEqual(['restarted', ['9']]);
  });
});
