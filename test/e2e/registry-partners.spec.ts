import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  REGISTRY_DATABASE_LISTED,
  REGISTRY_DATABASE_PARTNERS_CHANGED,
  REGISTRY_DATABASE_SPLIT_AGREED,
  REGISTRY_DATABASE_UNLISTED,
  REGISTRY_PARTNER_AGREED,
  REGISTRY_PARTNER_ENDED,
  REGISTRY_PARTNER_NOT_CHOSEN,
  REGISTRY_PARTNER_REPORTED,
  REGISTRY_PARTNER_WITHDRAWN,
  REGISTRY_PROPOSAL_ACCEPTED,
  REGISTRY_PROPOSAL_REFUSED,
  REGISTRY_PROPOSAL_WITHDRAWN,
  type RegistryDatabaseState,
  type RegistryListState,
  type RegistryPartnerState,
} from '#libs/contracts';
import { registryService } from '../../apps/registry/src/service.js';
import {
  type Answer,
  type Caller,
  codeOf,
  DataServiceLab,
  faultsOf,
  good,
  itemsOf,
  TODAY,
} from './data-service.js';
import { checkAgainstSchemas } from './event-contract.js';

let lab: DataServiceLab;
let keeper: Caller;
let owner: Caller;
let stranger: Caller;
let enterprise: Caller;
let made = 0;

beforeAll(async () => {
  lab = await DataServiceLab.open('registry', registryService);
  const base = await lab.start();
  const as = (agency: string) => lab.as(base, agency, 'registry:read', 'registry:write');
  [keeper, owner, stranger, enterprise] = (await Promise.all(
    ['SKHCN', 'SYT', 'SGDDT', 'KTCTTL'].map(as),
  )) as [Caller, Caller, Caller, Caller];
});

afterAll(async () => {
  await lab.close();
});

async function database(): Promise<RegistryDatabaseState> {
  made += 1;
  const json = { name: `Cơ sở dữ liệu đồng hành ${made}`, kind: 'sector', owner: 'SYT' };
  return good(owner('/v1/databases', { json }));
}

async function list(change: Record<string, unknown> = {}): Promise<RegistryListState> {
  made += 1;
  const json = {
    purpose: 'priority',
    year: 2026,
    title: `Danh mục ưu tiên ${made}`,
    decision: 'Quyết định số 508/QĐ-UBND ngày 09/02/2026',
    decidedOn: '2026-02-09',
    ...change,
  };
  return good(keeper('/v1/lists', { json }));
}

async function register(
  databaseId: string,
  name: string,
  change: Record<string, unknown> = {},
  who: Caller = owner,
): Promise<Answer> {
  const json = { enterprise: { name }, capability: 'Đã xây dựng', contribution: 'Phần mềm', ...change };
  return who(`/v1/databases/${databaseId}/partners`, { json });
}

const state = async (id: string) => await good<RegistryDatabaseState>(keeper(`/v1/databases/${id}`));
describe('a list of databases', () => {
  it('is opened by Sở KH&CN, filled and thinned, and its databases know of it', async () => {
    const { id } = await list({
      reporting: { monthlyBeforeDay: 20, from: '2026-03', onceBefore: '2026-03-12' },
    });
    const listed = await database();
    const added = await good<RegistryListState>(
      keeper(`/v1/lists/${id}/entries`, { json: { databaseId: listed.id } }),
    );
    expect(added).toMatchObject({
      version: 2,
      reporting: {
        monthlyLastDay: 19,
        from: '2026-03',
        once: { before: '2026-03-12', lastDay: '2026-03-11' },
      },
      entries: [{ database: { id: listed.id }, position: 1, addedOn: TODAY, removedOn: null }],
    });
    expect(await state(listed.id)).toMatchObject({ lists: [{ id, purpose: 'priority', year: 2026 }] });
    expect(codeOf(await keeper(`/v1/lists/${id}/entries`, { json: { databaseId: listed.id } }))).toEqual([
      409,
      'already-listed',
    ]);

    const removal = `/v1/lists/${id}/entries/${listed.id}/removal`;
    const removed = await good<RegistryListState>(keeper(removal, { json: { reason: 'Gộp vào CSDL khác' } }));
    expect(removed.entries).toMatchObject([{ removedOn: TODAY }]);
    expect((await state(listed.id)).lists).toEqual([]);
    expect((await keeper(removal, { json: { reason: 'lần nữa' } })).status).toBe(404);
    const back = await good<RegistryListState>(
      keeper(`/v1/lists/${id}/entries`, { json: { databaseId: listed.id } }),
    );
    expect(back.entries.map(({ position }) => position)).toEqual([1, 2]);
    const history = itemsOf(await keeper(`/v1/lists/${id}/history`));
    expect(history.map(({ action }) => action)).toEqual([
      'entry-added',
      'entry-removed',
      'entry-added',
      'opened',
    ]);
    expect(history[1]).toMatchObject({ note: 'Gộp vào CSDL khác' });
  });

  it('takes a database once, though two put it there at the same time', async () => {
    const { id } = await list();
    const { id: databaseId } = await database();
    const answers = await Promise.all(
      [1, 2, 3].map(() => keeper(`/v1/lists/${id}/entries`, { json: { databaseId } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  it('is not for others to change, and asks for reports only as a priority list', async () => {
    const { id } = await list();
    const json = { databaseId: (await database()).id };
    expect(codeOf(await owner(`/v1/lists/${id}/entries`, { json }))).toEqual([403, 'other-agency']);
    expect((await owner('/v1/lists', { json: { purpose: 'priority', year: 2026, title: 'x' } })).status).toBe(
      403,
    );
    const connections = {
      purpose: 'connection',
      year: 2026,
      title: '12 CSDL',
      reporting: { from: '2026-03' },
    };
    expect(faultsOf(await keeper('/v1/lists', { json: connections }))).toEqual(['reporting: priority-only']);
    const connection = await list({ purpose: 'connection' });
    const reporting = await keeper(`/v1/lists/${connection.id}`, {
      method: 'PATCH',
      json: { reporting: { from: '2026-03' } },
    });
    expect(faultsOf(reporting)).toEqual(['reporting: priority-only']);
    const { purpose, year, title } = connection;
    expect(codeOf(await keeper('/v1/lists', { json: { purpose, year, title } }))).toEqual([409, 'conflict']);
    const changed = await keeper(`/v1/lists/${id}`, {
      method: 'PATCH',
      json: { expected: 40 },
      headers: { 'if-match': '"9"' },
    });
    expect(changed.status).toBe(412);
  });
});

describe('a proposal to put a database on a list', () => {
  it('comes first when enterprises support the database, and puts it there when accepted', async () => {
    const { id } = await list();
    const [alone, registered, chosen] = [await database(), await database(), await database()];
    for (const { id: databaseId } of [alone, registered, chosen]) {
      await good(owner(`/v1/lists/${id}/proposals`, { json: { databaseId, reason: 'Cần cho năm 2026' } }));
    }
    await good(register(registered.id, 'Doanh nghiệp A'));
    const partner = await good<RegistryPartnerState>(register(chosen.id, 'Doanh nghiệp B'));
    await good(
      owner(`/v1/databases/${chosen.id}/partner-choice`, {
        json: { chosen: [partner.id], reason: 'Có năng lực' },
      }),
    );
    const first = await keeper(`/v1/proposals?list=${id}&limit=2`);
    const rest = await keeper(`/v1/proposals?list=${id}&limit=2&cursor=${String(first.body['nextCursor'])}`);
    const items = [...itemsOf(first), ...itemsOf(rest)];
    expect(items.map((item) => [(item['database'] as { id: string }).id, item['support']])).toEqual([
      [chosen.id, 'chosen'],
      [registered.id, 'registered'],
      [alone.id, 'none'],
    ]);

    const accept = `/v1/proposals/${String(items[0]!['id'])}/acceptance`;
    const json = { document: 'Quyết định bổ sung' };
    expect(codeOf(await owner(accept, { json }))).toEqual([403, 'other-agency']);
    expect(await good(keeper(accept, { json }))).toMatchObject({ state: 'accepted', decidedOn: TODAY });
    expect(codeOf(await keeper(accept, { json }))).toEqual([409, 'proposal-decided']);
    expect((await good<RegistryListState>(keeper(`/v1/lists/${id}`))).entries).toMatchObject([
      { database: { id: chosen.id }, document: 'Quyết định bổ sung' },
    ]);
    const refusal = `/v1/proposals/${String(items[2]!['id'])}/refusal`;
    expect(await good(keeper(refusal, { json: { reason: 'Chưa cấp thiết' } }))).toMatchObject({
      state: 'refused',
      decision: 'Chưa cấp thiết',
    });
    await good(owner(`/v1/proposals/${String(items[1]!['id'])}/withdrawal`, { method: 'POST' }));
  });

  it('is made once while it is open, by the owner only', async () => {
    const { id } = await list();
    const json = { databaseId: (await database()).id, reason: 'Cần' };
    expect(codeOf(await stranger(`/v1/lists/${id}/proposals`, { json }))).toEqual([403, 'other-agency']);
    const answers = await Promise.all([1, 2].map(() => owner(`/v1/lists/${id}/proposals`, { json })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const connection = await list({ purpose: 'connection' });
    expect(codeOf(await owner(`/v1/lists/${connection.id}/proposals`, { json }))).toEqual([
      409,
      'not-a-priority-list',
    ]);
  });
});

describe('partner enterprises', () => {
  it('register, are compared and chosen with a reason, agree who carries what, and both sides report', async () => {
    const { id } = await database();
    const [first, second, third] = [
      await good<RegistryPartnerState>(
        register(id, 'Doanh nghiệp Một', { contributionValue: 2_000_000_000, document: 'Công văn 01' }),
      ),
      await good<RegistryPartnerState>(register(id, 'Doanh nghiệp Hai')),
      await good<RegistryPartnerState>(register(id, 'Doanh nghiệp Ba')),
    ];
    const chosen = await good<RegistryDatabaseState>(
      owner(`/v1/databases/${id}/partner-choice`, {
        json: { chosen: [first.id, second.id], reason: 'Phù hợp phạm vi' },
      }),
    );
    expect(chosen.partners.map(({ name }) => name)).toEqual(['Doanh nghiệp Một', 'Doanh nghiệp Hai']);
    expect((await owner(`/v1/partners/${third.id}`)).body).toMatchObject({
      state: 'not-chosen',
      reason: 'Phù hợp phạm vi',
    });

    const split = await good<RegistryDatabaseState>(
      owner(`/v1/databases/${id}/split`, {
        json: {
          statePart: 1_500_000_000,
          year: 2026,
          shares: [{ partnerId: first.id, scope: 'Phần mềm', part: 2_000_000_000 }],
          document: 'Biên bản thỏa thuận',
          on: TODAY,
        },
      }),
    );
    expect(split).toMatchObject({
      budgetSplit: { statePart: 1_500_000_000, enterprisePart: 2_000_000_000, year: 2026 },
      partners: [
        { id: first.id, scope: 'Phần mềm', part: 2_000_000_000 },
        { id: second.id, scope: null, part: null },
      ],
    });
    const report = `/v1/partners/${first.id}/reports`;
    await good(owner(report, { json: { progress: 'Đã khảo sát' } }));
    await good(
      owner(report, {
        json: { side: 'enterprise', progress: 'Đã cài đặt', obstacles: 'Thiếu máy chủ' },
      }),
    );
    expect((await owner(`/v1/partners/${first.id}`)).body).toMatchObject({
      agreement: { part: 2_000_000_000, document: 'Biên bản thỏa thuận' },
      reports: { owner: { progress: 'Đã khảo sát' }, enterprise: { obstacles: 'Thiếu máy chủ' } },
    });
    expect(itemsOf(await owner(report)).map(({ side }) => side)).toEqual(['enterprise', 'owner']);
    expect(codeOf(await owner(`/v1/partners/${third.id}/reports`, { json: { progress: 'x' } }))).toEqual([
      409,
      'partner-step-not-allowed',
    ]);

    await good(owner(`/v1/partners/${second.id}/ending`, { json: { reason: 'Hết khả năng' } }));
    expect((await state(id)).partners.map(({ id: partner }) => partner)).toEqual([first.id]);
  });

  it('have no part without being chosen', async () => {
    const { id } = await database();
    const waiting = await good<RegistryPartnerState>(register(id, 'Doanh nghiệp chờ'));
    const shares = [{ partnerId: waiting.id, scope: 'x', part: 1 }];
    const split = (json: Record<string, unknown>) => owner(`/v1/databases/${id}/split`, { json });
    expect(codeOf(await split({ statePart: 0, shares, on: TODAY }))).toEqual([409, 'split-without-partner']);
    expect(faultsOf(await split({ statePart: 0, shares: [], on: '2026-04-21' }))).toEqual(['on: too-large']);
    expect(await state(id)).toMatchObject({ version: 1, budgetSplit: null });
  });

  it('register once for a database, however the name is written, and anew after they left', async () => {
    const { id } = await database();
    const answers = await Promise.all([register(id, 'Công ty Hòa Bình'), register(id, 'CÔNG TY  HOÀ BÌNH')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const [only] = itemsOf<RegistryPartnerState>(await owner(`/v1/databases/${id}/partners`));
    await good(owner(`/v1/partners/${only!.id}/withdrawal`, { json: { reason: 'Đổi kế hoạch' } }));
    expect((await register(id, 'Công ty Hòa Bình')).status).toBe(201);
  });

  it('see their own registrations and not what others offer', async () => {
    const { id } = await database();
    const other = await good<RegistryPartnerState>(register(id, 'Doanh nghiệp khác'));
    const own = {
      enterprise: { code: 'KTCTTL', name: 'Công ty TNHH MTV Khai thác công trình thủy lợi Khánh Hòa' },
    };
    const mine = await good<RegistryPartnerState>(register(id, '', own, enterprise));
    const seenBy = async (who: Caller) =>
      itemsOf(await who(`/v1/databases/${id}/partners`)).map((partner) => partner['id']);
    expect(await seenBy(enterprise)).toEqual([mine.id]);
    expect(await seenBy(stranger)).toEqual([]);
    expect(await seenBy(owner)).toEqual([other.id, mine.id]);
    expect((await enterprise(`/v1/partners/${other.id}`)).status).toBe(404);
    expect((await enterprise(`/v1/partners/${other.id}/history`)).status).toBe(404);
    expect(codeOf(await register(id, 'Giả danh', {}, enterprise))).toEqual([403, 'other-agency']);
    expect(
      codeOf(
        await enterprise(`/v1/databases/${id}/partner-choice`, { json: { chosen: [mine.id], reason: 'x' } }),
      ),
    ).toEqual([403, 'other-agency']);
    await good(owner(`/v1/databases/${id}/partner-choice`, { json: { chosen: [mine.id], reason: 'Tốt' } }));
    expect(await seenBy(stranger)).toEqual([mine.id]);
    const department = { enterprise: { code: 'SGDDT', name: 'Sở Giáo dục và Đào tạo' } };
    expect(faultsOf(await register(id, '', department, stranger))).toEqual([
      'enterprise.code: unknown-enterprise',
    ]);
    const speak = { side: 'owner', progress: 'thay chủ quản' };
    expect(codeOf(await enterprise(`/v1/partners/${mine.id}/reports`, { json: speak }))).toEqual([
      403,
      'other-agency',
    ]);
  });
});

describe('the events of all these tests', () => {
  it('keep to the published schemas', async () => {
    const { types, faults } = checkAgainstSchemas(await lab.events());
    expect(faults).toEqual([]);
    expect(types).toEqual(
      expect.arrayContaining([
        REGISTRY_DATABASE_LISTED,
        REGISTRY_DATABASE_UNLISTED,
        REGISTRY_DATABASE_PARTNERS_CHANGED,
        REGISTRY_DATABASE_SPLIT_AGREED,
        REGISTRY_PARTNER_AGREED,
        REGISTRY_PARTNER_NOT_CHOSEN,
        REGISTRY_PARTNER_WITHDRAWN,
        REGISTRY_PARTNER_ENDED,
        REGISTRY_PARTNER_REPORTED,
        REGISTRY_PROPOSAL_ACCEPTED,
        REGISTRY_PROPOSAL_REFUSED,
        REGISTRY_PROPOSAL_WITHDRAWN,
      ]),
    );
  });
});
