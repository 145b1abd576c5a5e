import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ACTIVITY_STAGES, PARTNERSHIP_STATUSES, PROJECT_STAGES } from '#libs/contracts';
import { budgetService } from '../../apps/budget/src/service.js';
import { type Caller, DataServiceLab, itemsOf } from './data-service.js';
import { HAS_SCHEMAS, packageValidator, SCHEMAS } from './ocds-schemas.js';

interface Release extends Record<string, unknown> {
  ocid: string;
  id: string;
  date: string;
  tag: string[];
}

interface Package {
  uri: string;
  publishedDate: string;
  publisher: { name: string };
  links?: { next: string };
  releases: Release[];
  records: {
    ocid: string;
    releases: { url: string; date: string; tag: string[] }[];
    compiledRelease: Release;
  }[];
}

let lab: DataServiceLab;
let base: string;
let finance: Caller;
let committee: Caller;
let health: Caller;

beforeAll(async () => {
  lab = await DataServiceLab.open('budget', (config) =>
    budgetService({ ...config, ocdsPrefix: 'ocds-test01' }),
  );
  base = await lab.start();
  finance = await lab.as(base, 'STC', 'budget:read', 'budget:write', 'budget:appraise');
  committee = await lab.as(base, 'UBND', 'budget:read', 'budget:approve');
  health = await lab.as(base, 'SYT', 'budget:read', 'budget:write');
});

afterAll(async () => {
  await lab.close();
});

/** All pages of a package address. */
async function pagesOf(who: Caller, path: string): Promise<Package[]> {
  const pages: Package[] = [];
  let next: string | undefined = path;
  while (next !== undefined) {
    const answer = await who(next);
    expect([next, answer.status]).toEqual([next, 200]);
    const page = answer.body as unknown as Package;
    pages.push(page);
    next = page.links?.next.replace(base, '');
  }
  return pages;
}

const releasesOf = async (query = '') =>
  (await pagesOf(finance, `/v1/ocds/release-package.json?limit=500${query}`)).flatMap(
    ({ releases }) => releases,
  );
const recordsOf = async (query = '') =>
  (await pagesOf(finance, `/v1/ocds/record-package.json?limit=500${query}`)).flatMap(
    ({ records }) => records,
  );

/** The clock goes on between changes, as it does in life. */
let minute = 0;
async function post(who: Caller, path: string, json: object): Promise<Record<string, unknown>> {
  minute += 1;
  lab.clock.set(new Date(Date.UTC(2026, 3, 20, 6, minute)));
  const answer = await who(path, { json });
  expect([path, answer.status < 300, answer.body['errors']]).toEqual([path, true, undefined]);
  return answer.body;
}

const item = { owner: 'SYT', fiscalYear: 2026, kind: 'activity', name: 'Thuê dịch vụ' };

const partnership = {
  form: 'BTL',
  status: 'proposed',
  partner: { name: 'Công ty cổ phần Dữ liệu Việt', taxCode: '4200123456' },
  enterprisePart: { cash: 300, inKind: 0, technology: 100 },
  statePart: { cash: 600, inKind: 0, technology: 0 },
  assetsOwnership: 'state',
  dataOwnership: 'state',
  dataAccessRights: 'Doanh nghiệp khai thác dữ liệu mở.',
  term: { from: '2026-05-01', to: '2031-04-30' },
  riskSharing: { from: '2026-05-01', to: '2029-04-30', rule: 'Chia đôi phần hụt doanh thu' },
  milestones: [
    { name: 'Bàn giao đợt 1', due: '2026-09-30', reachedOn: null },
    { name: 'Ký phụ lục', due: null, reachedOn: '2026-04-10' },
  ],
  documents: [{ title: 'Hợp đồng', number: '01/HĐ-PPP', date: '2026-04-15' }],
  legalGround: 'Nghị định 180/2025/NĐ-CP',
  note: null,
};

/** An activity whose money goes all the way, some of it paid and taken back. */
async function paidActivity(code: string): Promise<string> {
  const { id } = await post(health, '/v1/items', { ...item, name: 'Có giải ngân', code });
  const lines = [{ source: 'state-recurrent', year: 2026, planned: 900 }];
  const funded = await post(health, `/v1/items/${String(id)}/funding`, { lines });
  const lineId = (funded['lines'] as { id: string }[])[0]?.id;
  const enter = (who: Caller, step: string, amount: number) =>
    post(who, `/v1/items/${String(id)}/entries`, { lineId, step, amount, document: '15/QĐ-UBND' });
  await enter(health, 'requested', 900);
  await enter(finance, 'appraised', 900);
  await enter(committee, 'approved', 900);
  await enter(committee, 'allocated', 600);
  await post(health, `/v1/items/${String(id)}/stage`, { stage: 'contractor-selection' });
  await post(health, `/v1/items/${String(id)}/stage`, { stage: 'contract' });
  await post(health, `/v1/items/${String(id)}/stage`, { stage: 'delivery' });
  await enter(health, 'disbursed', 500);
  const entries = itemsOf(await finance(`/v1/entries?item=${String(id)}&step=disbursed`));
  const reason = 'Chuyển nhầm tài khoản';
  await post(health, `/v1/entries/${String(entries[0]?.['id'])}/reversal`, { reason, document: '16/CV-SYT' });
  await post(finance, `/v1/items/${String(id)}/status`, { status: 'completed', reason: 'Xong' });
  return String(id);
}

const described = HAS_SCHEMAS ? describe : describe.skip;
described(
  `packages against the official schemas${HAS_SCHEMAS ? '' : ` (skipped: ${SCHEMAS} is not here; CONFORMANCE_DIR names it)`}`,
  () => {
    const faultsOf = async (query = ''): Promise<string[]> => {
      const [release, record] = [packageValidator('release'), packageValidator('record')];
      const releases = await pagesOf(finance, `/v1/ocds/release-package.json?limit=40${query}`);
      const records = await pagesOf(finance, `/v1/ocds/record-package.json?limit=40${query}`);
      return [...releases.flatMap(release), ...records.flatMap(record)];
    };

    it('have no error for the report of 2023', async () => {
      expect(await releasesOf()).toHaveLength(45);
      expect(await faultsOf()).toEqual([]);
    });

    it('have no error for items in every stage, with every kind of money and partnership', async () => {
      for (const [kind, stages] of [
        ['project', PROJECT_STAGES],
        ['activity', ACTIVITY_STAGES],
      ] as const) {
        const body = { ...item, kind, name: `Mọi giai đoạn: ${kind}`, legalRegime: '224/2026' };
        const { id } = await post(health, '/v1/items', body);
        for (const stage of stages) {
          await post(health, `/v1/items/${String(id)}/stage`, { stage, document: `Văn bản ${stage}` });
        }
      }
      const planned = [
        { source: 'state-investment', year: 2026, planned: 400 },
        { source: 'administrative-reform', year: null, planned: 200 },
        { source: 'enterprise', year: 2027, form: 'in-kind', planned: 300 },
        { source: 'other', year: 2027, planned: 100 },
      ];
      const { id } = await post(health, '/v1/items', {
        ...item,
        kind: 'project',
        name: 'Theo hợp tác công tư',
      });
      await post(health, `/v1/items/${String(id)}/funding`, { lines: planned });
      for (const status of PARTNERSHIP_STATUSES) {
        await post(health, `/v1/items/${String(id)}/partnership`, { ...partnership, status });
      }
      const bare = {
        ...partnership,
        status: 'signed',
        partner: { name: 'Doanh nghiệp', taxCode: null },
        form: 'other',
      };
      const nothing = { cash: 0, inKind: 0, technology: 0 };
      const unknown = {
        dataAccessRights: null,
        term: { from: null, to: null },
        riskSharing: undefined,
        legalGround: null,
      };
      const empty = {
        ...bare,
        ...unknown,
        enterprisePart: nothing,
        statePart: nothing,
        milestones: [],
        documents: [],
      };
      await post(health, `/v1/items/${String(id)}/partnership`, empty);
      await paidActivity('NV.01');
      const cancelled = await post(health, '/v1/items', item);
      await post(health, `/v1/items/${String(cancelled['id'])}/stage`, { stage: 'contractor-selection' });
      await post(health, `/v1/items/${String(cancelled['id'])}/status`, {
        status: 'cancelled',
        reason: 'Dừng',
      });

      const tags = new Set((await releasesOf()).flatMap(({ tag }) => tag));
      expect([...tags].sort()).toEqual(
        [
          ...['award', 'awardUpdate', 'contract', 'contractTermination', 'contractUpdate'],
          ...['implementation', 'implementationUpdate', 'planning', 'planningUpdate'],
          ...['tender', 'tenderCancellation', 'tenderUpdate'],
        ].sort(),
      );
      expect(await faultsOf()).toEqual([]);
    });

    it('are not satisfied by just anything', async () => {
      const [page] = await pagesOf(
        finance,
        '/v1/ocds/release-package.json?limit=1&from=2026-04-20T06:01:00Z',
      );
      const [record] = await pagesOf(finance, '/v1/ocds/record-package.json?limit=1');
      const broken = structuredClone(page!);
      broken.releases[0]!.tag = ['made-up'];
      expect(packageValidator('release')(broken).join()).toContain('/releases/0/tag/0');
      const other = structuredClone(record!);
      other.records[0]!.compiledRelease['awards'] = [{ title: 'Không có mã' }];
      expect(packageValidator('record')(other).join()).toContain("required property 'id'");
    });
  },
);

describe('a release', () => {
  it('says when what was changed, under an identifier that stays', async () => {
    const id = await paidActivity('NV.02');
    const releases = await releasesOf(`&ocid=ocds-test01-${id}`);
    expect(releases.map(({ id: release }) => release)).toEqual(
      releases.map((_, index) => `ocds-test01-${id}-${index + 1}`),
    );
    expect(releases.map(({ tag }) => tag.join('+'))).toEqual([
      'planning', // registered
      'planningUpdate', // funding
      'planningUpdate', // requested
      'planningUpdate', // appraised
      'planningUpdate', // approved
      'planningUpdate', // allocated
      'planningUpdate+tender',
      'planningUpdate+tenderUpdate+award+contract',
      'planningUpdate+contractUpdate',
      'implementation', // paid
      'implementationUpdate', // taken back
      'contractTermination',
    ]);
    const dates = releases.map(({ date }) => date);
    expect(dates).toEqual([...dates].sort());
    expect(releases.at(-1)).toMatchObject({
      planning: {
        budget: {
          description: 'Nhu cầu kinh phí',
          amount: { amount: 900, currency: 'VND' },
          projectID: 'NV.02',
          finance: [{ value: { amount: 900 }, financingParty: { id: 'agency-UBND' } }],
        },
      },
      tender: { status: 'complete' },
      contracts: [
        {
          status: 'terminated',
          implementation: { transactions: [{ value: { amount: 500 } }, { value: { amount: -500 } }] },
        },
      ],
    });
    // Of the contractor nothing is known here, so that nobody is named.
    expect(JSON.stringify(releases.at(-1))).not.toContain('supplier');
    const again = await releasesOf(`&ocid=ocds-test01-${id}`);
    expect(again).toEqual(releases);
    const [one] = await pagesOf(finance, `/v1/ocds/release-package.json?release=ocds-test01-${id}-7`);
    expect(one?.releases).toEqual([releases[6]]);
  });

  it('names the partner and both parts once the partnership is signed, and not before', async () => {
    const { id } = await post(health, '/v1/items', { ...item, name: 'Đề xuất PPP' });
    await post(health, `/v1/items/${String(id)}/partnership`, partnership);
    await post(health, `/v1/items/${String(id)}/partnership`, { ...partnership, status: 'in-effect' });
    const [, proposed, signed] = await releasesOf(`&ocid=ocds-test01-${String(id)}`);
    expect([proposed?.tag, proposed?.['contracts']]).toEqual([['planningUpdate'], undefined]);
    expect(JSON.stringify(proposed)).not.toContain('Dữ liệu Việt');
    expect(signed).toMatchObject({
      tag: ['award', 'contract'],
      parties: [
        { id: 'agency-SYT', roles: ['buyer', 'publicAuthority'] },
        {
          id: 'enterprise-4200123456',
          roles: ['supplier', 'funder'],
          identifier: { id: '4200123456', legalName: 'Công ty cổ phần Dữ liệu Việt' },
        },
      ],
      awards: [{ suppliers: [{ id: 'enterprise-4200123456' }] }],
      contracts: [
        {
          status: 'active',
          value: { amount: 1_000, currency: 'VND' },
          period: { startDate: '2026-05-01T00:00:00+07:00', endDate: '2031-04-30T00:00:00+07:00' },
          finance: [
            { id: 'enterprise-cash', value: { amount: 300 } },
            { id: 'enterprise-technology', value: { amount: 100 } },
            { id: 'state-cash', value: { amount: 600 } },
          ],
          financeSummary: { subsidyRatio: 0.6 },
          riskAllocation: [{ description: 'Chia đôi phần hụt doanh thu' }],
          milestones: [{ status: 'scheduled' }, { status: 'met' }],
          documents: [{ id: '01/HĐ-PPP' }],
        },
      ],
    });
  });

  it('stays when its event has left the outbox', async () => {
    const before = await releasesOf();
    await lab.events();
    await lab.rows('DELETE FROM outbox');
    expect(await releasesOf()).toEqual(before);
  });
});

describe('a package', () => {
  it('names its publisher, its own address and the next page, and goes through all once', async () => {
    const all = await releasesOf();
    const pages = await pagesOf(finance, '/v1/ocds/release-package.json?limit=30');
    expect(pages.flatMap(({ releases }) => releases)).toEqual(all);
    expect(pages[0]).toMatchObject({
      version: '1.1',
      publisher: { name: 'Ủy ban nhân dân tỉnh Khánh Hòa' },
      uri: `${base}/v1/ocds/release-package.json?limit=30`,
      publishedDate: pages[0]?.releases.at(-1)?.date,
    });
    expect(pages[1]?.uri).toBe(pages[0]?.links?.next);
  });

  it('of records has each process once, its releases by addresses that lead to them', async () => {
    const [releases, records] = [await releasesOf(), await recordsOf()];
    expect(new Set(records.map(({ ocid }) => ocid)).size).toBe(records.length);
    expect(records.flatMap((record) => record.releases)).toHaveLength(releases.length);
    const record = records.at(-1)!;
    const { url, date, tag } = record.releases.at(-1)!;
    const [page] = await pagesOf(finance, url.replace(base, '').replace(/#.*$/, ''));
    expect(page?.releases).toMatchObject([{ id: url.split('#')[1], date, tag }]);
    expect(record.compiledRelease).toEqual({ ...page?.releases[0], tag: ['compiled'] });
  });

  it('is narrowed by time', async () => {
    const [page] = await pagesOf(finance, '/v1/ocds/release-package.json?limit=500');
    const last = page?.releases.at(-1)?.date ?? '';
    expect((await releasesOf(`&from=${last}`)).map(({ date }) => date)).toEqual([last]);
    expect(await releasesOf(`&to=${last}`)).toHaveLength((await releasesOf()).length - 1);
    expect((await finance('/v1/ocds/release-package.json?from=2030-01-01T00:00:00Z')).status).toBe(404);
  });

  it('holds for an agency its own items only', async () => {
    const [releases] = await pagesOf(health, '/v1/ocds/release-package.json?limit=500');
    const buyers = releases?.releases.map(({ buyer }) => (buyer as { id: string }).id);
    expect([...new Set(buyers)]).toEqual(['agency-SYT']);
    const [records] = await pagesOf(health, '/v1/ocds/record-package.json?limit=500');
    expect(
      records?.records.every(({ compiledRelease }) => JSON.stringify(compiledRelease).includes('agency-SYT')),
    ).toBe(true);
    const foreign = (await releasesOf()).find(({ buyer }) => (buyer as { id: string }).id !== 'agency-SYT');
    expect((await health(`/v1/ocds/release-package.json?ocid=${foreign?.ocid ?? ''}`)).status).toBe(404);
    expect((await finance('/v1/ocds/record-package.json?ocid=ocds-213czf-1')).status).toBe(404);
  });
});
