import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  SHARING_REQUEST_ESCALATED,
  SHARING_REQUEST_GRANTED,
  SHARING_REQUEST_REFUSED,
  SHARING_REQUEST_SUBMITTED,
  SHARING_REQUEST_WITHDRAWN,
  type SharingRequestState,
} from '#libs/contracts';
import { until } from '../support/until.js';
import { type Caller, codeOf, faultsOf, good, itemsOf, TODAY } from './data-service.js';
import { ENTERPRISE, idsOf, LAST_DAY, REFUSAL, requestFor, SharingLab, step } from './sharing-lab.js';

let sharing: SharingLab;
/** Shares in these tests. */
let provider: Caller;
/** Asks in these tests. */
let requester: Caller;
let stranger: Caller;
let keeper: Caller;
let office: Caller;

beforeAll(async () => {
  process.env['ROUND_MILLISECONDS'] = '50';
  sharing = await SharingLab.open();
  [provider, requester, stranger, keeper, office] = (await Promise.all(
    ['STC', 'SYT', 'SGDDT', 'SKHCN', 'VPUBND'].map((code) => sharing.as(code)),
  )) as [Caller, Caller, Caller, Caller, Caller];
});

afterAll(async () => {
  delete process.env['ROUND_MILLISECONDS'];
  await sharing.lab.close();
});

/** A request that waits for its answer. */
async function open(changes: Record<string, unknown> = {}): Promise<SharingRequestState> {
  return sharing.request(requester, (await sharing.dataset(provider)).id, changes);
}

describe('a request for data', () => {
  it('waits for the answer of the agency that shares, within its working days', async () => {
    const dataset = await sharing.dataset(provider);
    const request = await sharing.request(requester, dataset.id, {
      fields: ['thuaDat', 'giaDat'],
      quantity: 'Toàn tỉnh',
      frequency: 'Theo thời gian thực',
    });
    // Monday 20 April: 27 April (Giỗ Tổ) is no working day, the 26th is a Sunday.
    expect(request).toMatchObject({
      version: 1,
      state: 'submitted',
      standing: 'open',
      dueOn: '2026-04-28',
      dataset: { id: dataset.id, code: dataset.code },
      provider: { code: 'STC' },
      requester: { code: 'SYT', name: 'Sở Y tế' },
      fields: ['giaDat', 'thuaDat'],
      decision: null,
      grantId: null,
    });
    const detail = await good(provider(`/v1/sharing-requests/${request.id}`));
    expect(detail).toMatchObject({ contact: { name: 'Phòng Chuyển đổi số' } });
    const granted = await good<SharingRequestState>(
      step(provider, `sharing-requests/${request.id}/grant`, { document: 'Văn bản số 5' }),
    );
    expect(granted).toMatchObject({
      version: 2,
      state: 'granted',
      standing: 'answered-in-time',
      decidedOn: TODAY,
      decision: { decidedBy: { code: 'STC', name: 'Sở Tài chính' }, document: 'Văn bản số 5' },
    });
    expect(await good(requester(`/v1/grants/${granted.grantId ?? ''}`))).toMatchObject({
      requestId: request.id,
      receiver: { code: 'SYT' },
      fields: ['giaDat', 'thuaDat'],
      validUntil: LAST_DAY,
      standing: 'active',
      openingDueOn: '2026-04-22',
    });
    expect(codeOf(await step(provider, `sharing-requests/${request.id}/refusal`, REFUSAL))).toEqual([
      409,
      'sharing-request-decided',
    ]);
  });

  it('cannot be refused without a written reason and a legal ground, not even past the API', async () => {
    const { id } = await open();
    const refuse = (json: Record<string, unknown>, who = provider) =>
      step(who, `sharing-requests/${id}/refusal`, json);
    expect(faultsOf(await refuse({ reason: REFUSAL.reason }))).toEqual(['legalGround: required']);
    expect(faultsOf(await refuse({ ...REFUSAL, reason: '  ' }))).toEqual(['reason: required']);
    for (const decision of ['{"reason": " ", "legalGround": "x"}', '{"reason": "x"}']) {
      const written = `UPDATE sharing_request SET state = 'refused', decided_at = now(), decision = '${decision}' WHERE id = '${id}'`;
      await expect(sharing.lab.rows(written)).rejects.toThrow('refusal_in_writing');
    }
    const refused = await good<SharingRequestState>(refuse({ ...REFUSAL, document: 'Văn bản số 9' }));
    expect(refused).toMatchObject({ state: 'refused', grantId: null, decision: REFUSAL });
    const [line] = itemsOf(await requester(`/v1/sharing-requests/${id}/history`));
    expect(line).toMatchObject({
      action: 'refused',
      note: REFUSAL.reason,
      document: 'Văn bản số 9',
      agency: 'STC',
    });
    const inTheLog = async () => JSON.stringify(await sharing.lab.rows('SELECT * FROM exchange_record'));
    await until(async () => (await inTheLog()).includes(id));
  });

  it('is granted at once where the data must be shared, and not to an enterprise', async () => {
    const dataset = await sharing.dataset(provider, { access: 'mandatory', legalGround: 'Nghị định 278' });
    const request = await sharing.request(requester, dataset.id);
    expect(request).toMatchObject({
      version: 2,
      state: 'granted',
      standing: 'granted-by-law',
      decision: { decidedBy: null, legalGround: 'Nghị định 278' },
    });
    expect(await sharing.history(provider, `sharing-requests/${request.id}`)).toEqual([
      'granted',
      'submitted',
    ]);
    const enterprise = await sharing.as(ENTERPRISE);
    expect(await sharing.request(enterprise, dataset.id)).toMatchObject({ state: 'submitted' });
    // The receiver renews by itself what it is owed.
    const { grantId } = request;
    const renewal = { validUntil: '2027-12-31' };
    const { total } = await good<{ total: object }>(enterprise('/v1/sharing-figures'));
    expect(total).toMatchObject({ open: 1, answeredInTime: 0, grantedByLaw: 0 });
    expect(await good(step(requester, `grants/${grantId ?? ''}/renewal`, renewal))).toMatchObject(renewal);
  });

  it('is refused by the API when it asks for what cannot be', async () => {
    const { id } = await sharing.dataset(provider);
    const ask = (json: Record<string, unknown>, who = requester) =>
      step(who, 'sharing-requests', { ...requestFor(id), ...json });
    expect(faultsOf(await ask({ fields: ['giaDat', 'chuSoHuu'] }))).toEqual([
      'fields[1]: unknown-field-of-dataset',
    ]);
    expect(faultsOf(await ask({ validFrom: '2026-04-19' }))).toEqual(['validFrom: too-small']);
    expect(faultsOf(await ask({ validUntil: '2026-04-19' }))).toEqual(['validUntil: too-small']);
    expect(codeOf(await ask({}, provider))).toEqual([409, 'own-dataset']);
    expect(codeOf(await ask({}, await sharing.as(null)))).toEqual([403, 'other-agency']);
    await good(step(provider, `datasets/${id}/closing`, { reason: 'Ngừng cập nhật' }));
    expect(codeOf(await ask({}))).toEqual([409, 'dataset-closed']);
  });

  it('is taken back by the agency that made it, and made once however often it is sent', async () => {
    const { id: datasetId } = await sharing.dataset(provider);
    const sent = () =>
      step(requester, 'sharing-requests', requestFor(datasetId), { 'idempotency-key': 'yeu-cau-1' });
    const [first, second] = [await sent(), await sent()];
    expect([first.status, second.body['id']]).toEqual([201, first.body['id']]);
    expect(await idsOf(requester, `/v1/sharing-requests?dataset=${datasetId}`)).toEqual([first.body['id']]);
    const path = `sharing-requests/${String(first.body['id'])}/withdrawal`;
    expect(codeOf(await step(provider, path))).toEqual([403, 'other-agency']);
    expect(codeOf(await step(requester, path, {}, { 'if-match': '"2"' }))).toEqual([412, 'stale-version']);
    expect(await good(step(requester, path))).toMatchObject({ state: 'withdrawn', standing: 'withdrawn' });
    expect(codeOf(await step(provider, path.replace('withdrawal', 'grant')))).toEqual([
      409,
      'sharing-request-decided',
    ]);
  });

  it('is answered once, by one of two who answer at the same time', async () => {
    const { id } = await open();
    const answers = await Promise.all([
      step(provider, `sharing-requests/${id}/grant`),
      step(provider, `sharing-requests/${id}/refusal`, REFUSAL),
      step(provider, `sharing-requests/${id}/grant`),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const grants = await sharing.lab.rows(`SELECT 1 FROM sharing_grant WHERE request_id = '${id}'`);
    expect(grants).toHaveLength(answers[1].status === 200 ? 0 : 1);
  });
});

describe('who may', () => {
  it('sees its own requests and grants, Sở KH&CN all; nobody decides for another agency', async () => {
    const { id } = await open();
    const grant = await sharing.granted(provider, requester);
    const sees = async (who: Caller) => [
      (await who(`/v1/sharing-requests/${id}`)).status,
      (await who(`/v1/sharing-requests/${id}/history`)).status,
      (await idsOf(who, '/v1/sharing-requests?limit=500')).includes(id),
      (await who(`/v1/grants/${grant.id}`)).status,
      (await idsOf(who, '/v1/grants?limit=500')).includes(grant.id),
    ];
    const everything = [200, 200, true, 200, true];
    const nothing = [404, 404, false, 404, false];
    expect(await Promise.all([provider, requester, keeper, stranger, office].map(sees))).toEqual([
      everything,
      everything,
      everything,
      nothing,
      nothing,
    ]);
    const decisions = [
      [`sharing-requests/${id}/grant`, {}],
      [`sharing-requests/${id}/refusal`, REFUSAL],
    ] as const;
    const steps = [
      [`grants/${grant.id}/suspension`, REFUSAL],
      [`grants/${grant.id}/resumption`, {}],
      [`grants/${grant.id}/withdrawal`, REFUSAL],
      [`grants/${grant.id}/renewal`, { validUntil: '2027-12-31' }],
    ] as const;
    const nobody = await sharing.as(null);
    for (const [path, json] of [...decisions, ...steps]) {
      for (const who of [keeper, nobody])
        expect([path, ...codeOf(await step(who, path, json))]).toEqual([path, 403, 'other-agency']);
      expect(codeOf(await step(stranger, path, json))).toEqual([404, 'not-found']);
    }
    for (const [path, json] of decisions)
      expect(codeOf(await step(requester, path, json))).toEqual([403, 'other-agency']);
  });
});

describe('a late answer', () => {
  it('turns late by itself, is reported level by level, each once with two replicas, and counted', async () => {
    const figures = async (who = provider) =>
      (await good<{ total: Record<string, number> }>(who('/v1/sharing-figures'))).total;
    await sharing.lab.start();
    const before = await figures();
    const { id } = await open();
    const escalations = async () =>
      itemsOf(await keeper(`/v1/sharing-requests/${id}/history`)).filter(
        ({ action }) => action === 'escalated',
      ).length;
    const seen = async () => good<SharingRequestState>(keeper(`/v1/sharing-requests/${id}`));
    try {
      sharing.lab.clock.set('2026-04-28');
      expect(await figures()).toMatchObject({ open: (before['open'] ?? 0) + 1, late: before['late'] });
      sharing.lab.clock.set('2026-04-29');
      expect(await idsOf(provider, '/v1/sharing-requests?late=true')).toContain(id);
      await until(async () => (await seen()).escalatedTo === 'provider');
      expect((await office(`/v1/sharing-requests/${id}`)).status).toBe(404);
      // The day after 1 May: five working days later both further levels are due.
      sharing.lab.clock.set('2026-05-08');
      await until(async () => (await seen()).escalatedTo === 'provincial-office');
      expect(await escalations()).toBe(3);
      expect((await office(`/v1/sharing-requests/${id}`)).status).toBe(200);
      await good(step(provider, `sharing-requests/${id}/grant`));
      expect(await seen()).toMatchObject({ standing: 'answered-late', version: 5 });
      expect(await figures()).toMatchObject({ answeredLate: (before['answeredLate'] ?? 0) + 1 });
      expect(await figures(stranger)).toMatchObject({ open: 0, late: 0, answeredLate: 0 });
    } finally {
      sharing.lab.clock.set(TODAY);
    }
  });

  it('ends with a request whose days are over', async () => {
    const { id } = await open({ validUntil: '2026-04-21' });
    try {
      sharing.lab.clock.set('2026-04-22');
      expect(codeOf(await step(provider, `sharing-requests/${id}/grant`))).toEqual([
        409,
        'sharing-request-past',
      ]);
    } finally {
      sharing.lab.clock.set(TODAY);
    }
  });
});

describe('the events of requests', () => {
  it('keep to their schemas, carry every version, and tell nothing of the contact', async () => {
    const states = await sharing.eventsOf('sharing-request', [
      SHARING_REQUEST_ESCALATED,
      SHARING_REQUEST_GRANTED,
      SHARING_REQUEST_REFUSED,
      SHARING_REQUEST_SUBMITTED,
      SHARING_REQUEST_WITHDRAWN,
    ]);
    expect(JSON.stringify(states)).not.toContain('Phòng Chuyển đổi số');
  });
});
