import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { loadReferenceData } from '#libs/reference';
import type { ImportedRow } from '../import/tables/read-item.js';
import { readImport } from '../import/read-import.js';
import { isOverAllocated } from '../items/item-money.js';
import { report2023 } from './report-2023.js';

const { tables, faults } = await readImport(report2023());
const [projects, activities] = tables.map(({ rows }) => rows) as [ImportedRow[], ImportedRow[]];

const sum = (values: (number | null | undefined)[]) =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);
const numbersOf = (rows: readonly ImportedRow[]) => rows.map(({ number }) => number);
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

it('the report of 2023 has two tables and no fault', () => {
  expect(faults).toEqual([]);
  expect(tables.map(({ kind, unit }) => [kind, unit])).toEqual([
    ['project', 'million-dong'],
    ['activity', 'dong'],
  ]);
});

describe('table I: projects', () => {
  it('has 24 rows numbered as printed, each with its place in the document', () => {
    expect(numbersOf(projects)).toEqual(upTo(24));
    expect(projects.map(({ clause }) => clause)).toEqual(upTo(24).map((row) => `bảng I, dòng ${row}`));
  });

  it('adds up to the exact totals; the print leaves out what is below a million đồng, which is said', () => {
    expect(sum(projects.map(({ totalCost }) => totalCost))).toBe(522_233_600_000);
    expect(sum(projects.map(({ planned }) => planned['2023']))).toBe(113_923_600_000);
    expect(tables[0]?.totals).toMatchObject([
      {
        header: 'Tổng kinh phí',
        printed: 522_233_000_000,
        computed: 522_233_600_000,
        difference: -600_000,
        agreement: 'rounded',
        explanation: {
          vi: 'In 522.233 triệu đồng, tính được 522.233,6 triệu đồng: lệch −0,6 triệu đồng do bản in làm tròn.',
        },
      },
      { header: '2023', printed: 113_923_000_000, computed: 113_923_600_000, agreement: 'rounded' },
    ]);
  });

  it('keeps a blank cell apart from 0', () => {
    const blank = projects.filter(({ planned }) => planned['2023'] === null);
    expect(numbersOf(blank)).toEqual([11, 12, 13, 18, 19, 20, 21, 22, 23]);
    expect(numbersOf(projects.filter(({ progressPhrase }) => progressPhrase === null))).toEqual([19, 24]);
  });
});

describe('table II: recurrent activities', () => {
  it('has 21 rows under three headings', () => {
    expect(numbersOf(activities)).toEqual(upTo(21));
    const groups = Map.groupBy(activities, ({ group }) => group);
    expect([...groups].map(([name, rows]) => [name, rows.length])).toEqual([
      ['Nhiệm vụ triển khai Quyết định 909/QĐ-UBND tỉnh (ưu tiên số 01)', 15],
      ['Nhiệm vụ triển khai Quyết định 909/QĐ-UBND tỉnh (ưu tiên số 02)', 2],
      ['Nhiệm vụ các ngành, lĩnh vực còn lại (ưu tiên số 03)', 4],
    ]);
  });

  it('adds up to the printed totals', () => {
    expect(tables[1]?.totals.map(({ computed, agreement }) => [computed, agreement])).toEqual([
      [40_617_142_156, 'exact'],
      [3_700_000_000, 'exact'],
      [36_939_353_156, 'exact'],
    ]);
  });

  it('flags the two rows that were allocated more than they asked', () => {
    const over = activities.filter(({ requested, allocated }) =>
      isOverAllocated(requested ?? null, allocated ?? null),
    );
    expect(numbersOf(over)).toEqual([5, 6]);
    expect(tables[1]?.warnings.map(({ code }) => code)).toEqual(['over-allocated', 'over-allocated']);
  });

  it('names the source of money where the report does', () => {
    const noted = activities.filter(({ note }) => note != null);
    expect(noted.map(({ number, note, progressPhrase }) => [number, note, progressPhrase])).toEqual(
      [5, 6].map((number) => [
        number,
        'Kinh phí CCHC năm 2023',
        '(Kinh phí CCHC năm 2023) Đang tổ chức lựa chọn nhà thầu',
      ]),
    );
  });
});

it('every agency is one of the reference list, by one of its names', () => {
  const reference = loadReferenceData();
  const unknown = [...projects, ...activities].filter(({ owner }) => !reference.agencyByName(owner));
  expect(unknown).toEqual([]);
});

it('the appendix as it was pasted, with page breaks through rows and slips of the pen, says the same', async () => {
  const content = readFileSync('test/fixtures/budget/appendix-2023-as-pasted.txt');
  const pasted = await readImport({ ...report2023(), content });
  expect(pasted.faults).toEqual([]);
  const money = (rows: readonly ImportedRow[]) =>
    rows.map(({ number, owner, years, totalCost, planned, requested, allocated }) => [
      number,
      owner,
      years,
      totalCost,
      planned,
      requested,
      allocated,
    ]);
  expect(pasted.tables.map(({ rows }) => money(rows))).toEqual(tables.map(({ rows }) => money(rows)));
  const names = pasted.tables[1]?.rows.map(({ name }) => name) ?? [];
  expect([names[13], names[20]]).toEqual([activities[13]?.name, activities[20]?.name]);
  expect(pasted.tables[0]?.rows[5]?.progressPhrase).toBe(projects[5]?.progressPhrase);
});
