import { execFile } from 'node:child_process';
import { createHash, generateKeyPairSync, randomUUID, verify } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { PackageMaker } from '../../apps/registry/src/delivery/package/package-maker.js';
import { until } from '../support/until.js';
import type { Caller } from './data-service.js';
import { DeliveryLab, RECEIVER } from './sharing-delivery-lab.js';

const run = promisify(execFile);
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const tasks = Array.from({ length: 60 }, () => randomUUID());

let delivery: DeliveryLab;
let caller: Caller;
let keys: string;
let identity: string;
let recipient: string;

beforeAll(async () => {
  keys = await mkdtemp(join(tmpdir(), 'ioc-keys-'));
  await writeFile(join(keys, '0001.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  process.env['EXCHANGE_LOG_KEYS_DIR'] = keys;
  delivery = await DeliveryLab.open();
  caller = await delivery.lab.as(delivery.base, RECEIVER, 'sharing:request');
  identity = await generateX25519Identity();
  recipient = await identityToRecipient(identity);
  // Large ones, so that the archive has more than one file of events.
  const text = 'Tổng hợp '.repeat(7_000);
  await Promise.all(tasks.map((id) => delivery.publish(id, 1, { title: 'A', text })));
  await Promise.all(tasks.map((id) => delivery.publish(id, 2, { title: 'B', text }, ['title'])));
});

afterAll(async () => {
  await delivery.close();
  await rm(keys, { recursive: true, force: true });
});

const ask = (grant: string, to = recipient) =>
  caller(`/v1/grants/${grant}/packages`, { json: { recipient: to } });
const read = async (id: string) => (await caller(`/v1/packages/${id}`)).body;

async function readyPackage(grant: string): Promise<string> {
  const asked = await ask(grant);
  expect([asked.status, asked.body['state']]).toEqual([202, 'waiting']);
  const id = String(asked.body['id']);
  await until(async () => (await read(id))['state'] === 'ready');
  return id;
}

async function download(id: string): Promise<{ status: number; headers: Headers; content: Buffer }> {
  const response = await fetch(`${delivery.base}/v1/packages/${id}/file`, {
    headers: await delivery.authorization(),
  });
  return {
    status: response.status,
    headers: response.headers,
    content: Buffer.from(await response.arrayBuffer()),
  };
}

async function decrypted(content: Uint8Array, key = identity): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(key);
  return decrypter.decrypt(content);
}

describe('a package', () => {
  it('holds the state, signed and encrypted; the receiver opens and checks it with ordinary tools', async () => {
    const { id: grant } = await delivery.grant({ method: 'package' });
    const id = await readyPackage(grant);
    const view = await read(id);
    expect(view).toMatchObject({ events: tasks.length, expectedEvents: tasks.length, recipient });
    const { status, headers, content } = await download(id);
    expect([status, content.length]).toEqual([200, view['bytes']]);
    expect(createHash('sha256').update(content).digest('hex')).toBe(view['sha256']);
    expect(headers.get('repr-digest')).toContain('sha-256=:');
    expect(content.includes('Tổng hợp')).toBe(false);

    const folder = await mkdtemp(join(tmpdir(), 'ioc-package-'));
    await writeFile(join(folder, 'package.tar'), await decrypted(content));
    await run('tar', ['-xf', 'package.tar'], { cwd: folder });
    const { stdout } = await run('sha256sum', ['-c', 'SHA256SUMS'], { cwd: folder });
    expect(stdout.split('\n').filter((line) => line.endsWith(': OK'))).toHaveLength(3);
    const manifest = await readFile(join(folder, 'manifest.json'));
    expect(verify(null, manifest, publicKey, await readFile(join(folder, 'manifest.sig')))).toBe(true);
    const { files, events, ...about } = JSON.parse(manifest.toString('utf8')) as {
      files: { name: string; events: number }[];
      events: number;
    };
    expect(about).toMatchObject({
      package: id,
      grant,
      dataset: 'test.task',
      receiver: RECEIVER,
      signedBy: createHash('sha256')
        .update(Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url'))
        .digest('hex')
        .slice(0, 16),
    });
    const lines = (await Promise.all(files.map(({ name }) => readFile(join(folder, name), 'utf8')))).flatMap(
      (text) => text.trimEnd().split('\n'),
    );
    expect([files.length, events, lines.length]).toEqual([2, tasks.length, tasks.length]);
    const states = lines.map((line) => JSON.parse(line) as { subject: string; data: { title: string } });
    expect(new Set(states.map(({ subject }) => subject))).toEqual(new Set(tasks));
    expect(new Set(states.map(({ data }) => data.title))).toEqual(new Set(['B']));
    await rm(folder, { recursive: true });
    // Every download is a delivery of all that it holds.
    expect(await delivery.delivered(grant, tasks.length)).toHaveLength(tasks.length);
    await download(id);
    expect(await delivery.delivered(grant, 2 * tasks.length)).toHaveLength(2 * tasks.length);
  });

  it('is of no use to others: another key, another agency, after its end, or of a grant that was withdrawn', async () => {
    const { id: grant } = await delivery.grant({ method: 'package' });
    const id = await readyPackage(grant);
    const { content } = await download(id);
    await expect(decrypted(content, await generateX25519Identity())).rejects.toThrow();
    const stranger = await delivery.lab.as(delivery.base, 'SNV', 'sharing:request');
    expect((await stranger(`/v1/packages/${id}/file`)).body['code']).toBe('other-agency');
    // What a refused request would have done is undone; its denial stays.
    const { id: synced } = await delivery.grant();
    const keyed = { json: { recipient }, headers: { 'idempotency-key': randomUUID() } };
    const refused = await caller(`/v1/grants/${synced}/packages`, keyed);
    expect(refused.body['code']).toBe('grant-other-method');
    await until(async () => (await delivery.records(synced)).length === 1);
    expect(
      (await ask(grant, `${recipient.slice(0, -1)}${recipient.endsWith('q') ? 'p' : 'q'}`)).body['code'],
    ).toBe('invalid-recipient');
    delivery.lab.clock.set('2026-05-05');
    expect((await read(id))['state']).toBe('expired');
    expect((await caller(`/v1/packages/${id}/file`)).body['code']).toBe('package-not-ready');
    delivery.lab.clock.set('2026-04-20');
    await delivery.setState(grant, 'withdrawn');
    expect((await caller(`/v1/packages/${id}/file`)).body['code']).toBe('grant-withdrawn');
    await delivery.app.get(PackageMaker, { strict: false }).round();
    const left = await delivery.lab.rows(`SELECT 1 FROM sharing_package_chunk WHERE package_id = '${id}'`);
    expect(left).toEqual([]);
    await until(
      async () => (await delivery.records(grant)).filter(({ kind }) => kind === 'denial').length === 2,
    );
  });

  it('whose making was cut off is made anew', async () => {
    const { id: grant } = await delivery.grant({ method: 'package' });
    const id = randomUUID();
    await delivery.lab
      .rows(`INSERT INTO sharing_package (id, grant_id, recipient, state, asked_at, attempts, events, leased_until)
      VALUES ('${id}', '${grant}', '${recipient}', 'building', now(), 1, 5, now() - interval '1 second')`);
    await delivery.lab.rows(`INSERT INTO sharing_package_chunk VALUES ('${id}', 0, 'cut off')`);
    await delivery.app.get(PackageMaker, { strict: false }).round();
    expect(await read(id)).toMatchObject({ state: 'ready', events: tasks.length });
    const plain = await decrypted((await download(id)).content);
    expect(Buffer.from(plain).includes('manifest.json')).toBe(true);
  });
});
