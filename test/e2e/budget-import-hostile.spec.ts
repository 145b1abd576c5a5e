import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MAX_FILE } from '../../apps/budget/src/import/readers/read-file.js';
import { budgetService } from '../../apps/budget/src/service.js';
import { archiveOf, rawWorkbook, sheetOf } from '../fixtures/budget/hostile-files.js';
import { BudgetFiles, jsonOf, resultOf, XLSX } from './budget-files.js';
import { DataServiceLab } from './data-service.js';

let lab: DataServiceLab;
let files: BudgetFiles;

beforeAll(async () => {
  lab = await DataServiceLab.open('budget', budgetService);
  files = await BudgetFiles.as(lab, await lab.start(), 'STC');
});

afterAll(async () => {
  await lab.close();
});

const TABLE = [
  ['TT', 'Tên nhiệm vụ', 'Cơ quan chủ trì', 'Nhu cầu kinh phí (đồng)'],
  ['1', 'Thuê đường truyền', 'Sở Y tế', '1.000'],
];
const GOOD = sheetOf(TABLE);

async function refusal(content: Buffer | string, type = XLSX): Promise<unknown[]> {
  const answer = await files.send(content, type, { fiscalYear: '2026' });
  return [answer.status, jsonOf(answer)['code']];
}

async function rowsOf(content: Buffer): Promise<number | undefined> {
  const answer = await files.send(content, XLSX, { fiscalYear: '2026', dryRun: 'true' });
  return resultOf(answer).tables[0]?.rows;
}

it('the workbook that the hostile ones are made of is read', async () => {
  expect(await rowsOf(rawWorkbook(GOOD))).toBe(1);
});

describe('a file is refused', () => {
  it('when it unpacks to a thousand times its size', async () => {
    const bomb = rawWorkbook(Buffer.alloc(64 * 1_048_576, 0x20));
    expect(bomb.length).toBeLessThan(100_000);
    expect(await refusal(bomb)).toEqual([413, 'file-too-big']);
  });

  it('when it has more cells than any budget', async () => {
    const row = `<row>${'<c/>'.repeat(100)}</row>`;
    expect(
      await refusal(rawWorkbook(`<worksheet><sheetData>${row.repeat(2_100)}</sheetData></worksheet>`)),
    ).toEqual([413, 'file-too-big']);
  });

  it('when it is a text of nothing but lines or cells', async () => {
    expect(await refusal('\n'.repeat(4_000_000), 'text/csv')).toEqual([413, 'file-too-big']);
    expect(await refusal(';'.repeat(4_000_000), 'text/plain')).toEqual([413, 'file-too-big']);
  });

  it('before long, when all of it looks like headers', async () => {
    const head = TABLE[0]!.join(';');
    const headers = `${head}\n1;Thuê;Sở Y tế;một\n`.repeat(9_000);
    const start = performance.now();
    const answer = await files.send(headers, 'text/csv', { fiscalYear: '2026', dryRun: 'true' });
    expect(resultOf(answer).faults.map(({ code }) => code)).toEqual(['too-many-rows']);
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it('when it is larger than a file may be', async () => {
    expect(await refusal(Buffer.alloc(MAX_FILE + 1))).toEqual([413, 'body-too-large']);
  });

  it.each([
    ['macros', 'xl/vbaProject.bin'],
    ['embedded objects', 'xl/embeddings/oleObject1.bin'],
    ['links to other workbooks', 'xl/externalLinks/externalLink1.xml'],
    ['database connections', 'xl/connections.xml'],
    ['controls', 'xl/activeX/activeX1.xml'],
  ])('when it has %s', async (_what, name) => {
    expect(await refusal(rawWorkbook(GOOD, [{ name, content: 'x' }]))).toEqual([400, 'file-active']);
  });

  it('when a sheet reaches out', async () => {
    const relation =
      '<Relationship Id="r1" Type="x/image" TargetMode="External" Target="http://example.org/x"/>';
    const content = `<Relationships>${relation}</Relationships>`;
    const reaching = rawWorkbook(GOOD, [{ name: 'xl/worksheets/_rels/sheet1.xml.rels', content }]);
    expect(await refusal(reaching)).toEqual([400, 'file-active']);
  });

  it('when its entities multiply themselves', async () => {
    const laughs = `<!DOCTYPE x [<!ENTITY a "${'ha'.repeat(1_000)}">]>${GOOD}`;
    expect(await refusal(rawWorkbook(laughs))).toEqual([400, 'file-damaged']);
  });

  it('when it is nested without end, is broken XML or no workbook', async () => {
    expect(await refusal(rawWorkbook('<a>'.repeat(50_000)))).toEqual([400, 'file-damaged']);
    expect(await refusal(rawWorkbook('<worksheet><sheetData><row>'))).toEqual([400, 'file-damaged']);
    expect(await refusal(archiveOf([{ name: 'readme.txt', content: 'x' }]))).toEqual([400, 'file-damaged']);
    expect(await refusal(rawWorkbook(GOOD).subarray(0, 400))).toEqual([400, 'file-damaged']);
    const truncated = rawWorkbook(GOOD);
    truncated.fill(0xff, 40, 90);
    expect(await refusal(truncated)).toEqual([400, 'file-damaged']);
  });

  it('when it is locked by a password', async () => {
    const locked = archiveOf([{ name: 'xl/workbook.xml', content: 'x', encrypted: true }]);
    expect(await refusal(locked)).toEqual([400, 'file-encrypted']);
  });

  it('when it is not what it says it is', async () => {
    expect(await refusal('TT;Tên nhiệm vụ', XLSX)).toEqual([415, 'file-type']);
    expect(await refusal(rawWorkbook(GOOD), 'text/csv')).toEqual([415, 'file-type']);
    expect(await refusal('x', 'application/pdf')).toEqual([415, 'file-type']);
    expect(await refusal('{"a":1}', 'application/json')).toEqual([415, 'file-type']);
    expect(await refusal(Buffer.from('d0cf11e0a1b11ae1', 'hex'), XLSX)).toEqual([415, 'file-type']);
    expect(await refusal(Buffer.from([0x54, 0xea, 0x6e]), 'text/csv')).toEqual([400, 'file-encoding']);
    expect(await refusal('', 'text/csv')).toEqual([400, 'file-empty']);
  });
});

describe('what a workbook says about itself is not taken at its word', () => {
  it.each([
    ['a merged range of the whole sheet', '<mergeCells><mergeCell ref="A20:XFD1048576"/></mergeCells>'],
    [
      'a validation of the whole sheet',
      '<dataValidations><dataValidation sqref="A1:XFD1048576"><formula1>"a"</formula1></dataValidation></dataValidations>',
    ],
  ])('%s', async (_what, after) => {
    expect(await rowsOf(rawWorkbook(sheetOf(TABLE, after)))).toBe(1);
  });

  it('merged ranges that cover each other', async () => {
    const rows = Array.from({ length: 500 }, (_, index) => [
      String(index + 2),
      `Máy chủ ${index}`,
      'Sở Y tế',
      '1',
    ]);
    const merges = '<mergeCell ref="A1:B1048576"/>'.repeat(1_000);
    const covered = sheetOf([...TABLE, ...rows], `<mergeCells>${merges}</mergeCells>`);
    expect(await refusal(rawWorkbook(covered))).toEqual([413, 'file-too-big']);
  });

  it('a cell at the very end of a sheet', async () => {
    const far = GOOD.replace(
      '</sheetData>',
      '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
    );
    expect(await refusal(rawWorkbook(far))).toEqual([413, 'file-too-big']);
  });
});

it('routes that take no files still answer 415 to one', async () => {
  const token = await lab.token('STC', 'budget:write');
  const base = await lab.start();
  const answer = await fetch(`${base}/v1/items`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv' },
    body: 'TT',
  });
  expect(answer.status).toBe(415);
});
