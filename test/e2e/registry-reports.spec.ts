import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Workbook } from '@cj-tech-master/excelts';
import mammoth from 'mammoth';
import {
  REGISTRY_REPORT_CORRECTED,
  REGISTRY_REPORT_SUBMITTED,
  type RegistryDatabaseState,
  type RegistryListState,
  type RegistryReportState,
} from '#libs/contracts';
import { registryService } from '../../apps/registry/src/service.js';
import { type Answer, type Caller, DataServiceLab, faultsOf, good, itemsOf } from './data-service.js';
import { checkAgainstSchemas } from './event-contract.js';
import { exchangeFile } from './registry-lab.js';

let lab: DataServiceLab;
let base: string;
let keeper: Caller;
let owner: Caller;
let stranger: Caller;
let made = 0;

beforeAll(async () => {
  lab = await DataServiceLab.open('registry', registryService);
  base = await lab.start();
  const as = (agency: string) => lab.as(base, agency, 'registry:read', 'registry:write');
  [keeper, owner, stranger] = (await Promise.all(['SKHCN', 'SYT', 'SGDDT'].map(as))) as [
    Caller,
    Caller,
    Caller,
  ];
});

afterAll(async () => {
  await lab.close();
});

beforeEach(() => {
  lab.clock.set('2026-03-02');
});

async function database(change: Record<string, unknown> = {}): Promise<RegistryDatabaseState> {
  made += 1;
  const json = { name: `Cơ sở dữ liệu báo cáo ${made}`, kind: 'sector', owner: 'SYT', ...change };
  return good(owner('/v1/databases', { json }));
}

/** The list of Decision 508: monthly before the 20th from 3/2026, and once before 12/3/2026. */
async function listOf(...ids: string[]): Promise<RegistryListState> {
  made += 1;
  const json = {
    purpose: 'priority',
    year: 2026,
    title: `Danh mục CSDL chuyên ngành ưu tiên ${made}`,
    decision: 'Quyết định số 508/QĐ-UBND ngày 09/02/2026',
    reporting: { monthlyBeforeDay: 20, from: '2026-03', onceBefore: '2026-03-12' },
  };
  const { id } = await good<RegistryListState>(keeper('/v1/lists', { json }));
  for (const databaseId of ids) await good(keeper(`/v1/lists/${id}/entries`, { json: { databaseId } }));
  return good(keeper(`/v1/lists/${id}`));
}

function report(
  id: string,
  period: string,
  change: Record<string, unknown> = {},
  who = owner,
): Promise<Answer> {
  return who(`/v1/databases/${id}/reports`, { json: { period, progress: 'Đang khảo sát', ...change } });
}

async function states(listId: string, period: string): Promise<Record<string, string>> {
  const lines = itemsOf(await keeper(`/v1/lists/${listId}/report-lines?period=${period}`));
  return Object.fromEntries(
    lines.map((line) => [(line['database'] as { id: string }).id, line['state'] as string]),
  );
}

describe('reports on the databases of a priority list', () => {
  it('are on time until the day before the written one, then late or missing', async () => {
    const [early, late, never] = [await database(), await database(), await database()];
    const { id } = await listOf(early.id, late.id, never.id);
    lab.clock.set('2026-03-19');
    await good(report(early.id, '2026-03', { percent: 30, obstacles: 'Thiếu nhân lực' }));
    expect(await states(id, '2026-03')).toEqual({
      [early.id]: 'on-time',
      [late.id]: 'open',
      [never.id]: 'open',
    });
    lab.clock.set('2026-03-20');
    await good(report(late.id, '2026-03'));
    expect(await states(id, '2026-03')).toEqual({
      [early.id]: 'on-time',
      [late.id]: 'late',
      [never.id]: 'missing',
    });
    const periods = itemsOf(await keeper(`/v1/lists/${id}/periods`));
    expect(periods).toEqual([
      {
        period: '2026-03',
        label: 'Tháng 3/2026',
        lastDay: '2026-03-19',
        counts: { onTime: 1, late: 1, missing: 1, open: 0, beforeStart: 0 },
      },
      {
        period: 'once-2026-03-12',
        label: 'Báo cáo một lần trước ngày 12/3/2026',
        lastDay: '2026-03-11',
        counts: { onTime: 0, late: 0, missing: 3, open: 0, beforeStart: 0 },
      },
    ]);
  });

  it('turn from open to missing by the clock alone, month after month', async () => {
    const { id: databaseId } = await database();
    const { id } = await listOf(databaseId);
    const seen: string[] = [];
    for (const day of ['2026-03-11', '2026-03-12', '2026-03-31', '2026-04-01', '2026-04-19', '2026-04-20']) {
      lab.clock.set(day);
      const periods = itemsOf(await keeper(`/v1/lists/${id}/periods`));
      const open = periods.filter(({ counts }) => (counts as { open: number }).open === 1);
      seen.push(`${day}: ${open.map(({ period }) => String(period)).join(' ')}`);
    }
    expect(seen).toEqual([
      '2026-03-11: 2026-03 once-2026-03-12',
      '2026-03-12: 2026-03',
      '2026-03-31: ',
      '2026-04-01: 2026-04',
      '2026-04-19: 2026-04',
      '2026-04-20: ',
    ]);
  });

  it('accuse nobody for periods that were over before this system knew of the database', async () => {
    lab.clock.set('2026-11-22');
    const { id: databaseId } = await database();
    const { id } = await listOf(databaseId);
    const periods = itemsOf(await keeper(`/v1/lists/${id}/periods`));
    expect(periods).toHaveLength(10);
    for (const { counts } of periods) {
      expect(counts).toEqual({ onTime: 0, late: 0, missing: 0, open: 0, beforeStart: 1 });
    }
    // What came on paper at the time may still be entered, and then counts as what it was.
    await good(report(databaseId, 'once-2026-03-12', { receivedOn: '2026-03-10' }, keeper));
    expect(await states(id, 'once-2026-03-12')).toEqual({ [databaseId]: 'on-time' });
    lab.clock.set('2026-12-20');
    expect(await states(id, '2026-12')).toEqual({ [databaseId]: 'missing' });
  });

  it('are owed for the time on the list only, and taking a database off and on forgives nothing', async () => {
    const { id: databaseId } = await database();
    const { id } = await listOf(databaseId);
    lab.clock.set('2026-04-25');
    await good(keeper(`/v1/lists/${id}/entries/${databaseId}/removal`, { json: { reason: 'Nhầm' } }));
    lab.clock.set('2026-05-20');
    expect(await states(id, '2026-05')).toEqual({});
    await good(keeper(`/v1/lists/${id}/entries`, { json: { databaseId } }));
    expect(await states(id, '2026-04')).toEqual({ [databaseId]: 'missing' });
    expect(await states(id, '2026-05')).toEqual({ [databaseId]: 'before-start' });
  });

  it('come once; a correction keeps the first version and its day', async () => {
    const { id: databaseId } = await database();
    const { id } = await listOf(databaseId);
    const answers = await Promise.all([1, 2].map(() => report(databaseId, '2026-03')));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    lab.clock.set('2026-03-25');
    const [sent] = itemsOf<RegistryReportState>(await owner(`/v1/databases/${databaseId}/reports`));
    const json = { progress: 'Đã khảo sát xong', percent: 40 };
    const corrected = await good<RegistryReportState>(owner(`/v1/reports/${sent!.id}/correction`, { json }));
    expect(corrected).toMatchObject({ version: 2, percent: 40, receivedOn: '2026-03-02' });
    expect(await good(owner(`/v1/reports/${sent!.id}/correction`, { json }))).toMatchObject({ version: 2 });
    expect(await states(id, '2026-03')).toEqual({ [databaseId]: 'on-time' });
    const versions = itemsOf(await keeper(`/v1/reports/${sent!.id}/versions`));
    expect(versions.map(({ progress }) => progress)).toEqual(['Đã khảo sát xong', 'Đang khảo sát']);
    await expect(lab.rows('DELETE FROM registry_report_version')).rejects.toThrow('only ever added');
  });

  it('are for the owner and Sở KH&CN, for periods that are asked for', async () => {
    const { id } = await database();
    await listOf(id);
    const code = ({ status, body }: Answer) => [status, body['code']];
    expect(code(await report(id, '2026-03', {}, stranger))).toEqual([403, 'other-agency']);
    expect(code(await report(id, '2026-03', { receivedOn: '2026-03-01' }))).toEqual([403, 'other-agency']);
    expect(faultsOf(await report(id, '2026-03', { receivedOn: '2026-03-03' }, keeper))).toEqual([
      'receivedOn: too-large',
    ]);
    expect(code(await report(id, '2026-02'))).toEqual([409, 'report-not-asked']);
    expect(code(await report(id, '2026-04'))).toEqual([409, 'report-not-asked']);
    expect(code(await report((await database()).id, '2026-03'))).toEqual([409, 'report-not-asked']);
  });
});

describe('the consolidated table', () => {
  let listId: string;

  const file = (extension: string) =>
    exchangeFile(lab, `${base}/v1/lists/${listId}/consolidation.${extension}?period=2026-03`, 'SKHCN');

  beforeAll(async () => {
    lab.clock.set('2026-03-02');
    const first = await database({
      name: 'Cơ sở dữ liệu tổng hợp A',
      lifecycle: 'under-construction',
      targetQuarter: '2026-Q2',
    });
    const second = await database({ name: 'Cơ sở dữ liệu tổng hợp B' });
    ({ id: listId } = await listOf(first.id, second.id));
    const enterprise = { name: 'Doanh nghiệp đồng hành A' };
    const json = { enterprise, capability: 'Có', contribution: 'Phần mềm' };
    const partner = await owner(`/v1/databases/${first.id}/partners`, { json });
    const partnerId = String(partner.body['id']);
    await good(
      owner(`/v1/databases/${first.id}/partner-choice`, {
        json: { chosen: [partnerId], reason: 'Tốt' },
      }),
    );
    const shares = [{ partnerId, scope: 'Phần mềm', part: 2_000_000_000 }];
    await good(
      owner(`/v1/databases/${first.id}/split`, {
        json: { statePart: 1_500_000_000, year: 2026, shares, on: '2026-03-02' },
      }),
    );
    await good(report(first.id, '2026-03', { percent: 30, obstacles: 'Thiếu máy chủ' }));
    lab.clock.set('2026-03-25');
  });

  it('tells of every database who builds it, with what money, how far, and whether it reported', async () => {
    lab.clock.set('2026-03-25');
    const { body } = await keeper(`/v1/lists/${listId}/consolidation?period=2026-03`);
    expect(body).toMatchObject({
      label: 'Tháng 3/2026',
      asOf: '2026-03-25',
      counts: { onTime: 1, missing: 1 },
      totals: { enterprisePart: 2_000_000_000, statePart: 1_500_000_000, allocated: 0 },
      rows: [
        {
          database: { name: 'Cơ sở dữ liệu tổng hợp A' },
          partners: ['Doanh nghiệp đồng hành A'],
          schedule: 'on-schedule',
          state: 'on-time',
          report: { percent: 30, obstacles: 'Thiếu máy chủ' },
        },
        { schedule: 'not-determined', statePart: null, state: 'missing', report: null },
      ],
    });
    expect((await keeper(`/v1/lists/${listId}/consolidation?period=2026-04`)).status).toBe(404);
  });

  it('is a workbook whose totals are formulas that give the figures', async () => {
    lab.clock.set('2026-03-25');
    const { headers, content } = await file('xlsx');
    expect(headers.get('content-disposition')).toContain("filename*=UTF-8''T%E1%BB%95ng%20h%E1%BB%A3p");
    const workbook = new Workbook();
    await workbook.xlsx.load(content);
    const sheet = workbook.getWorksheet('Tổng hợp')!;
    const row = (number: number) =>
      Array.from({ length: 12 }, (_, index) => sheet.getRow(number).getCell(index + 1).value);
    expect(row(6)).toEqual([
      1,
      'Cơ sở dữ liệu tổng hợp A',
      'Sở Y tế',
      'Doanh nghiệp đồng hành A',
      'Đang xây dựng',
      'Quý II/2026 (trong hạn)',
      2_000_000_000,
      1_500_000_000,
      0,
      'Đang khảo sát (30%)',
      'Thiếu máy chủ',
      'Đúng hạn',
    ]);
    expect(row(7).slice(6)).toEqual(['Chưa xác định', 'Chưa xác định', 0, '', '', 'Chưa gửi']);
    const totals = row(8) as { formula: string; result: number }[];
    expect(totals.slice(6, 9).map(({ formula, result }) => [formula, result])).toEqual([
      ['SUM(G6:G7)', 2_000_000_000],
      ['SUM(H6:H7)', 1_500_000_000],
      ['SUM(I6:I7)', 0],
    ]);
    const summed = [7, 8, 9].map((column) =>
      [6, 7]
        .map((number) => sheet.getRow(number).getCell(column).value)
        .reduce((sum: number, value) => sum + (typeof value === 'number' ? value : 0), 0),
    );
    expect(summed).toEqual(totals.slice(6, 9).map(({ result }) => result));
  });

  it('is a draft report in administrative form', async () => {
    lab.clock.set('2026-03-25');
    const { headers, content } = await file('docx');
    expect(headers.get('content-type')).toContain('wordprocessingml');
    const { value: text } = await mammoth.extractRawText({ buffer: content });
    for (const part of [
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      'SỞ KHOA HỌC VÀ CÔNG NGHỆ',
      'Thực hiện Quyết định số 508/QĐ-UBND ngày 09/02/2026',
      'có báo cáo về 1/2 cơ sở dữ liệu (đúng hạn 1, trễ hạn 0); quá hạn chưa gửi 1',
      'Ngân sách: 1.500.000.000',
      'Nơi nhận:',
    ]) {
      expect(text).toContain(part);
    }
  });
});

describe('the events of all these tests', () => {
  it('keep to the published schemas', async () => {
    const { types, faults } = checkAgainstSchemas(await lab.events());
    expect(faults).toEqual([]);
    expect(types).toEqual(expect.arrayContaining([REGISTRY_REPORT_CORRECTED, REGISTRY_REPORT_SUBMITTED]));
  });
});
