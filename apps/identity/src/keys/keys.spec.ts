import { afterEach, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { FixedClock } from '#libs/calendar';
import { Upkeep } from '../protocol/upkeep.js';
import { DEVELOPER_SECRET, headerOf, TestIssuer } from '../testing/issuer.js';
import { Sealer } from './sealer.js';

describe('signing keys', () => {
  let issuer: TestIssuer;

  const published = async (base = issuer.url): Promise<JSONWebKeySet> => {
    const response = await fetch(`${base}/jwks`);
    return (await response.json()) as JSONWebKeySet;
  };
  const isGood = async (token: string, base?: string): Promise<boolean> => {
    const verifying = jwtVerify(token, createLocalJWKSet(await published(base)), { issuer: issuer.url });
    return verifying.then(
      () => true,
      () => false,
    );
  };
  const rotate = async (): Promise<string[]> => {
    const answer = await issuer.api('POST', '/v1/keys/rotation');
    expect(answer.status).toBe(200);
    return (answer.body as { items: { state: string }[] }).items.map(({ state }) => state);
  };

  afterEach(async () => {
    await issuer.stop();
  });

  it('are published without their private parts, the next one before it signs', async () => {
    issuer = await TestIssuer.start();
    const { keys } = await published();
    expect(keys).toHaveLength(2);
    for (const key of keys) {
      expect(key).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig' });
      expect(key).not.toHaveProperty('d');
    }
    expect((await fetch(`${issuer.url}/.well-known/openid-configuration`)).status).toBe(200);
  });

  it('change places at a rotation: old tokens stay good, new ones are signed by the new key', async () => {
    issuer = await TestIssuer.start();
    const old = await issuer.developerToken('admin');
    const next = (await published()).keys[1]?.kid;
    expect(await rotate()).toEqual(['current', 'next', 'retired']);

    const fresh = await issuer.developerToken('admin');
    expect(headerOf(fresh).kid).toBe(next);
    expect(headerOf(fresh).kid).not.toBe(headerOf(old).kid);
    expect(await isGood(old)).toBe(true);
    expect(await isGood(fresh)).toBe(true);
    // The issuer's own API knows both as well.
    expect((await issuer.api('GET', '/v1/keys', undefined, { token: old })).status).toBe(200);
    expect((await issuer.api('GET', '/v1/keys', undefined, { token: fresh })).status).toBe(200);
    expect(await rotate()).toEqual(['current', 'next', 'retired', 'retired']);
    expect(await isGood(old)).toBe(true);
  });

  it('are forgotten a day after they last signed', async () => {
    const clock = new FixedClock(new Date());
    issuer = await TestIssuer.start({ clock });
    const old = await issuer.developerToken('admin');
    await rotate();
    clock.set(new Date(clock.now().getTime() + 23 * 3_600_000));
    await issuer.get(Upkeep).run();
    expect(await isGood(old)).toBe(true);
    clock.set(new Date(clock.now().getTime() + 2 * 3_600_000));
    await issuer.get(Upkeep).run();
    expect(await isGood(old)).toBe(false);
    expect((await published()).keys).toHaveLength(2);
  });

  it('are the same after a restart', async () => {
    issuer = await TestIssuer.start();
    const before = await published();
    const token = await issuer.developerToken('admin');
    await issuer.restart();
    expect(await published()).toEqual(before);
    expect(await isGood(token)).toBe(true);
  });

  it('are the same for replicas that start together; a rotation by one reaches the other', async () => {
    issuer = await TestIssuer.start();
    const replica = await issuer.startReplica();
    try {
      expect(await published(replica.url)).toEqual(await published());
      await rotate();
      await replica.app.get(Upkeep, { strict: false }).run();
      expect(await published(replica.url)).toEqual(await published());
      expect(await isGood(await issuer.developerToken('admin'), replica.url)).toBe(true);
    } finally {
      await replica.app.close();
    }
  });

  it('can be seen and rotated by administrators only', async () => {
    issuer = await TestIssuer.start();
    const token = await issuer.developerToken('tasks:read');
    const refused = { status: 403, body: { code: 'insufficient-scope' } };
    expect(await issuer.api('POST', '/v1/keys/rotation', undefined, { token })).toMatchObject(refused);
    expect(await issuer.api('GET', '/v1/keys', undefined, { token })).toMatchObject(refused);
    expect((await issuer.api('GET', '/v1/keys', undefined, { token: 'nonsense' })).status).toBe(401);
    const listed = JSON.stringify((await issuer.api('GET', '/v1/keys')).body);
    expect(listed).not.toContain('"d"');
  });

  it('cannot be read in the database where a key encryption secret is set, and need it to start again', async () => {
    const keyEncryptionSecret = 'a secret of some thirty characters';
    issuer = await TestIssuer.start({ keyEncryptionSecret });
    const rows = await issuer.query<{ key: object }>(
      'SELECT key FROM signing_keys UNION ALL SELECT key FROM cookie_keys',
    );
    expect(rows).toHaveLength(3);
    for (const { key } of rows) {
      expect(Object.keys(key)).toEqual(['sealed']);
    }
    const token = await issuer.developerToken('admin');
    await expect(issuer.restart({ keyEncryptionSecret: null })).rejects.toThrow('Set KEY_ENCRYPTION_SECRET');
    await expect(issuer.restart({ keyEncryptionSecret: 'another secret of some length' })).rejects.toThrow(
      'another KEY_ENC',
    );
    await issuer.restart({ keyEncryptionSecret });
    expect(await isGood(token)).toBe(true);
  });

  it('stay readable when the secret is set later, and are sealed from the next rotation on', async () => {
    issuer = await TestIssuer.start();
    const token = await issuer.token('developer', DEVELOPER_SECRET);
    await issuer.restart({ keyEncryptionSecret: 'a secret of some thirty characters' });
    expect(await isGood(token.access_token)).toBe(true);
    await rotate();
    const rows = await issuer.query("SELECT 1 FROM signing_keys WHERE state = 'next' AND key ? 'sealed'");
    expect(rows).toHaveLength(1);
  });
});

describe('Sealer', () => {
  it('notices any change of what it sealed', () => {
    const sealer = new Sealer('a secret of some thirty characters');
    const kept = sealer.seal({ d: 'private' }) as { sealed: string };
    expect(sealer.open(kept)).toEqual({ d: 'private' });
    const bytes = Buffer.from(kept.sealed, 'base64url');
    for (const place of [0, 15, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[place] = (changed[place] ?? 0) ^ 1;
      expect(() => sealer.open({ sealed: changed.toString('base64url') })).toThrow(
        'another KEY_ENCRYPTION_SECRET',
      );
    }
  });
});
