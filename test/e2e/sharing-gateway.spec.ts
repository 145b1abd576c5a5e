import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  type Overview,
  SHARING_REQUEST_GRANTED,
  SHARING_REQUEST_SUBMITTED,
  type SharingSection,
} from '#libs/contracts';
import { createService, Rounds } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { ExchangeLog } from '../../apps/registry/src/exchange-log/exchange-log.js';
import { gatewayService } from '../../apps/gateway/src/service.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';
import { type Caller, good, itemsOf, TODAY } from './data-service.js';
import { SharingLab } from './sharing-lab.js';

let sharing: SharingLab;
let database: TestDatabase;
let gateway: NestFastifyApplication;
let display: Caller;
let provider: Caller;
let requester: Caller;
let keeper: Caller;

beforeAll(async () => {
  sharing = await SharingLab.open();
  database = await createDatabase();
  const nats = sharing.lab['nats'];
  const service = gatewayService({
    databaseUrl: database.url,
    natsUrl: nats.url,
    natsCredentials: nats.credentials('gateway'),
    referenceDirectory: undefined,
    displayToken: 'a-display-token-for-this-test-only',
    streamReplicas: 1,
    reconcileMilliseconds: 60_000,
  });
  gateway = await createService({
    ...service,
    auth: { ...service.auth, issuer: sharing.lab['issuer'].url },
    clock: sharing.lab.clock,
    configure: undefined,
    logLevel: 'fatal',
  });
  await gateway.startAllMicroservices();
  await gateway.listen(0, '127.0.0.1');
  display = await sharing.lab.as(await gateway.getUrl(), null, 'ioc:read');
  [provider, requester, keeper] = (await Promise.all(
    ['STC', 'SYT', 'SKHCN'].map((code) => sharing.as(code)),
  )) as [Caller, Caller, Caller];
});

afterAll(async () => {
  await gateway.close();
  await sharing.lab.close();
  await database.drop();
});

async function section(): Promise<SharingSection> {
  const answer = await display('/ioc/v1/overview');
  expect(answer.status).toBe(200);
  return (answer.body as unknown as Overview).sharing;
}

type Told = Pick<SharingSection, 'datasets' | 'requests'> &
  Pick<SharingSection['grants'], 'active' | 'openingLate' | 'ofClosedDatasets'>;

/** What the registry itself says, counted from its lists and figures. */
async function ofRegistry(): Promise<Told> {
  const count = async (path: string) => itemsOf(await keeper(`${path}&limit=500`)).length;
  const { total } = await good<{ total: Record<string, number> }>(keeper('/v1/sharing-figures'));
  const { open, late, answeredInTime, grantedInPart, refused } =
    total as unknown as SharingSection['requests'];
  return {
    datasets: await count('/v1/datasets?state=open'),
    requests: { open, late, answeredInTime, grantedInPart, refused },
    active: await count('/v1/grants?standing=active'),
    openingLate: await count('/v1/grants?openingLate=true'),
    ofClosedDatasets: await count('/v1/grants?standing=active&datasetState=closed'),
  };
}

async function expectAgreement(expected: object): Promise<void> {
  const told = await ofRegistry();
  expect(told).toMatchObject(expected);
  await until(async () => {
    const { datasets, requests, grants } = await section();
    const { byAgency: _, ...counts } = grants;
    return isDeepStrictEqual({ datasets, requests, ...counts }, told);
  });
}

describe('sharing on the gateway', () => {
  it('tells of denied attempts and of the chain, with the time of sharing itself as its source', async () => {
    const registry = sharing.lab['replicas'][0]!;
    // The chain is verified by a round; what is told later has its time.
    await registry.get(Rounds).runAll();
    // The log tells of itself every ten seconds.
    sharing.lab.clock.set(`${TODAY}T12:10:00+07:00`);
    await registry.get(TransactionScope).run(() => {
      registry.get(ExchangeLog, { strict: false }).denied({
        who: { agency: 'SGDDT', grantId: null, credential: null },
        channel: 'http',
        attempted: '/v1/feeds/khong-co-quyen',
        why: 'not-found',
        count: 3,
      });
      return Promise.resolve();
    });
    const isTold = async () => {
      const { deniedToday, chain } = await section();
      return deniedToday === 3 && chain.ok === true && chain.verifiedAt !== null;
    };
    await until(isTold, 40_000);
    const { sourceTime } = await section();
    const { registry: databases } = (await display('/ioc/v1/overview')).body as unknown as Overview;
    expect(sourceTime).toBe(`${TODAY}T05:10:00.000Z`);
    expect(databases.sourceTime).toBe(`${TODAY}T05:00:00.000Z`);
  });

  it('is counted as the registry counts it, after each step and on each day', async () => {
    const { datasets } = await ofRegistry();
    await expectAgreement({ requests: { open: 0, late: 0, answeredInTime: 0, refused: 0 }, active: 0 });
    const grant = await sharing.granted(provider, requester);
    const { id: datasetId } = await sharing.dataset(provider, { access: 'mandatory' });
    await sharing.request(requester, datasetId);
    const { id } = await sharing.request(requester, grant.dataset.id);
    const another = await sharing.request(requester, grant.dataset.id);
    await expectAgreement({
      datasets: datasets + 2,
      requests: { open: 2, late: 0, answeredInTime: 1, refused: 0 },
      active: 2,
    });
    const [tax, health] = [
      { code: 'STC', name: 'Sở Tài chính' },
      { code: 'SYT', name: 'Sở Y tế' },
    ];
    const { recent } = (await display('/ioc/v1/overview')).body as unknown as Overview;
    // A grant's beginning is told by the answer to its request.
    const sharingNews = recent.map(({ type }) => type).filter((type) => type.includes('.sharing-'));
    expect(sharingNews.sort()).toEqual([
      SHARING_REQUEST_GRANTED,
      SHARING_REQUEST_GRANTED,
      ...Array.from({ length: 4 }, () => SHARING_REQUEST_SUBMITTED),
    ]);
    expect(recent.map(({ title }) => title)).toContain(grant.title);
    expect(await section()).toMatchObject({
      grants: {
        byAgency: [
          { agency: tax, provides: 2, receives: 0 },
          { agency: health, provides: 0, receives: 2 },
        ],
      },
      matrix: [{ provider: tax, receiver: health, grants: 2 }],
    });
    const refusal = { reason: 'Dữ liệu đang rà soát', legalGround: 'Ví dụ' };
    await good(provider(`/v1/sharing-requests/${id}/refusal`, { json: refusal }));
    await good(provider(`/v1/grants/${grant.id}/suspension`, { json: refusal }));
    await good(provider(`/v1/datasets/${datasetId}/closing`, { json: { reason: 'Ngừng' } }));
    await expectAgreement({
      datasets: datasets + 1,
      requests: { open: 1, late: 0, answeredInTime: 2, refused: 1 },
      active: 1,
    });
    try {
      sharing.lab.clock.set('2026-04-29');
      await expectAgreement({ requests: { open: 0, late: 1 } });
      sharing.lab.clock.set('2027-01-01');
      await good(provider(`/v1/sharing-requests/${another.id}/refusal`, { json: refusal }));
      await expectAgreement({ requests: { late: 0, refused: 2, answeredInTime: 2 }, active: 0 });
    } finally {
      sharing.lab.clock.set(TODAY);
    }
  });
});
