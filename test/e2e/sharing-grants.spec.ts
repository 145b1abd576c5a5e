import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  SHARING_GRANT_GRANTED,
  SHARING_GRANT_OPENED,
  SHARING_GRANT_RENEWED,
  SHARING_GRANT_RESUMED,
  SHARING_GRANT_SUSPENDED,
  SHARING_GRANT_WITHDRAWN,
} from '#libs/contracts';
import type { GrantView } from '../../apps/registry/src/sharing/grants/grant.view.js';
import { LiveGrants } from '../../apps/registry/src/sharing/grants/live-grants.js';
import { until } from '../support/until.js';
import { type Caller, codeOf, faultsOf, good, TODAY } from './data-service.js';
import { idsOf, LAST_DAY, REFUSAL, requestFor, SharingLab, step } from './sharing-lab.js';

let sharing: SharingLab;
/** Shares in these tests. */
let provider: Caller;
/** Asks in these tests. */
let requester: Caller;
let keeper: Caller;

beforeAll(async () => {
  sharing = await SharingLab.open();
  [provider, requester, keeper] = (await Promise.all(
    ['STC', 'SYT', 'SKHCN'].map((code) => sharing.as(code)),
  )) as [Caller, Caller, Caller];
});

afterAll(async () => {
  await sharing.lab.close();
});

describe('a grant', () => {
  it('is suspended, resumed, renewed and withdrawn with effect on what may leave at once', async () => {
    const { id } = await sharing.granted(provider, requester, { fields: ['giaDat'] });
    const live = sharing.lab['replicas'][0]!.get(LiveGrants);
    const told: number[] = [];
    live.onChange(() => told.push(told.length));
    expect(await live.find(id)).toMatchObject({
      provider: 'STC',
      receiver: 'SYT',
      stream: 'AGENCIES',
      fields: ['giaDat'],
      view: expect.stringMatching(/^[0-9a-f]{16}$/),
      method: 'sync',
      validUntil: LAST_DAY,
    });
    // The account on the bus, which is opened beside.
    await until(async () => (await good<GrantView>(requester(`/v1/grants/${id}`))).openedAt !== null);
    expect(faultsOf(await step(provider, `grants/${id}/suspension`, { reason: 'Rà soát' }))).toEqual([
      'legalGround: required',
    ]);
    const suspended = await good<GrantView>(step(provider, `grants/${id}/suspension`, REFUSAL));
    expect(suspended).toMatchObject({ standing: 'suspended', stateReason: REFUSAL.reason, version: 3 });
    expect(await live.find(id)).toBeNull();
    expect((await live.all()).map((grant) => grant.id)).not.toContain(id);
    expect(codeOf(await step(provider, `grants/${id}/suspension`, REFUSAL))).toEqual([
      409,
      'grant-step-not-allowed',
    ]);
    expect(await good(step(provider, `grants/${id}/resumption`))).toMatchObject({
      standing: 'active',
      stateReason: null,
    });
    expect(await live.find(id)).toMatchObject({ version: 4 });
    expect(codeOf(await step(requester, `grants/${id}/renewal`, { validUntil: '2027-06-30' }))).toEqual([
      403,
      'other-agency',
    ]);
    expect(faultsOf(await step(provider, `grants/${id}/renewal`, { validUntil: LAST_DAY }))).toEqual([
      'validUntil: too-small',
    ]);
    await good(step(provider, `grants/${id}/renewal`, { validUntil: '2027-06-30' }));
    expect(await live.find(id)).toMatchObject({ validUntil: '2027-06-30' });
    await good(step(requester, `grants/${id}/withdrawal`, { reason: 'Không còn nhu cầu' }));
    expect(await live.find(id)).toBeNull();
    expect(codeOf(await step(provider, `grants/${id}/resumption`))).toEqual([409, 'grant-step-not-allowed']);
    expect(told.length).toBeGreaterThanOrEqual(4);
    expect(await sharing.history(keeper, `grants/${id}`)).toEqual([
      'withdrawn',
      'renewed',
      'resumed',
      'suspended',
      'opened',
      'granted',
    ]);
  });

  it('begins and ends with its days, of which those who deliver hear', async () => {
    const { id } = await sharing.granted(provider, requester, {
      validFrom: '2026-05-04',
      validUntil: '2026-05-05',
    });
    const live = sharing.lab['replicas'][0]!.get(LiveGrants);
    const standing = async () => {
      const { standing } = await good<GrantView>(requester(`/v1/grants/${id}`));
      const listed = await idsOf(requester, `/v1/grants?standing=${standing}&limit=500`);
      return [standing, listed.includes(id), (await live.find(id)) !== null];
    };
    try {
      expect(await standing()).toEqual(['coming', true, false]);
      let days = 0;
      live.onChange(() => (days += 1));
      sharing.lab.clock.set('2026-05-04');
      await until(() => days === 1);
      expect(await standing()).toEqual(['active', true, true]);
      sharing.lab.clock.set('2026-05-06');
      expect(await standing()).toEqual(['ended', true, false]);
      expect(codeOf(await step(provider, `grants/${id}/renewal`, { validUntil: LAST_DAY }))).toEqual([
        409,
        'grant-step-not-allowed',
      ]);
    } finally {
      sharing.lab.clock.set(TODAY);
    }
  });

  it('needs the scope of its side: asking does not stop grants, deciding does not ask', async () => {
    const grant = await sharing.granted(provider, requester);
    const only = (agency: string, scope: 'sharing:request' | 'sharing:decide') =>
      sharing.lab.as(sharing.base, agency, scope);
    const asking = await only('STC', 'sharing:request');
    expect(codeOf(await step(asking, `grants/${grant.id}/withdrawal`, REFUSAL))).toEqual([
      403,
      'insufficient-scope',
    ]);
    expect(codeOf(await step(asking, `grants/${grant.id}/suspension`, REFUSAL))).toEqual([
      403,
      'insufficient-scope',
    ]);
    const deciding = await only('SYT', 'sharing:decide');
    expect(codeOf(await step(deciding, 'sharing-requests', requestFor(grant.dataset.id)))).toEqual([
      403,
      'insufficient-scope',
    ]);
    expect(codeOf(await step(deciding, `grants/${grant.id}/withdrawal`, REFUSAL))).toEqual([
      403,
      'other-agency',
    ]);
  });

  it('is told of by events that keep to their schemas, in every version', async () => {
    await sharing.eventsOf('sharing-grant', [
      SHARING_GRANT_GRANTED,
      SHARING_GRANT_OPENED,
      SHARING_GRANT_RENEWED,
      SHARING_GRANT_RESUMED,
      SHARING_GRANT_SUSPENDED,
      SHARING_GRANT_WITHDRAWN,
    ]);
  });
});
