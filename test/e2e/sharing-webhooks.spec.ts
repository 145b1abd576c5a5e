import { randomUUID } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { signatureOf } from '../../libs/webhooks/src/index.js';
import { WebhookWorkers } from '../../apps/registry/src/delivery/webhook/webhook-workers.js';
import { until } from '../support/until.js';
import { type Answer, type Caller, itemsOf } from './data-service.js';
import { DeliveryLab, RECEIVER } from './sharing-delivery-lab.js';

const SECRET = 'khoa-bi-mat-cua-bo-phan-nhan';
const KEY = 'a key of thirty characters for tests';

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
  n: number;
}

/** A receiver that keeps what it is given, and answers as told. */
class Receiver {
  readonly calls: Received[] = [];
  readonly asked: IncomingHttpHeaders[] = [];
  allowedOrigin = '*';
  answer: (call: Received, response: ServerResponse) => void = (_call, response) =>
    response.writeHead(204).end();
  private constructor(
    private server: Server,
    private port = 0,
  ) {}

  static async open(): Promise<Receiver> {
    const receiver = new Receiver(createServer());
    await receiver.listen();
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/events`;
  }

  get taken(): number[] {
    return this.calls.map(({ n }) => n);
  }

  async listen(): Promise<void> {
    this.server = createServer((request, response) => {
      if (request.method === 'OPTIONS') {
        this.asked.push(request.headers);
        response.writeHead(200, { 'webhook-allowed-origin': this.allowedOrigin }).end();
        return;
      }
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        const { n = 0 } = JSON.parse(body) as { n?: number };
        const call = { headers: request.headers, body, n };
        this.calls.push(call);
        this.answer(call, response);
      });
    });
    await new Promise<void>((resolve) => {
      this.server.listen(this.port, '127.0.0.1', resolve);
    });
    this.port = (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

let delivery: DeliveryLab;
let receiver: Receiver;
let caller: Caller;

beforeAll(async () => {
  Object.assign(process.env, {
    WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8',
    SHARING_WEBHOOK_PAUSES: '50,50,50',
    WEBHOOK_SECRETS_KEY: KEY,
  });
  [delivery, receiver] = await Promise.all([DeliveryLab.open(), Receiver.open()]);
  caller = await delivery.lab.as(delivery.base, RECEIVER, 'sharing:request');
});

afterAll(async () => {
  await Promise.all([delivery.close(), receiver.close()]);
});

const put = (grant: string, json: Record<string, unknown> = {}, as = caller): Promise<Answer> =>
  as(`/v1/grants/${grant}/webhook`, { method: 'PUT', json: { url: receiver.url, secret: SECRET, ...json } });
const read = async (grant: string) => (await caller(`/v1/grants/${grant}/webhook`)).body;

/** A grant whose webhook has taken the state. */
async function servedGrant(to: Receiver = receiver): Promise<string> {
  const { id } = await delivery.grant();
  const { messages } = (await delivery.admin.manager.streams.info('TASKS')).state;
  const before = to.calls.length;
  const { status } = await put(id, { url: to.url });
  expect(status).toBe(200);
  const subjects = Object.keys(
    (await delivery.admin.manager.streams.info('TASKS', { subjects_filter: '>' })).state.subjects ?? {},
  );
  if (messages > 0) await until(() => to.calls.length === before + subjects.length);
  return id;
}

describe('a webhook', () => {
  it('is asked first, then gets state and changes, signed, and what it took is on record', async () => {
    const task = randomUUID();
    await delivery.publish(task, 1, { n: 1 });
    const grant = await servedGrant();
    expect(receiver.asked.at(-1)?.['webhook-request-origin']).toBe('ioc.invalid');
    const place = await delivery.publish(task, 2, { n: 2 }, ['n']);
    await until(() => receiver.taken.at(-1) === 2);
    const { headers, body } = receiver.calls.at(-1)!;
    const source = await delivery.admin.manager.streams.getMessage('TASKS', { seq: place });
    expect(headers).toMatchObject({
      'ce-specversion': '1.0',
      'ce-id': source?.header.get('ce-id'),
      'ce-subject': task,
      'ce-sequence': '2',
      'content-type': 'application/json',
    });
    expect(body).toBe(source?.string());
    const lines = Object.entries(headers)
      .filter(([name]) => name.startsWith('ce-'))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}:${String(value)}\n`);
    const timestamp = String(headers['x-ioc-timestamp']);
    expect(headers['x-ioc-signature']).toBe(signatureOf(SECRET, timestamp, `${lines.join('')}\n`, body));
    expect(await delivery.delivered(grant, 2)).toHaveLength(2);
    expect(await read(grant)).toMatchObject({ version: 1, failingSince: null, deadLetters: 0 });
    expect(JSON.stringify(await read(grant))).not.toContain(SECRET);
    await delivery.setState(grant, 'withdrawn');
  });

  it('is not called where nobody agreed, nor set by another agency or for a grant that is not in force', async () => {
    const { id } = await delivery.grant();
    receiver.allowedOrigin = 'another.example';
    expect((await put(id)).body).toMatchObject({ status: 422, code: 'webhook-not-confirmed' });
    receiver.allowedOrigin = 'ioc.invalid';
    const stranger = await delivery.lab.as(delivery.base, 'SNV', 'sharing:request');
    expect((await put(id, {}, stranger)).body['code']).toBe('other-agency');
    expect((await put(id)).status).toBe(200);
    expect((await caller(`/v1/grants/${id}/webhook`, { method: 'DELETE' })).status).toBe(204);
    expect((await caller(`/v1/grants/${id}/webhook`)).status).toBe(404);
    await delivery.setState(id, 'suspended');
    expect((await put(id)).body['code']).toBe('grant-suspended');
  });

  it('that is away gets everything when it is back, in order, without a dead letter', async () => {
    const task = randomUUID();
    const away = await Receiver.open();
    const grant = await servedGrant(away);
    await away.close();
    const before = away.calls.length;
    for (let n = 1; n <= 6; n += 1) await delivery.publish(task, n, { n }, ['n']);
    await until(async () => (await read(grant))['failingSince'] !== null);
    await until(async () => String((await read(grant))['lastError']).includes('ECONNREFUSED'));
    await away.listen();
    await until(() => away.taken.slice(before).length === 6);
    expect(away.taken.slice(before)).toEqual([1, 2, 3, 4, 5, 6]);
    await until(async () => (await read(grant))['failingSince'] === null);
    expect(await read(grant)).toMatchObject({ deadLetters: 0 });
    await delivery.setState(grant, 'withdrawn');
    await away.close();
  });

  it('that refuses one event gets the others; the refused one can be sent again', async () => {
    const [bad, good] = [randomUUID(), randomUUID()];
    const grant = await servedGrant();
    const refused = receiver.calls.length;
    receiver.answer = (call, response) => response.writeHead(call.n === 66 ? 422 : 204).end();
    const place = await delivery.publish(bad, 1, { n: 66 });
    await delivery.publish(good, 1, { n: 7 });
    await delivery.publish(bad, 2, { n: 67 });
    await until(() => receiver.taken.slice(refused).includes(67));
    const dead = itemsOf(await caller(`/v1/grants/${grant}/webhook/dead-letters`));
    expect(dead).toMatchObject([
      { subject: bad, streamSequence: place, attempts: 4, error: 'the receiver answered 422' },
    ]);
    expect(receiver.taken.slice(refused).filter((n) => n === 66)).toHaveLength(4);
    expect(receiver.taken.slice(refused)).toContain(7);
    receiver.answer = (_call, response) => response.writeHead(204).end();
    const address = `/v1/grants/${grant}/webhook/dead-letters/${String(dead[0]?.['eventId'])}/replay`;
    expect((await caller(address, { method: 'POST' })).status).toBe(202);
    await until(async () => (await read(grant))['deadLetters'] === 0);
    expect(receiver.taken.at(-1)).toBe(66);
    // Each refused try left this system, too; the last one arrived.
    const notes = (await delivery.records(grant)).filter(({ messages }) =>
      messages?.some(({ sequence }) => sequence === place),
    );
    await until(async () => (await delivery.delivered(grant, 3)).includes(place));
    expect(notes.filter(({ note }) => note === 'sent-not-acknowledged')).toHaveLength(4);
    await delivery.setState(grant, 'withdrawn');
  });

  it('that never answers delays no other, and one event at a time of each aggregate is on its way', async () => {
    const silent = await Receiver.open();
    silent.answer = () => undefined;
    const { id: stuck } = await delivery.grant();
    expect((await put(stuck, { url: silent.url })).status).toBe(200);
    await until(() => silent.calls.length > 0);
    const grant = await servedGrant();
    const task = randomUUID();
    const before = receiver.calls.length;
    for (let n = 1; n <= 20; n += 1) await delivery.publish(task, n, { n }, ['n']);
    await until(() => receiver.calls.length === before + 20, 5_000);
    expect(receiver.taken.slice(before)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(silent.calls.length).toBeLessThanOrEqual(4);
    for (const id of [stuck, grant]) await delivery.setState(id, 'withdrawn');
    await silent.close();
  });

  it('is served by one of two replicas, and by the other when that one ends', async () => {
    await delivery.lab.start();
    const [, second] = delivery.lab['replicas'];
    const task = randomUUID();
    const grant = await servedGrant();
    const before = receiver.calls.length;
    for (let n = 1; n <= 10; n += 1) await delivery.publish(task, n, { n }, ['n']);
    await until(() => receiver.calls.length >= before + 10);
    const [first] = delivery.lab['replicas'].splice(0, 1);
    await first!.close();
    await second!.get(WebhookWorkers, { strict: false }).round();
    await delivery.publish(task, 11, { n: 11 }, ['n']);
    await until(() => receiver.taken.at(-1) === 11);
    expect(receiver.taken.slice(before)).toEqual(Array.from({ length: 11 }, (_, index) => index + 1));
    expect(grant).toBeDefined();
  });
});
