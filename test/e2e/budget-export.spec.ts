import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Cell, type CellFormulaValue, Workbook, type Worksheet } from '@cj-tech-master/excelts';
import type { BudgetItemState } from '#libs/contracts';
import { report2023 } from '../../apps/budget/src/seed/report-2023.js';
import { budgetService } from '../../apps/budget/src/service.js';
import { BudgetFiles, faultsOf, placesOf, resultOf, XLSX } from './budget-files.js';
import { type Caller, DataServiceLab, itemsOf } from './data-service.js';

let lab: DataServiceLab;
let base: string;
let finance: Caller;
let files: BudgetFiles;

beforeAll(async () => {
  lab = await DataServiceLab.open('budget', budgetService);
  base = await lab.start();
  finance = await lab.as(base, 'STC', 'budget:read', 'budget:write');
  files = await BudgetFiles.as(lab, base, 'STC');
});

afterAll(async () => {
  await lab.close();
});

async function sheetsOf(content: Buffer): Promise<Worksheet[]> {
  const workbook = new Workbook();
  await workbook.xlsx.load(new Uint8Array(content));
  return workbook.worksheets;
}

function cellsOf(sheet: Worksheet): Cell[] {
  const cells: Cell[] = [];
  sheet.eachRow((row) => {
    row.eachCell((cell) => cells.push(cell));
  });
  return cells;
}

/** All that a reader of a sheet sees, and how it is printed. */
function picture(sheet: Worksheet): unknown {
  const { printArea, printTitlesRow, orientation, paperSize } = sheet.pageSetup;
  const cells = cellsOf(sheet).map((cell) => [
    cell.address,
    cell.value,
    cell.numFmt,
    cell.isMerged ? cell.master.address : '',
    cell.fill,
  ]);
  return { name: sheet.name, printArea, printTitlesRow, orientation, paperSize, cells };
}

/** Formulas of a sheet with what the file says they give, and what they give. */
function formulasOf(sheet: Worksheet): { formula: string; stored: unknown; computed: number }[] {
  return cellsOf(sheet)
    .flatMap((cell) =>
      cell.formula ? [{ formula: cell.formula, value: cell.value as CellFormulaValue }] : [],
    )
    .map(({ formula, value: { result } }) => {
      const [, column, from, to] = /^SUM\(([A-Z]+)(\d+):\1(\d+)\)$/.exec(formula) ?? [];
      let computed = 0;
      for (let row = Number(from); row <= Number(to); row++) {
        const { value } = sheet.getCell(`${String(column)}${row}`);
        if (typeof value === 'number') computed += value;
      }
      return { formula, stored: result, computed };
    });
}

async function emptyList(): Promise<void> {
  for (const table of ['budget_item_plan', 'budget_balance', 'budget_line', 'budget_item']) {
    await lab.rows(`DELETE FROM ${table}`);
  }
}

const source = () => {
  const { document, clause, asOf } = report2023().source;
  return { document, clause: clause ?? '', asOf: asOf ?? '' };
};

describe('the two tables of 2023 as a workbook', () => {
  it('have the figures of the report, totals as formulas that give what the file says', async () => {
    const answer = await files.get('/v1/exports/items.xlsx?year=2023');
    expect(answer.headers.get('content-type')).toBe(XLSX);
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="danh-muc-du-an-nhiem-vu-chuyen-doi-so-nam-2023.xlsx"; filename*=UTF-8''${encodeURIComponent('Danh mục dự án, nhiệm vụ chuyển đổi số năm 2023.xlsx')}`,
    );
    const sheets = await sheetsOf(answer.bytes);
    expect(sheets.map(({ name }) => name)).toEqual(['Dự án 2023', 'Nhiệm vụ 2023']);
    const totals = sheets.map(formulasOf);
    expect(totals.map((formulas) => formulas.map(({ stored }) => stored))).toEqual([
      [522_233.6, 113_923.6],
      [40_617_142_156, 3_700_000_000, 36_939_353_156],
    ]);
    for (const { stored, computed } of totals.flat()) expect(computed).toBeCloseTo(Number(stored), 6);
  });

  it('are ready to print, and say their unit', async () => {
    const [projects, activities] = await sheetsOf(
      (await files.get('/v1/exports/items.xlsx?year=2023')).bytes,
    );
    const texts = (sheet?: Worksheet) => [1, 2, 4, 5, 6].map((row) => sheet?.getCell(row, 5).text);
    expect(texts(projects)).toEqual([
      'I. DỰ ÁN CÔNG NGHỆ THÔNG TIN, CHUYỂN ĐỔI SỐ',
      'Năm ngân sách: 2023',
      'ĐVT: Triệu đồng',
      'Kinh phí',
      'Tổng kinh phí',
    ]);
    expect(activities?.getCell('A4').text).toBe('ĐVT: Đồng');
    expect(projects?.getCell('E7').value).toBe(20_481.6);
    expect([projects?.getCell('E7').numFmt, projects?.getCell('E8').numFmt]).toEqual([
      '[$-42A]#,##0.0',
      '[$-42A]#,##0',
    ]);
    expect(projects?.getCell('F17').value).toBeNull();
    expect(projects?.pageSetup).toMatchObject({
      orientation: 'landscape',
      paperSize: 9,
      fitToWidth: 1,
      printTitlesRow: '5:6',
      printArea: 'A1:H31',
    });
    for (const cell of ['A5', 'H30', 'E31']) {
      expect(projects?.getCell(cell).border?.left?.style).toBe('thin');
    }
  });

  it('mark what was allocated beyond what was requested', async () => {
    const [, activities] = await sheetsOf((await files.get('/v1/exports/items.xlsx?year=2023')).bytes);
    const marked = cellsOf(activities!).filter(({ fill }) => JSON.stringify(fill ?? {}).includes('FFFFF2CC'));
    expect(marked.map(({ value }) => value)).toEqual([1_500_000_000, 1_500_000_000]);
    expect(cellsOf(activities!).at(-1)?.text).toBe('Ô tô màu: kinh phí đã cấp nhiều hơn nhu cầu.');
  });
});

describe('an export that is imported into an empty list', () => {
  it('gives the very same workbook again', async () => {
    const before = (await files.get('/v1/exports/items.xlsx?year=2023')).bytes;
    await emptyList();
    const result = resultOf(await files.send(before, XLSX, source()));
    expect([
      result.created,
      result.tables.flatMap(({ totals }) => totals.map(({ agreement }) => agreement)),
    ]).toEqual([45, ['exact', 'exact', 'exact', 'exact', 'exact']]);
    const after = (await files.get('/v1/exports/items.xlsx?year=2023')).bytes;
    expect((await sheetsOf(after)).map(picture)).toEqual((await sheetsOf(before)).map(picture));
    const totals = await finance('/v1/totals?year=2023');
    expect(totals.body).toMatchObject({
      projects: { count: 24, totalCost: 522_233_600_000, plannedByYear: { '2023': 113_923_600_000 } },
      activities: { requested: 40_617_142_156, allocated: 3_700_000_000, supplement: 36_939_353_156 },
    });
    expect(resultOf(await files.send(after, XLSX, source()))).toMatchObject({
      created: 0,
      changed: 0,
      unchanged: 45,
    });
  });

  it('gives the very same CSV again, byte by byte, whatever is in its texts', async () => {
    const activity = { kind: 'activity', owner: 'SYT', fiscalYear: 2026 };
    const awkward = [
      { ...activity, name: '=HYPERLINK("http://example.org")', number: 3, requested: 10, allocated: 20 },
      {
        ...activity,
        name: "'- đã có dấu nháy",
        note: 'một, hai; "ba"',
        progressPhrase: '- dòng 1\n- dòng 2',
      },
      { ...activity, name: '+ cộng', code: '12.A/2026', group: 'Nhóm B', number: 1 },
      { ...activity, name: '@ và | và \\', group: 'Nhóm A', number: 2, requested: 0 },
      {
        kind: 'project',
        owner: '22333',
        fiscalYear: 2026,
        name: 'Dự án nhiều năm',
        years: { from: 2026, to: 2028 },
        totalCost: 99_999_999_999_999,
        plannedByYear: { '2026': 1, '2028': 2 },
      },
    ];
    for (const json of awkward) expect((await finance('/v1/items', { json })).status).toBe(201);
    const before = await files.get('/v1/exports/items.csv');
    expect(before.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const text = before.bytes.toString('utf8');
    expect(text).toMatch(/^\ufeffNăm ngân sách,Mã,Thuộc nhóm,STT,Tên dự án,/);
    // No cell begins with what a spreadsheet takes for a formula.
    expect(text).not.toMatch(/(^|,|\r\n)"?[=+@-]/);
    await emptyList();
    expect(resultOf(await files.send(before.bytes, 'text/csv', source()))).toMatchObject({
      created: 50,
      faults: [],
    });
    const after = await files.get('/v1/exports/items.csv');
    expect(after.bytes.equals(before.bytes)).toBe(true);
    const { body } = await finance('/v1/items?q=cong&year=2026');
    expect(body['items']).toMatchObject([{ code: '12.A/2026', group: 'Nhóm B', number: 1 }]);
  });
});

describe('an export of a part', () => {
  it('has what the filters leave, and for an agency its own', async () => {
    const rows = async (who: BudgetFiles, query: string) => {
      const { bytes } = await who.get(`/v1/exports/items.csv?${query}`);
      return bytes
        .toString('utf8')
        .split('\r\n')
        .filter((line) => /^20\d\d,/.test(line)).length;
    };
    expect(await rows(files, 'kind=project&year=2023')).toBe(24);
    expect(await rows(files, 'q=thu vien dien tu')).toBe(1);
    expect(await rows(files, 'year=2022')).toBe(0);
    const health = await BudgetFiles.as(lab, base, 'SYT');
    expect(await rows(health, 'year=2023')).toBe(2);
    expect((await files.get('/v1/exports/items.csv?limit=5')).status).toBe(400);
    expect((await files.get('/v1/exports/items.csv?kind=loan')).status).toBe(400);
    expect((await files.get('/v1/exports/items.xlsx?year=2022')).status).toBe(200);
  });
});

describe('the template', () => {
  it('has instructions, lists to choose from, and is read once it is filled in', async () => {
    const { bytes, status } = await files.get('/v1/imports/template.xlsx');
    expect(status).toBe(200);
    const workbook = new Workbook();
    await workbook.xlsx.load(new Uint8Array(bytes));
    expect(workbook.worksheets.map(({ name, state }) => [name, state])).toEqual([
      ['Hướng dẫn', 'visible'],
      ['Dự án', 'visible'],
      ['Nhiệm vụ', 'visible'],
      ['Danh mục', 'hidden'],
    ]);
    const projects = workbook.getWorksheet('Dự án')!;
    expect(projects.getCell('C6').dataValidation).toMatchObject({
      type: 'list',
      formulae: [expect.stringContaining('Danh mục')],
    });
    expect(workbook.getWorksheet('Danh mục')?.getColumn(1).values).toContain('Sở Y tế');

    const query = { dryRun: 'true' };
    const empty = resultOf(await files.send(bytes, XLSX, query));
    expect([...new Set(empty.faults.map(({ code }) => code))]).toEqual(['year-missing']);
    projects.getCell('A2').value = 'Năm ngân sách: 2027';
    workbook.getWorksheet('Nhiệm vụ')!.getCell('A2').value = 'Năm ngân sách: 2027';
    projects.getRow(6).values = [1, 'Kho dữ liệu', 'Sở Y tế', '2027 - 2028', 12.5];
    const filled = Buffer.from(await workbook.xlsx.writeBuffer());
    const result = resultOf(await files.send(filled, XLSX, query));
    expect([result.accepted, result.created, result.tables[0]?.totals[0]?.computed]).toEqual([
      true,
      1,
      12_500_000,
    ]);
  });
});

describe('a workbook of items with codes', () => {
  const twin = { kind: 'activity', owner: 'SYT', fiscalYear: 2031, name: 'Thuê dịch vụ' };
  const listed = async () => {
    const items = itemsOf<BudgetItemState>(await finance('/v1/items?year=2031'));
    return items.map(({ code, name, requested }) => [code, name, requested]);
  };

  it('keeps items with equal names apart, whatever becomes of the list between', async () => {
    const second = { code: 'B-01', requested: 10, group: 'Nhóm chung' };
    for (const one of [{ code: 'B-02', requested: 20 }, second, { name: 'Khác', requested: 30 }])
      expect((await finance('/v1/items', { json: { ...twin, ...one } })).status).toBe(201);
    const apart = await listed();
    const first = (await files.get('/v1/exports/items.xlsx?year=2031')).bytes;
    expect(resultOf(await files.send(first, XLSX, source()))).toMatchObject({ created: 0, faults: [] });
    expect(await listed()).toEqual(apart);
    const before = (await files.get('/v1/exports/items.xlsx?year=2031')).bytes;
    const [sheet] = await sheetsOf(before);
    expect([sheet?.getCell('C5').text, sheet?.getCell('C7').text]).toEqual(['Mã', 'B-02']);

    await emptyList();
    expect(resultOf(await files.send(before, XLSX, source()))).toMatchObject({ created: 3, faults: [] });
    expect((await listed()).sort()).toEqual(apart.sort());
    const after = (await files.get('/v1/exports/items.xlsx?year=2031')).bytes;
    expect((await sheetsOf(after)).map(picture)).toEqual((await sheetsOf(before)).map(picture));
    expect(resultOf(await files.send(after, XLSX, source()))).toMatchObject({ created: 0, unchanged: 3 });
  });

  it('leaves the codes to a file of the former release, which has none', async () => {
    const former =
      'Năm ngân sách;Tên nhiệm vụ;Cơ quan chủ trì;Nhu cầu kinh phí (đồng)\n2031;Khác;Sở Y tế;31\n';
    const [other] = itemsOf<{ id: string }>(await finance('/v1/items?year=2031&q=khac'));
    await finance(`/v1/items/${other?.id ?? ''}`, { method: 'PATCH', json: { code: 'B-03' } });
    expect(resultOf(await files.send(former, 'text/csv', source()))).toMatchObject({
      created: 0,
      changed: 1,
    });
    expect(await listed()).toContainEqual(['B-03', 'Khác', 31]);
  });

  it('is refused where two rows have one code', async () => {
    const head = 'Năm ngân sách;Mã;Tên nhiệm vụ;Cơ quan chủ trì;Nhu cầu kinh phí (đồng)\n';
    const twice = '2031;B-09;Một;Sở Y tế;1\n2031;B-09;Hai;Sở Y tế;2';
    expect(placesOf(faultsOf(await files.send(head + twice, 'text/csv', source())))).toEqual(['3: refused']);
  });
});
