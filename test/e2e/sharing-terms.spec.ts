import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SHARING_GRANT_ESCALATED, SHARING_GRANT_GRANTED, SHARING_GRANT_OPENED } from '#libs/contracts';
import type { SharingDatasetState } from '#libs/contracts';
import { BusGrants } from '../../apps/registry/src/delivery/bus/grants/bus-grants.js';
import type { GrantView } from '../../apps/registry/src/sharing/grants/grant.view.js';
import { LateOpenings } from '../../apps/registry/src/sharing/grants/late-openings.js';
import type { RequestView } from '../../apps/registry/src/sharing/requests/request.view.js';
import { BusAdmin } from '../support/bus-admin.js';
import { until } from '../support/until.js';
import { type Answer, type Caller, codeOf, faultsOf, good, TODAY } from './data-service.js';
import { idsOf, LAST_DAY, requestFor, REFUSAL, SharingLab, step } from './sharing-lab.js';

let sharing: SharingLab;
/** Shares in these tests. */
let provider: Caller;
/** Asks in these tests. */
let requester: Caller;
let keeper: Caller;
let office: Caller;

beforeAll(async () => {
  process.env['ROUND_MILLISECONDS'] = '50';
  sharing = await SharingLab.open();
  [provider, requester, keeper, office] = (await Promise.all(
    ['STC', 'SYT', 'SKHCN', 'VPUBND'].map((code) => sharing.as(code)),
  )) as [Caller, Caller, Caller, Caller];
});

afterAll(async () => {
  delete process.env['ROUND_MILLISECONDS'];
  await sharing.lab.close();
});

describe('a grant that is less than its request', () => {
  const { legalGround } = REFUSAL;
  const LIMITS = {
    fields: { granted: ['thuaDat'], reason: 'Giá đất chưa công bố' },
    validUntil: { granted: '2026-06-30', reason: 'Chia sẻ thử hai tháng' },
    frequency: { granted: 'Mỗi tuần một lần', reason: 'Dữ liệu cập nhật hằng tuần' },
    method: { granted: 'query', reason: 'Chưa đủ điều kiện đồng bộ' },
  };

  it('says what was granted and why, and leaves the request as it was asked', async () => {
    const dataset = await sharing.dataset(provider);
    const asked = await sharing.request(requester, dataset.id, {
      fields: ['giaDat', 'thuaDat'],
      frequency: 'Theo thời gian thực',
    });
    const granted = await good<RequestView>(
      step(provider, `sharing-requests/${asked.id}/grant`, { limits: { ...LIMITS, legalGround } }),
    );
    expect(granted).toMatchObject({
      fields: ['giaDat', 'thuaDat'],
      validUntil: LAST_DAY,
      frequency: 'Theo thời gian thực',
      method: 'sync',
      state: 'granted',
      decision: { decidedBy: { code: 'STC' }, legalGround, limits: LIMITS },
    });
    expect(await good(requester(`/v1/sharing-requests/${asked.id}`))).toMatchObject(granted);
    const grant = await good<GrantView>(requester(`/v1/grants/${granted.grantId ?? ''}`));
    expect(grant).toMatchObject({
      fields: ['thuaDat'],
      validUntil: '2026-06-30',
      frequency: 'Mỗi tuần một lần',
      method: 'query',
    });
    const events = (await sharing.lab.events()).filter(({ aggregateId }) => aggregateId === asked.id);
    expect(events.at(-1)?.data).toMatchObject({ fields: asked.fields, decision: { limits: LIMITS } });
    const { total } = await good<{ total: object }>(provider('/v1/sharing-figures'));
    expect(total).toMatchObject({ granted: 1, grantedInPart: 1, answeredInTime: 1 });

    // What was not granted was refused.
    const inTheLog = async () =>
      (await sharing.lab.rows<{ line: string }>('SELECT line FROM exchange_record'))
        .map(({ line }) => JSON.parse(line) as Record<string, unknown>)
        .find(({ kind, request }) => kind === 'refusal' && request === asked.id);
    await until(async () => (await inTheLog()) !== undefined);
    expect(await inTheLog()).toMatchObject({
      legalGround,
      reason: expect.stringContaining('chỉ các trường thuaDat: Giá đất chưa công bố'),
    });

    // Whoever needs more objects by a new request; only against an answer that was less, to that agency itself.
    const again = { ...requestFor(dataset.id), objectsTo: asked.id };
    expect(await good(step(requester, 'sharing-requests', again))).toMatchObject({ objectsTo: asked.id });
    const stranger = await sharing.as('SGDDT');
    expect(faultsOf(await step(stranger, 'sharing-requests', again))).toEqual([
      'objectsTo: not-answered-with-less',
    ]);
    const whole = await sharing.granted(provider, requester);
    const content = { ...requestFor(whole.dataset.id), objectsTo: whole.requestId };
    expect(faultsOf(await step(requester, 'sharing-requests', content))).toEqual([
      'objectsTo: not-answered-with-less',
    ]);
  });

  it('is never more than was asked, nor less without a reason', async () => {
    const dataset = await sharing.dataset(provider);
    const { id } = await sharing.request(requester, dataset.id, { fields: ['id', 'thuaDat'] });
    const limited = async (limits: Record<string, unknown>) =>
      faultsOf(await step(provider, `sharing-requests/${id}/grant`, { limits: { legalGround, ...limits } }));
    const reason = 'Thử';
    expect(await limited({ fields: { granted: ['giaDat'], reason } })).toEqual([
      'limits.fields.granted[0]: not-asked',
    ]);
    expect(await limited({ fields: { granted: ['id', 'thuaDat'], reason } })).toEqual([
      'limits.fields.granted: as-asked',
    ]);
    expect(await limited({ fields: { granted: ['id'] } })).toEqual(['limits.fields.reason: required']);
    const fields = { granted: ['id'], reason };
    expect(await limited({ fields, legalGround: ' ' })).toEqual(['limits.legalGround: required']);
    expect(await limited({})).toEqual(['limits: required']);
    const decision = JSON.stringify({ reason, limits: { fields } });
    const past = `UPDATE sharing_request SET state = 'granted', decided_at = now(), decision = '${decision}' WHERE id = '${id}'`;
    await expect(sharing.lab.rows(past)).rejects.toThrow('limits_in_writing');
    const end = async (granted: string) => limited({ validUntil: { granted, reason } });
    expect(await end('2027-01-01')).toEqual(['limits.validUntil.granted: too-large']);
    expect(await end(LAST_DAY)).toEqual(['limits.validUntil.granted: as-asked']);
    expect(await end('2026-04-19')).toEqual(['limits.validUntil.granted: too-small']);
    expect(await limited({ method: { granted: 'sync', reason } })).toEqual([
      'limits.method.granted: as-asked',
    ]);
    expect(await good(requester(`/v1/sharing-requests/${id}`))).toMatchObject({ state: 'submitted' });
  });
});

describe('the fields of an agency’s dataset', () => {
  const PRICE = { name: 'giaDat', type: 'integer', meaning: 'Giá đất, đồng/m²' };
  const [ID, PLOT] = [
    { name: 'id', type: 'string' },
    { name: 'thuaDat', type: 'string' },
  ];
  const AREA = { name: 'dienTich', type: 'number' };
  const change = (id: string, json: Record<string, unknown>): Promise<Answer> =>
    provider(`/v1/datasets/${id}`, { method: 'PATCH', json });

  it('can be added, explained, removed and retyped, unless somebody has them', async () => {
    const dataset = await sharing.dataset(provider);
    const added = await good<SharingDatasetState>(change(dataset.id, { fields: [ID, PRICE, PLOT, AREA] }));
    expect(added.fields.map(({ name }) => name)).toEqual(['id', 'giaDat', 'thuaDat', 'dienTich']);
    const withSchema = await good<SharingDatasetState>(provider(`/v1/datasets/${dataset.id}`));
    expect(withSchema.schema).toMatchObject({ properties: { dienTich: { type: 'number' } } });
    const request = await sharing.request(requester, dataset.id, { fields: ['giaDat'] });
    const refusedFor = async (fields: object[]) => {
      const answer = await change(dataset.id, { fields });
      return [...codeOf(answer), String(answer.body['detail'])];
    };
    const refused = (holder: string) => [409, 'dataset-field-granted', expect.stringContaining(holder)];
    const text = { ...PRICE, type: 'string' };
    // An open request counts as the grant that it may become.
    expect(await refusedFor([ID, PLOT, AREA])).toEqual(refused(request.id));
    const { grantId } = await good<RequestView>(step(provider, `sharing-requests/${request.id}/grant`));
    expect(await refusedFor([ID, text, PLOT, AREA])).toEqual(refused(grantId ?? ''));
    const changed = await good<SharingDatasetState>(
      change(dataset.id, { fields: [ID, { ...PRICE, meaning: 'Giá đất ở' }, { ...PLOT, type: 'integer' }] }),
    );
    expect(changed.fields).toEqual([
      { ...ID, meaning: null },
      { ...PRICE, meaning: 'Giá đất ở' },
      { ...PLOT, type: 'integer', meaning: null },
    ]);
    await good(step(provider, `grants/${grantId ?? ''}/withdrawal`, REFUSAL));
    expect(await good(change(dataset.id, { fields: [ID, PLOT] }))).toMatchObject({ version: 4 });
    expect(faultsOf(await change(dataset.id, { fields: [ID, ID] }))).toEqual(['fields[1].name: duplicate']);
    expect(await sharing.history(keeper, `datasets/${dataset.id}`)).toEqual([
      'changed',
      'changed',
      'changed',
      'registered',
    ]);
  });

  it('go to those who have all fields; where data are restricted, only by the word of the agency that shares', async () => {
    const classes = { classification: 'restricted' };
    const dataset = await sharing.dataset(provider, classes);
    const request = await sharing.request(requester, dataset.id);
    const { grantId } = await good<RequestView>(step(provider, `sharing-requests/${request.id}/grant`));
    const wider = { fields: [ID, PRICE, PLOT, AREA] };
    for (const changes of [wider, { ...wider, classification: 'shared' }]) {
      const refused = await change(dataset.id, changes);
      expect(codeOf(refused)).toEqual([409, 'dataset-granted-whole']);
      expect(String(refused.body['detail'])).toContain(grantId);
    }
    expect(await good(change(dataset.id, { ...wider, addedFieldsToGrantsOfAll: true }))).toMatchObject({
      version: 2,
    });
    expect(codeOf(await change(dataset.id, { fields: [ID, PRICE, PLOT] }))).toEqual([
      409,
      'dataset-field-granted',
    ]);
    // What everybody gets who asks is not restricted.
    expect(faultsOf(await change(dataset.id, { access: 'mandatory' }))).toEqual([
      'access: restricted-on-request',
    ]);
    const shared = await sharing.dataset(provider);
    const whole = await sharing.request(requester, shared.id);
    await good(step(provider, `sharing-requests/${whole.id}/grant`));
    expect(await good(change(shared.id, wider))).toMatchObject({ version: 2 });
  });
});

describe('an account on the bus that is opened late', () => {
  /** A grant of a service's data while the service has not made its stream yet. */
  async function unopened(): Promise<GrantView> {
    const id = randomUUID();
    await sharing.lab.rows(
      `INSERT INTO sharing_dataset VALUES ('${id}', 1, 'budget.former', 'budget', 'STC', '{"vi":"Cũ","en":"Former"}',
       '{"vi":"","en":""}', 'BUDGET', 'ioc.budget.former.*', '{}', '[]', '{}', 'shared', 'on-request', false, null,
       null, 'open', now(), now())`,
    );
    const request = await sharing.request(requester, id);
    const granted = await good<RequestView>(step(provider, `sharing-requests/${request.id}/grant`));
    return good(requester(`/v1/grants/${granted.grantId ?? ''}`));
  }

  it('turns late by itself, is reported level by level, each once with two replicas, until it is opened', async () => {
    await sharing.lab.start();
    const grant = await unopened();
    const onPaper = await sharing.granted(provider, requester, { method: 'package' });
    expect(grant).toMatchObject({ openingDueOn: '2026-04-22', openingLate: false, openedAt: null });
    const seen = () => good<GrantView>(keeper(`/v1/grants/${grant.id}`));
    const late = () => idsOf(keeper, '/v1/grants?openingLate=true');
    try {
      sharing.lab.clock.set('2026-04-22');
      expect(await late()).not.toContain(grant.id);
      sharing.lab.clock.set('2026-04-23');
      expect(await late()).toContain(grant.id);
      expect(await late()).not.toContain(onPaper.id);
      await until(async () => (await seen()).openingEscalatedTo === 'provider');
      expect(await seen()).toMatchObject({ openingLate: true });
      expect((await office(`/v1/grants/${grant.id}`)).status).toBe(404);
      sharing.lab.clock.set('2026-05-08');
      const rounds = sharing.lab['replicas'].map((app) => app.get(LateOpenings, { strict: false }));
      await Promise.all([...rounds, ...rounds, ...rounds].map((round) => round.run()));
      expect((await seen()).openingEscalatedTo).toBe('provincial-office');
      expect((await office(`/v1/grants/${grant.id}`)).status).toBe(200);
      const admin = await BusAdmin.connect(sharing.lab['nats']);
      await admin.manager.streams.add({ name: 'BUDGET', subjects: ['ioc.budget.>'] });
      await admin.close();
      await until(async () => (await seen()).openedAt !== null);
      expect(await late()).not.toContain(grant.id);
      expect(await sharing.history(keeper, `grants/${grant.id}`)).toEqual([
        'opened',
        'escalated',
        'escalated',
        'escalated',
        'granted',
      ]);
      expect(await sharing.history(keeper, `grants/${onPaper.id}`)).toEqual(['granted']);
    } finally {
      sharing.lab.clock.set(TODAY);
    }
  });

  it('is noted as opened also when the registry ended between the opening and its note', async () => {
    const { id } = await sharing.granted(provider, requester);
    const seen = () => good<GrantView>(keeper(`/v1/grants/${id}`));
    await until(async () => (await seen()).openedAt !== null);
    await sharing.lab.rows(`UPDATE sharing_grant SET opened_at = NULL WHERE id = '${id}'`);
    await sharing.lab['replicas'][0]!.get(BusGrants, { strict: false }).reconcile();
    expect((await seen()).openedAt).not.toBeNull();
  });

  it('counts from the first day of a grant that is to begin later', async () => {
    const grant = await sharing.granted(provider, requester, { validFrom: '2026-05-04' });
    expect(grant).toMatchObject({ standing: 'coming', openingDueOn: '2026-05-06' });
    await sharing.eventsOf('sharing-grant', [
      SHARING_GRANT_ESCALATED,
      SHARING_GRANT_GRANTED,
      SHARING_GRANT_OPENED,
      'vn.ioc.registry.sharing-grant.withdrawn.v1',
    ]);
  });
});
