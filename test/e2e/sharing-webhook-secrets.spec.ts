import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { SecretSealer } from '#libs/persistence';
import { signatureOf } from '#libs/webhooks';
import { until } from '../support/until.js';
import type { Caller } from './data-service.js';
import { DeliveryLab, RECEIVER } from './sharing-delivery-lab.js';

const SECRET = 'khoa-bi-mat-cua-bo-phan-nhan';
const [FIRST, SECOND] = ['the first key of thirty characters', 'the second key of thirty characters'];

/** Signatures by which calls came, each with what it should be. */
const signatures: [string, string][] = [];

const receiver = createServer((request, response) => {
  if (request.method === 'OPTIONS') {
    response.writeHead(200, { 'webhook-allowed-origin': '*' }).end();
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { headers } = request;
    const lines = Object.entries(headers)
      .filter(([name]) => name.startsWith('ce-'))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}:${String(value)}\n`);
    const signed = [`${lines.join('')}\n`, Buffer.concat(chunks)] as const;
    const expected = signatureOf(SECRET, String(headers['x-ioc-timestamp']), ...signed);
    signatures.push([String(headers['x-ioc-signature']), expected]);
    response.writeHead(204).end();
  });
});

let delivery: DeliveryLab;
let url: string;

beforeAll(async () => {
  Object.assign(process.env, { WEBHOOK_ALLOWED_NETWORKS: '127.0.0.0/8', WEBHOOK_SECRETS_KEY: FIRST });
  await new Promise<void>((resolve) => {
    receiver.listen(0, '127.0.0.1', resolve);
  });
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  delivery = await DeliveryLab.open();
});

afterEach(() => {
  setKeys({ WEBHOOK_SECRETS_KEY: FIRST });
});

afterAll(async () => {
  setKeys({});
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
  await delivery.close();
});

/** Keys of replicas that start from now on. */
function setKeys(keys: Record<string, string>): void {
  delete process.env['WEBHOOK_SECRETS_KEY'];
  delete process.env['WEBHOOK_SECRETS_KEY_BEFORE'];
  Object.assign(process.env, keys);
}

/** Ends all replicas and starts one with these keys. */
async function restart(keys: Record<string, string>): Promise<{ base: string; caller: Caller }> {
  await delivery.lab.stopReplicas();
  setKeys(keys);
  const base = await delivery.lab.start();
  return { base, caller: await delivery.lab.as(base, RECEIVER, 'sharing:request') };
}

async function kept(grant: string): Promise<{ secret: string | null; sealed: string }> {
  const [row] = await delivery.lab.rows<{ secret: string | null; sealed: string }>(
    `SELECT secret, sealed_secret AS sealed FROM sharing_webhook WHERE grant_id = '${grant}'`,
  );
  return row!;
}

const put = (caller: Caller, grant: string) =>
  caller(`/v1/grants/${grant}/webhook`, { method: 'PUT', json: { url, secret: SECRET } });

const opened = (key: string, sealed: string, grant: string) =>
  new SecretSealer('KEY', [key]).open(sealed, grant).text;

/** A change reaches the receiver with the signature that it expects. */
async function expectSigned(): Promise<void> {
  const before = signatures.length;
  await delivery.publish(randomUUID(), 1, { n: before });
  await until(() => signatures.length > before);
  for (const [given, expected] of signatures.slice(before)) expect(given).toBe(expected);
}

describe('the secret of a webhook', () => {
  it('lies sealed for its grant, nowhere in the clear, and signs', async () => {
    const { id } = await delivery.grant();
    const caller = await delivery.lab.as(delivery.base, RECEIVER, 'sharing:request');
    expect((await put(caller, id)).status).toBe(200);
    const { secret, sealed } = await kept(id);
    expect(secret).toBeNull();
    expect(opened(FIRST, sealed, id)).toBe(SECRET);
    expect(() => opened(FIRST, sealed, randomUUID())).toThrow();
    await expectSigned();
    const { base } = await restart({ WEBHOOK_SECRETS_KEY: FIRST });
    expect((await fetch(`${base}/health/ready`)).status).toBe(200);
    await expectSigned();
    await delivery.setState(id, 'withdrawn');
  });

  it('of a release that kept it in the clear is sealed at the start, and served from then on', async () => {
    const { id } = await delivery.grant();
    await delivery.lab.stopReplicas();
    await delivery.lab.rows(
      `INSERT INTO sharing_webhook (grant_id, version, url, secret) VALUES ('${id}', 1, '${url}', '${SECRET}')`,
    );
    await restart({ WEBHOOK_SECRETS_KEY: FIRST });
    const { secret, sealed } = await kept(id);
    expect([secret, opened(FIRST, sealed, id)]).toEqual([null, SECRET]);
    await expectSigned();
    await delivery.setState(id, 'withdrawn');
  });

  it('is opened by the key before and sealed anew by the present one; then the earlier can go', async () => {
    const { id } = await delivery.grant();
    const { caller } = await restart({ WEBHOOK_SECRETS_KEY: FIRST });
    expect((await put(caller, id)).status).toBe(200);
    await restart({ WEBHOOK_SECRETS_KEY: SECOND, WEBHOOK_SECRETS_KEY_BEFORE: FIRST });
    expect(opened(SECOND, (await kept(id)).sealed, id)).toBe(SECRET);
    const { base } = await restart({ WEBHOOK_SECRETS_KEY: SECOND });
    await expectSigned();
    expect((await fetch(`${base}/health/ready`)).status).toBe(200);
    await restart({ WEBHOOK_SECRETS_KEY: FIRST, WEBHOOK_SECRETS_KEY_BEFORE: SECOND });
    await delivery.setState(id, 'withdrawn');
  });

  it('is refused without a key; health says that those there cannot be used, and a replica with the key serves them', async () => {
    const [{ id }, { id: served }] = [await delivery.grant(), await delivery.grant()];
    const before = await restart({ WEBHOOK_SECRETS_KEY: FIRST });
    expect((await put(before.caller, served)).status).toBe(200);
    const { base, caller } = await restart({});
    const refused = await put(caller, id);
    expect([refused.status, refused.body['code']]).toEqual([503, 'webhook-secrets-not-sealed']);
    expect(await delivery.lab.rows(`SELECT 1 FROM sharing_webhook WHERE grant_id = '${id}'`)).toEqual([]);
    const health = await fetch(`${base}/health/ready`);
    const { checks } = (await health.json()) as { checks: { name: string; state: string }[] };
    expect([health.status, checks.find(({ name }) => name === 'webhook secrets')?.state]).toEqual([
      503,
      'down',
    ]);
    setKeys({ WEBHOOK_SECRETS_KEY: FIRST });
    await delivery.lab.start();
    await expectSigned();
    await delivery.setState(served, 'withdrawn');
    await delivery.lab.rows('DELETE FROM sharing_webhook');
    await until(async () => (await fetch(`${base}/health/ready`)).status === 200);
  });
});
