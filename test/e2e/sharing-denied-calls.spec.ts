import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GrantView } from '../../apps/registry/src/sharing/grants/grant.view.js';
import { until } from '../support/until.js';
import { type Caller, codeOf } from './data-service.js';
import { REFUSAL, requestFor, SharingLab, step } from './sharing-lab.js';

/** A record of a denied attempt. */
interface Denial {
  kind: string;
  agency: string | null;
  grant: string | null;
  credential: string | null;
  provider: string | null;
  dataset: string | null;
  attempted: string;
  why: string;
  count: number;
}

const ANOTHER = 'for another agency';
const UNSEEN = 'nothing that this agency may see';
const SCOPE = 'the token lacks the scope';

let sharing: SharingLab;
let grant: GrantView;
let openRequest: string;
/** Of the agency that shares, of the one that asks, and of one that has nothing to do with either. */
let provider: Caller;
let requester: Caller;
let stranger: Caller;

beforeAll(async () => {
  sharing = await SharingLab.open();
  [provider, requester, stranger] = (await Promise.all(
    ['STC', 'SYT', 'SGDDT'].map((code) => sharing.as(code)),
  )) as [Caller, Caller, Caller];
  grant = await sharing.granted(provider, requester);
  openRequest = (await sharing.request(requester, grant.dataset.id)).id;
});

afterAll(async () => {
  await sharing.lab.close();
});

/** All denials that are sealed into the chain or wait for it. */
async function denials(): Promise<Denial[]> {
  const rows = await sharing.lab.rows<{ content: string }>(
    `SELECT line AS content FROM exchange_record UNION ALL SELECT content::text FROM exchange_pending`,
  );
  return rows.map(({ content }) => JSON.parse(content) as Denial).filter(({ kind }) => kind === 'denial');
}

/** Denials of what was tried at an address, once the log has so many attempts. */
async function denialsAt(attempted: string, attempts: number): Promise<Denial[]> {
  const at = async () => (await denials()).filter((denial) => denial.attempted === attempted);
  await until(async () => (await at()).reduce((sum, { count }) => sum + count, 0) >= attempts);
  return at();
}

describe('a call that is refused at the door', () => {
  it('for want of a scope is on record, on every kind of route', async () => {
    const reader = await sharing.lab.as(sharing.base, 'SGDDT', 'registry:read');
    const calls: [string, string, unknown?][] = [
      ['GET', `/v1/feeds/${grant.id}/changes`],
      ['PUT', `/v1/grants/${grant.id}/webhook`, { url: 'https://example.vn/', secret: 'x'.repeat(20) }],
      ['POST', `/v1/grants/${grant.id}/packages`, { recipient: 'age1' }],
      ['GET', `/v1/grants/${grant.id}/connection`],
      ['POST', '/v1/sharing-requests', requestFor(grant.dataset.id)],
      ['POST', `/v1/sharing-requests/${openRequest}/grant`, {}],
      ['GET', '/v1/sharing-figures'],
    ];
    for (const [method, path, json] of calls) {
      const call = { method: method as 'GET', json };
      expect(codeOf(await reader(path, call))).toEqual([403, 'insufficient-scope']);
      const [denial, ...more] = await denialsAt(`${method} ${path}`, 1);
      expect([path, more.length]).toEqual([path, 0]);
      expect(denial).toMatchObject({ agency: 'SGDDT', credential: 'system-1', why: SCOPE, count: 1 });
    }
    // The agency that shares sees who tried.
    const [about] = await denialsAt(`GET /v1/grants/${grant.id}/connection`, 1);
    expect(about).toMatchObject({ provider: 'STC', dataset: grant.dataset.code, grant: grant.id });
    expect(await denialsAt(`POST /v1/sharing-requests/${openRequest}/grant`, 1)).toMatchObject([
      { provider: 'STC', dataset: grant.dataset.code, grant: null },
    ]);
  });

  it('since it is for another agency is on record once, also where the address is answered as unknown', async () => {
    const refused = async (who: Caller, path: string, json: Record<string, unknown>, expected: unknown[]) => {
      expect(codeOf(await step(who, path, json))).toEqual(expected);
      return denialsAt(`POST /v1/${path}`, 1);
    };
    const decision = `sharing-requests/${openRequest}/refusal`;
    expect(await refused(requester, decision, REFUSAL, [403, 'other-agency'])).toMatchObject([
      { agency: 'SYT', why: ANOTHER, provider: 'STC', count: 1 },
    ]);
    const suspension = `grants/${grant.id}/suspension`;
    expect(await refused(stranger, suspension, REFUSAL, [404, 'not-found'])).toMatchObject([
      { agency: 'SGDDT', why: UNSEEN, grant: grant.id, provider: 'STC', count: 1 },
    ]);
    const closing = `datasets/${grant.dataset.id}/closing`;
    expect(await refused(stranger, closing, { reason: 'x' }, [403, 'other-agency'])).toMatchObject([
      { agency: 'SGDDT', why: ANOTHER, dataset: grant.dataset.code, count: 1 },
    ]);
    const unknown = `/v1/packages/${randomUUID()}`;
    expect(codeOf(await stranger(unknown))).toEqual([404, 'not-found']);
    expect(await denialsAt(`GET ${unknown}`, 1)).toMatchObject([{ why: UNSEEN, provider: null }]);
    // What GrantAccess denies it records itself.
    const feed = `/v1/feeds/${grant.id}/changes`;
    expect(codeOf(await stranger(feed))).toEqual([403, 'other-agency']);
    await denialsAt(`GET ${feed}`, 2);
    const whole = (await denialsAt(`GET ${feed}`, 2)).map(({ why }) => why).sort();
    expect(whole).toEqual(['the grant is for another agency', SCOPE]);
  });

  it('with a bad token, or none, is an attempt of somebody unknown', async () => {
    const path = `/v1/grants/${grant.id}/webhook`;
    const nobody = sharing.lab.anonymous(sharing.base);
    const expired = await sharing.lab['issuer'].token({ agency: 'SYT', exp: 1_000_000_000 });
    const unknown = { agency: null, credential: null, provider: 'STC', count: 1 };
    expect((await nobody(path, { headers: { authorization: `Bearer ${expired}` } })).status).toBe(401);
    expect((await nobody(path)).status).toBe(401);
    expect(await denialsAt(`GET ${path}`, 2)).toMatchObject([
      { ...unknown, why: 'the token is forged, expired or of another issuer' },
      { ...unknown, why: 'no token' },
    ]);
  });

  it('since the grant is not in force is on record, also where only the way to the data is asked for', async () => {
    const ended = await sharing.granted(provider, requester);
    const path = `/v1/grants/${ended.id}/connection`;
    expect((await requester(path)).status).toBe(200);
    const about = { agency: 'SYT', grant: ended.id, provider: 'STC', dataset: ended.dataset.code, count: 1 };
    for (const [step_, state] of [
      ['suspension', 'suspended'],
      ['withdrawal', 'withdrawn'],
    ] as const) {
      expect((await step(provider, `grants/${ended.id}/${step_}`, REFUSAL)).status).toBe(200);
      expect(codeOf(await requester(path))).toEqual([403, `grant-${state}`]);
      const why = `the grant is ${state}`;
      await until(async () => (await denialsAt(`GET ${path}`, 1)).some((denial) => denial.why === why));
      expect((await denialsAt(`GET ${path}`, 1)).at(-1)).toMatchObject({ ...about, why });
    }
  });

  it('since the exchange log is not for everybody is on record in it', async () => {
    const refused = async (who: Caller, path: string, expected: unknown[]) => {
      expect(codeOf(await who(path))).toEqual(expected);
      const [denial, ...more] = await denialsAt(`GET ${path}`, 1);
      expect([path, more.length]).toEqual([path, 0]);
      return denial;
    };
    const outsider = await sharing.lab.as(sharing.base, 'SNV', 'tasks:read');
    expect(await refused(outsider, '/v1/exchange-records', [403, 'insufficient-scope'])).toMatchObject({
      agency: 'SNV',
      why: SCOPE,
    });
    for (const path of ['/v1/exchange-log/export', '/v1/exchange-log/archives']) {
      expect(await refused(stranger, path, [403, 'other-agency'])).toMatchObject({
        agency: 'SGDDT',
        why: ANOTHER,
      });
    }
    const ofOthers = `SELECT sequence FROM exchange_record WHERE line NOT LIKE '%SGDDT%' LIMIT 1`;
    await until(async () => (await sharing.lab.rows(ofOthers)).length === 1);
    const [other] = await sharing.lab.rows<{ sequence: string }>(ofOthers);
    expect(
      await refused(stranger, `/v1/exchange-records/${other?.sequence ?? ''}`, [404, 'not-found']),
    ).toMatchObject({
      agency: 'SGDDT',
      why: UNSEEN,
      grant: null,
    });
  });

  it('again and again is counted, not written each time; what is allowed or merely missing is no attempt', async () => {
    const reader = await sharing.lab.as(sharing.base, 'SXD', 'registry:read');
    const path = `/v1/feeds/${grant.id}/changes`;
    const of = async (agency: string) => (await denials()).filter((denial) => denial.agency === agency);
    const attempts = 40;
    await Promise.all(Array.from({ length: attempts }, () => reader(path)));
    const counted = async () => (await of('SXD')).reduce((sum, { count }) => sum + count, 0);
    await until(async () => (await counted()) === attempts);
    expect((await of('SXD')).length).toBeLessThanOrEqual(6);
    // Many addresses of one route are one record, too.
    const scanner = await sharing.as('SCT');
    await Promise.all(Array.from({ length: attempts }, () => scanner(`/v1/grants/${randomUUID()}`)));
    const scanned = async () => (await of('SCT')).reduce((sum, { count }) => sum + count, 0);
    await until(async () => (await scanned()) === attempts);
    expect((await of('SCT')).at(-1)).toMatchObject({ attempted: 'GET /v1/grants/:id', grant: null });
    expect((await of('SCT')).length).toBeLessThanOrEqual(6);

    const before = (await denials()).length;
    expect((await requester(`/v1/grants/${grant.id}`)).status).toBe(200);
    expect((await requester(`/v1/datasets/${randomUUID()}`)).status).toBe(404);
    expect((await reader('/v1/databases', { json: {} })).status).toBe(403);
    const stale = { 'if-match': '"99"' };
    expect((await step(provider, `grants/${grant.id}/suspension`, REFUSAL, stale)).status).toBe(412);
    expect(await denials()).toHaveLength(before);
  });
});
