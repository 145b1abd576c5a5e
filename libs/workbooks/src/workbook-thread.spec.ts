import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Workbook } from '@cj-tech-master/excelts';
import { parseWorkbook } from './workbook-reader.js';
import { readWorkbook, workbookThread } from './workbook-thread.js';

const LIMITS = { unpacked: 64 * 1_048_576, rows: 20_000, cells: 200_000 };
const usual = { ...workbookThread };

let large: Buffer;
beforeAll(async () => {
  const workbook = new Workbook();
  const row = ['Rà soát đường truyền', 5_474, 'Sở Tài chính', '15/5/2026', true];
  workbook.addWorksheet('Nhiệm vụ').addRows(Array.from({ length: 5_000 }, (_, index) => [index, ...row]));
  large = Buffer.from(await workbook.xlsx.writeBuffer());
  // Suites run from the source; the thread has to read TypeScript, too.
  usual.file = new URL('./workbook-worker.ts', import.meta.url);
  usual.execArgv = ['--import', new URL('../../../test/e2e/http-typescript.mjs', import.meta.url).href];
  Object.assign(workbookThread, usual);
});
afterEach(() => {
  Object.assign(workbookThread, usual);
});

describe('a workbook that is read in a thread', () => {
  it('says the same as read here, while others are answered', async () => {
    let turns = 0;
    let isRead = false;
    const others = (): void => {
      turns += 1;
      if (!isRead) setImmediate(others);
    };
    others();
    const sheets = await readWorkbook(large, LIMITS);
    isRead = true;
    expect(sheets).toEqual(await parseWorkbook(large, LIMITS));
    expect(sheets[0]?.rows).toHaveLength(5_000);
    expect(turns).toBeGreaterThan(100);
  });

  it('is refused for the same reasons', async () => {
    await expect(readWorkbook(large, { ...LIMITS, rows: 100 })).rejects.toMatchObject({
      code: 'file-too-big',
      parameters: { limit: '100 rows' },
    });
    await expect(readWorkbook(Buffer.from('text'), LIMITS)).rejects.toMatchObject({ code: 'file-type' });
  });

  it('is given up when it takes too long or too much memory, and the next one is read', async () => {
    workbookThread.milliseconds = 1;
    await expect(readWorkbook(large, LIMITS)).rejects.toMatchObject({ code: 'file-too-slow' });
    Object.assign(workbookThread, usual, { megabytes: 5 });
    await expect(readWorkbook(large, LIMITS)).rejects.toMatchObject({ code: 'file-too-big' });
    Object.assign(workbookThread, usual);
    expect(await readWorkbook(large, LIMITS)).toHaveLength(1);
  });

  it('waits for its turn, and is refused when too many wait', async () => {
    workbookThread.mostWaiting = 1;
    const answers = await Promise.allSettled([1, 2, 3].map(() => readWorkbook(large, LIMITS)));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    expect(answers[2]).toMatchObject({ reason: { code: 'file-busy' } });
  });
});
