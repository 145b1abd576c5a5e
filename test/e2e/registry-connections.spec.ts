import { Workbook } from '@cj-tech-master/excelts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  REGISTRY_CONNECTION_CHANGED,
  REGISTRY_CONNECTION_REGISTERED,
  REGISTRY_CONNECTION_STATE_CHANGED,
  REGISTRY_SYSTEM_SECURITY_CHANGED,
  type RegistryConnectionState,
  type RegistryDatabaseState,
  type RegistryListState,
  type RegistrySystemState,
} from '#libs/contracts';
import { registryService } from '../../apps/registry/src/service.js';
import { type Caller, codeOf, DataServiceLab, faultsOf, good, itemsOf, TODAY } from './data-service.js';
import { checkAgainstSchemas } from './event-contract.js';
import { exchangeFile } from './registry-lab.js';

let lab: DataServiceLab;
let base: string;
let keeper: Caller;
let owner: Caller;
let stranger: Caller;
let police: Caller;
let made = 0;

beforeAll(async () => {
  lab = await DataServiceLab.open('registry', registryService);
  base = await lab.start();
  const as = (agency: string) => lab.as(base, agency, 'registry:read', 'registry:write');
  [keeper, owner, stranger, police] = (await Promise.all(['SKHCN', 'SYT', 'SGDDT', 'CAT'].map(as))) as [
    Caller,
    Caller,
    Caller,
    Caller,
  ];
});

afterAll(async () => {
  await lab.close();
});

async function entry<State>(
  catalogue: 'databases' | 'systems',
  change: Record<string, unknown>,
): Promise<State> {
  made += 1;
  const json = { name: `Mục kết nối ${made}`, owner: 'SYT', ...change };
  return good(keeper(`/v1/${catalogue}`, { json }));
}

const database = (change: Record<string, unknown> = {}) =>
  entry<RegistryDatabaseState>('databases', { kind: 'provincial', ...change });
const system = (change: Record<string, unknown> = {}) =>
  entry<RegistrySystemState>('systems', { kind: 'information-system', ...change });

async function connect(json: Record<string, unknown>): Promise<RegistryConnectionState> {
  return good(owner('/v1/connections', { json }));
}

const move = (id: string, json: Record<string, unknown>, who = owner) =>
  who(`/v1/connections/${id}/state`, { json });

describe('a connection', () => {
  it('tells its sides, channel, frequency, legal ground and protection, and passes from state to state', async () => {
    const [own, target] = [await system(), await database({ kind: 'national', owner: null })];
    const made = await connect({
      systemId: own.id,
      targetDatabaseId: target.id,
      channel: 'NDXP',
      frequency: 'Theo thời gian thực',
      legalGround: 'Nghị định số 278/2025/NĐ-CP',
      protection: 'Mã hóa đường truyền',
    });
    expect(made).toMatchObject({
      database: null,
      system: { id: own.id, name: own.name },
      owner: { code: 'SYT' },
      target: { database: { id: target.id }, platform: null },
      state: 'not-connected',
      channel: 'NDXP',
    });
    await good(move(made.id, { to: 'trial', on: '2026-04-01' }));
    const used = await good(move(made.id, { to: 'in-use', on: TODAY, document: 'Biên bản kết nối' }));
    expect(used).toMatchObject({ version: 3, state: 'in-use', stateOn: TODAY });
    await good(owner(`/v1/connections/${made.id}`, { method: 'PATCH', json: { frequency: 'Hằng ngày' } }));
    const lines = itemsOf(await keeper(`/v1/connections/${made.id}/history`));
    expect(lines.map(({ action, document }) => [action, document])).toEqual([
      ['changed', null],
      ['state-changed', 'Biên bản kết nối'],
      ['state-changed', null],
      ['registered', null],
    ]);
    const found = itemsOf(await keeper(`/v1/connections?target=${target.id}&state=in-use&channel=NDXP`));
    expect(found.map(({ id }) => id)).toEqual([made.id]);
    expect(itemsOf(await keeper(`/v1/connections?target=${target.id}&channel=LGSP`))).toEqual([]);
  });

  it('refuses steps that the table does not have, days of the future, and other agencies', async () => {
    const { id } = await connect({
      databaseId: (await database()).id,
      targetPlatform: 'LGSP tỉnh',
      state: 'in-use',
    });
    expect(codeOf(await move(id, { to: 'planned', on: TODAY }))).toEqual([
      409,
      'connection-step-not-allowed',
    ]);
    expect(faultsOf(await move(id, { to: 'ended', on: '2026-04-21' }))).toEqual(['on: too-large']);
    expect(codeOf(await move(id, { to: 'ended', on: TODAY }, stranger))).toEqual([403, 'other-agency']);
    await good(move(id, { to: 'ended', on: TODAY }));
    expect(codeOf(await move(id, { to: 'in-use', on: TODAY }))).toEqual([409, 'connection-step-not-allowed']);
  });

  it('has exactly two sides', async () => {
    const { id } = await database();
    const faults = async (json: Record<string, unknown>) =>
      faultsOf(await owner('/v1/connections', { json }));
    expect(await faults({ targetPlatform: 'NDOP' })).toEqual(['databaseId: one-of-two']);
    expect(await faults({ databaseId: id })).toEqual(['targetDatabaseId: one-of-two']);
    expect(await faults({ databaseId: id, targetDatabaseId: id })).toEqual(['targetDatabaseId: same-side']);
    const neither = await connect({ systemId: (await system()).id, targetPlatform: 'NDOP' });
    expect(neither).toMatchObject({ database: null, target: { database: null, platform: 'NDOP' } });
  });

  it('counts for the list of the databases of the year, which administrators fill', async () => {
    const json = { purpose: 'connection', year: 2026, title: '12 CSDL quốc gia, chuyên ngành', expected: 12 };
    const { id } = await good<RegistryListState>(keeper('/v1/lists', { json }));
    expect(await good(keeper(`/v1/lists/${id}/standing`))).toEqual({
      expected: 12,
      named: 0,
      connected: 0,
      operational: 0,
    });
    const targets = [await database({ kind: 'national' }), await database({ kind: 'sector' })];
    for (const target of targets) {
      await good(keeper(`/v1/lists/${id}/entries`, { json: { databaseId: target.id } }));
    }
    const systemId = (await system()).id;
    await connect({ systemId, targetDatabaseId: targets[0]!.id, state: 'ended', stateOn: '2026-01-01' });
    const { id: connection } = await connect({ systemId, targetDatabaseId: targets[0]!.id, state: 'trial' });
    const states = async () => itemsOf(await keeper(`/v1/lists/${id}/connections`)).map(({ state }) => state);
    expect(await states()).toEqual(['trial', 'not-connected']);
    await good(move(connection, { to: 'in-use', on: TODAY }));
    expect(await states()).toEqual(['in-use', 'not-connected']);
    expect(await good(keeper(`/v1/lists/${id}/standing`))).toMatchObject({ named: 2, connected: 1 });
  });
});

describe('security levels', () => {
  const set = (id: string, json: Record<string, unknown>, who = owner) =>
    who(`/v1/systems/${id}/security`, { json });
  const coverage = async () => good<Record<string, unknown>>(keeper('/v1/security-coverage'));
  const approval = { document: 'Quyết định phê duyệt cấp độ', on: '2025-04-01' };

  it('are set with their approval, and counted among the systems that serve', async () => {
    const before = (await coverage()) as { approved: number; total: number; notDetermined: number };
    const [approved, draft, silent, exempt, planned] = [
      await system({ lifecycle: 'in-operation' }),
      await system({ lifecycle: 'trial' }),
      await system({ lifecycle: 'in-operation' }),
      await system({ lifecycle: 'in-operation' }),
      await system({ lifecycle: 'planned' }),
    ];
    await good(set(approved.id, { level: 3, approval, recheckDue: '2026-04-19' }));
    await good(set(draft.id, { level: 2, approval: null }, police));
    const openAttributes = [{ attribute: 'security', status: 'not-applicable', reason: 'Thiết bị rời' }];
    await good(owner(`/v1/systems/${exempt.id}`, { method: 'PATCH', json: { openAttributes } }));
    await good(set(planned.id, { level: 1, approval }));
    expect(silent.openAttributes.map(({ attribute }) => attribute)).toContain('security');
    const after = await coverage();
    expect(after).toMatchObject({
      approved: before.approved + 1,
      total: before.total + 3,
      notDetermined: before.notDetermined + 1,
      recheckOverdue: 1,
    });
    expect(after['byLevel']).toContainEqual({ level: 3, count: 1 });
    const due = itemsOf(await keeper(`/v1/systems?recheckUntil=${TODAY}`));
    expect(due.map(({ id }) => id)).toEqual([approved.id]);
    expect(itemsOf(await keeper('/v1/systems?recheckUntil=2026-04-18'))).toEqual([]);
  });

  it('refuse what cannot be, and other agencies', async () => {
    const { id } = await system();
    expect(faultsOf(await set(id, { level: 6, approval }))).toEqual(['level: too-large']);
    expect(faultsOf(await set(id, { level: 1, approval: { ...approval, on: '2026-04-21' } }))).toEqual([
      'approval.on: too-large',
    ]);
    expect(faultsOf(await set(id, { level: 1, approval, recheckDue: '2025-04-01' }))).toEqual([
      'recheckDue: too-small',
    ]);
    expect(codeOf(await set(id, { level: 1, approval }, stranger))).toEqual([403, 'other-agency']);
    expect(await good(keeper(`/v1/systems/${id}`))).toMatchObject({ version: 1, security: null });
  });
});

describe('the catalogue as a workbook', () => {
  /** Title, remark, header. */
  const HEAD_ROWS = 3;

  it('has every database, system and connection, and tells "not determined" from "not applicable"', async () => {
    const name = 'Cơ sở dữ liệu xuất bảng';
    const openAttributes = [{ attribute: 'sharingScope', status: 'not-applicable', reason: 'Dữ liệu mật' }];
    const { id } = await database({ name, code: 'KH.XUAT', openAttributes });
    await connect({ databaseId: id, targetPlatform: 'LGSP tỉnh', channel: 'LGSP', state: 'trial' });
    const { status, headers, content } = await exchangeFile(lab, `${base}/v1/catalogue.xlsx`, 'SYT');
    expect([status, headers.get('content-disposition')]).toEqual([
      200,
      expect.stringContaining(encodeURIComponent('Danh mục CSDL')),
    ]);
    const workbook = new Workbook();
    await workbook.xlsx.load(content);
    const rows = (sheet: string) =>
      (workbook.getWorksheet(sheet)?.getSheetValues() ?? [])
        .slice(1)
        .map((row) => (row as unknown[]).slice(1));
    const count = async (path: string) => itemsOf(await keeper(`${path}?limit=500`)).length;
    expect([rows('Cơ sở dữ liệu').length, rows('Hệ thống thông tin').length, rows('Kết nối').length]).toEqual(
      [
        HEAD_ROWS + (await count('/v1/databases')),
        HEAD_ROWS + (await count('/v1/systems')),
        HEAD_ROWS + (await count('/v1/connections')),
      ],
    );
    const row = rows('Cơ sở dữ liệu').find((cells) => cells[2] === name)!;
    const head = rows('Cơ sở dữ liệu')[HEAD_ROWS - 1]!;
    const cell = (column: string) => row[head.indexOf(column)];
    expect(['Mã', 'Cơ quan chủ quản', 'Phạm vi chia sẻ', 'Quý mục tiêu'].map(cell)).toEqual([
      'KH.XUAT',
      'Sở Y tế (SYT)',
      'Không áp dụng: Dữ liệu mật',
      'Chưa xác định',
    ]);
    expect(rows('Kết nối').find((cells) => cells[2] === name)).toEqual(
      expect.arrayContaining(['LGSP tỉnh', 'LGSP', 'Thử nghiệm']),
    );
  });
});

describe('the events of all these tests', () => {
  it('keep to the published schemas', async () => {
    const { types, faults } = checkAgainstSchemas(await lab.events());
    expect(faults).toEqual([]);
    expect(types).toEqual(
      expect.arrayContaining([
        REGISTRY_CONNECTION_REGISTERED,
        REGISTRY_CONNECTION_CHANGED,
        REGISTRY_CONNECTION_STATE_CHANGED,
        REGISTRY_SYSTEM_SECURITY_CHANGED,
      ]),
    );
  });
});
