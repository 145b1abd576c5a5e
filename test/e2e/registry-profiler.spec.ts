import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import pg from 'pg';
import { FixedClock } from '#libs/calendar';
import type { RegistryDatabaseState } from '#libs/contracts';
import { profile, TOOL } from '../../apps/registry/src/profiler/command.js';
import { profileCsv } from '../../apps/registry/src/profiler/csv-source.js';
import { profileTable } from '../../apps/registry/src/profiler/postgres-source.js';
import type { ProfilePlan } from '../../apps/registry/src/profiler/profile-plan.js';
import type { CheckContent, FieldFigures } from '../../apps/registry/src/quality/check-figures.js';
import { registryService } from '../../apps/registry/src/service.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { DataServiceLab, itemsOf } from './data-service.js';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'profiled-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

let files = 0;
async function file(content: string | Uint8Array): Promise<string> {
  files += 1;
  const path = join(folder, `${files}.csv`);
  await writeFile(path, content);
  return path;
}

const PLAN: ProfilePlan = {
  key: ['mã', 'xã'],
  fields: {
    số: { type: 'integer' },
    mã: { pattern: '[A-Z]{1,2}' },
    xã: { codes: ['Hòa', 'Nha Trang'] },
  },
};
const NAMES = ['mã', 'xã', 'số', 'ghi chú'];

/** The same figures from the cells themselves, with nothing of the profiler's. */
function naive(rows: readonly (readonly string[])[]) {
  const clean = rows.map((row) => row.map((cell) => cell.trim().normalize('NFC')));
  const column = (index: number) => clean.map((row) => row[index]!).filter((cell) => cell !== '');
  const counts = (index: number, invalid: number | null, unknownCodes: number | null) => ({
    name: NAMES[index],
    filled: column(index).length,
    invalid,
    unknownCodes,
    distinct: new Set(column(index)).size,
    distinctExact: true,
  });
  const keys = clean.filter(([first, second]) => first !== '' && second !== '').map((row) => row.slice(0, 2));
  return {
    records: rows.length,
    duplicates: keys.length - new Set(keys.map((key) => JSON.stringify(key))).size,
    fields: [
      counts(0, column(0).filter((cell) => !/^[A-Z]{1,2}$/.test(cell)).length, null),
      counts(1, null, column(1).filter((cell) => !['Hòa', 'Nha Trang'].includes(cell)).length),
      counts(2, column(2).filter((cell) => !/^[+-]?[0-9]+$/.test(cell)).length, null),
      counts(3, null, null),
    ],
  };
}

const withoutRange = (fields: readonly FieldFigures[]) =>
  fields.map(({ name, filled, invalid, unknownCodes, distinct, distinctExact }) => ({
    name,
    filled,
    invalid,
    unknownCodes,
    distinct,
    distinctExact,
  }));

const cell = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'A',
    'AB',
    'abc',
    '\uFFFD',
    'Hòa',
    'Hòa'.normalize('NFD'),
    'Nha Trang',
    '12',
    '-7',
    '1,5',
  ),
  fc.constantFrom('dòng một\ndòng hai', 'dấu "nháy"', 'a;b', 'x|y', 'a,b', '\tđầu dòng', 'Đặng\r\nVăn', '"'),
  fc.string({ unit: 'grapheme', maxLength: 6 }).filter((text) => !text.includes('\uFEFF')),
);
const row = fc.tuple(cell, cell, cell, cell);

describe('the profile of a CSV file', () => {
  it('is that of an independent calculation, however the file is written', async () => {
    const dialect = fc.record({
      delimiter: fc.constantFrom(',', ';', '\t', '|'),
      bom: fc.boolean(),
      quoted: fc.boolean(),
      record_delimiter: fc.constantFrom('\n', '\r\n'),
      encoding: fc.constantFrom('utf-8', 'utf-16le'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 30 }),
        dialect,
        async (rows, { delimiter, encoding, bom, quoted, ...style }) => {
          // A line of nothing but one empty cell cannot be told from an empty line.
          const text = stringify([NAMES, ...rows], {
            ...style,
            delimiter,
            quoted,
            quoted_match: /[\r\n]/,
            bom: bom || encoding === 'utf-16le',
          });
          const path = await file(Buffer.from(text, encoding === 'utf-8' ? 'utf8' : 'utf16le'));
          const { fields, ...figures } = await profileCsv(path, PLAN);
          const expected = naive(rows);
          expect({ ...figures, fields: withoutRange(fields) }).toEqual({
            ...expected,
            malformed: 0,
            encodingErrors: 0,
            key: PLAN.key,
          });
        },
      ),
      { numRuns: 150 },
    );
  });

  it('tells the smallest and greatest value as the type orders them, without those that are of another type', async () => {
    const path = await file('số,ngày,chữ\n10,2026-02-28,b\n9,2026-02-29,Ă\nmười,2025-12-31,a\n-1,,\n');
    const { fields } = await profileCsv(path, {
      key: [],
      fields: { số: { type: 'integer' }, ngày: { type: 'date' } },
    });
    expect(fields.map(({ invalid, min, max }) => [invalid, min, max])).toEqual([
      [1, '-1', '10'],
      [1, '2025-12-31', '2026-02-28'],
      [null, 'a', 'Ă'],
    ]);
  });

  it('counts records of another width, and places that are no text, wherever the file is cut in reading', async () => {
    const line = (name: string) => Buffer.from(`1,${name}\n`);
    const long = 'ữ'.repeat(100_000);
    const content = Buffer.concat([
      Buffer.from('mã,tên\n'),
      ...['Hòa', long, long, long].map(line),
      // A lone continuation byte, a character cut short, and a replacement character that somebody typed.
      Buffer.from([0x31, 0x2c, 0x80, 0x0a, 0x31, 0x2c, 0xe1, 0xbb, 0x0a]),
      line('\uFFFD'),
      Buffer.from('1\n1,2,3\n'),
    ]);
    const { records, malformed, encodingErrors } = await profileCsv(await file(content), {
      key: [],
      fields: {},
    });
    expect({ records, malformed, encodingErrors }).toEqual({ records: 9, malformed: 2, encodingErrors: 2 });
    // The same in UTF-16, where only half a pair is no text.
    const wide = `\uFEFF${['mã,tên', `1,${'\uFFFD'.repeat(100_000)}`, '1,\uD800x'].join('\n')}\n`;
    const { encodingErrors: inWide } = await profileCsv(await file(Buffer.from(wide, 'utf16le')), {
      key: [],
      fields: {},
    });
    expect(inWide).toBe(1);
    const old = Buffer.concat([Buffer.from('t\xean\n', 'latin1')]);
    const { fields } = await profileCsv(
      await file(old),
      { key: [], fields: {} },
      { encoding: 'windows-1252' },
    );
    expect(fields.map(({ name }) => name)).toEqual(['tên']);
  });

  it.each<[string, string, ProfilePlan]>([
    ['the file is empty', '', { key: [], fields: {} }],
    ['there are two fields "a"', 'a,b,a\n', { key: [], fields: {} }],
    ['field 2 has no name', 'a,,c\n', { key: [], fields: {} }],
    ['there is no field "mã"; the fields are: a, b', 'a,b\n', { key: ['mã'], fields: {} }],
    ['this is not CSV', 'a,b\n"1,2\n3,4\n', { key: [], fields: {} }],
  ])('says what is wrong: %s', async (message, content, plan) => {
    await expect(profileCsv(await file(content), plan)).rejects.toThrow(message);
  });
});

describe('the profile of a table', () => {
  let database: TestDatabase;
  let client: pg.Client;

  beforeAll(async () => {
    database = await createDatabase();
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(`
      CREATE SCHEMA "Dân cư";
      CREATE TABLE "Dân cư"."Hộ" (ma text, xa text, so numeric, bo text, luc timestamptz);
      ALTER TABLE "Dân cư"."Hộ" DROP COLUMN bo;
      INSERT INTO "Dân cư"."Hộ"
      SELECT 'H' || (n % 2300), CASE WHEN n % 7 = 0 THEN NULL ELSE (n % 65)::text END, n * 1.5,
             '2026-04-01T00:00:00Z'::timestamptz + n * interval '1 minute'
        FROM generate_series(1, 2500) n`);
  });

  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it('is what SQL says', async () => {
    const { rows } = await client.query<Record<string, number>>(`
      SELECT count(*)::int AS records, count(xa)::int AS filled, count(DISTINCT xa)::int AS different,
             (count(*) FILTER (WHERE xa NOT IN ('1', '2')))::int AS unknown,
             (count(*) FILTER (WHERE so <> trunc(so)))::int AS broken,
             (SELECT sum(n - 1)::int FROM (SELECT count(*) AS n FROM "Dân cư"."Hộ" WHERE xa IS NOT NULL
               GROUP BY ma, xa) twice) AS duplicates
        FROM "Dân cư"."Hộ"`);
    const [sql] = rows;
    const plan: ProfilePlan = {
      key: ['ma', 'xa'],
      fields: { xa: { codes: ['1', '2'] }, so: { pattern: '\\d+\\.0' } },
    };
    const { records, duplicates, fields } = await profileTable(database.url, '"Dân cư"."Hộ"', plan);
    const xa = fields[1]!;
    expect(fields.map(({ name }) => name)).toEqual(['ma', 'xa', 'so', 'luc']);
    expect({
      records,
      duplicates,
      filled: xa.filled,
      different: xa.distinct,
      unknown: xa.unknownCodes,
      broken: fields[2]!.invalid,
    }).toEqual(sql);
  });

  it('is taken without writing, and only of what there is', async () => {
    const plan: ProfilePlan = { key: [], fields: {} };
    await client.query(`CREATE FUNCTION leave_a_mark() RETURNS text LANGUAGE plpgsql AS
      $$ BEGIN DELETE FROM "Dân cư"."Hộ"; RETURN 'x'; END $$`);
    await client.query('CREATE VIEW trap AS SELECT leave_a_mark() AS mark');
    await expect(profileTable(database.url, 'trap', plan)).rejects.toThrow('read-only transaction');
    await expect(profileTable(database.url, 'hộ; DROP TABLE x', plan)).rejects.toThrow();
    await expect(profileTable(database.url, 'chưa_có', plan)).rejects.toThrow('there is no table "chưa_có"');
  });

  it('is printed as the registry takes it, and sent there', async () => {
    const lab = await DataServiceLab.open('registry', registryService);
    try {
      const base = await lab.start();
      const keeper = await lab.as(base, 'SKHCN', 'registry:read', 'registry:write');
      const json = { name: 'Hộ dân cư', kind: 'sector', owner: 'SYT' };
      const { id } = (await keeper('/v1/databases', { json })).body as unknown as RegistryDatabaseState;
      const plan = await file(JSON.stringify({ key: ['ma'], fields: { luc: { type: 'instant' } } }));
      const printed: string[] = [];
      const run = (token: string, day: string) =>
        profile(
          [
            ...['table', '"Dân cư"."Hộ"', '--plan', plan, '--updated-field', 'luc', '--note', 'Kiểm tra thử'],
            ...['--send', `${base}/v1/databases/${id}/quality-checks`],
          ],
          {
            environment: { DATABASE_URL: database.url, ACCESS_TOKEN: token },
            clock: new FixedClock(day),
            print: (text) => printed.push(text),
            tell: () => undefined,
          },
        );
      const token = await lab.token('SYT', 'registry:write');
      await run(token, '2026-04-20');
      await run(token, '2026-04-20');
      const body = JSON.parse(printed[0]!) as CheckContent;
      expect(body).toMatchObject({ tool: TOOL, records: 2_500, duplicates: 200, note: 'Kiểm tra thử' });
      const checks = itemsOf<CheckContent>(await keeper(`/v1/databases/${id}/quality-checks`));
      expect(checks).toHaveLength(1);
      expect(checks[0]).toMatchObject(body);
      const score = (await keeper(`/v1/databases/${id}/quality`)).body;
      expect(score).toMatchObject({ lastUpdateAt: '2026-04-02T17:40:00.000Z', judged: 2 });
      await expect(run(await lab.token('STC', 'registry:write'), '2026-04-19')).rejects.toThrow(
        'answered 403',
      );
    } finally {
      await lab.close();
    }
  });
});
