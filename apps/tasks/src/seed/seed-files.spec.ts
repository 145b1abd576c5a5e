import { describe, expect, it } from '@jest/globals';
import { parseDuePhrase } from '#libs/calendar';
import { DIRECTIVE_KINDS } from '#libs/contracts';
import { loadReferenceData } from '#libs/reference';
import { SEED_FILES, type SeedTask } from './seed-files.js';

const reference = loadReferenceData();
const fileOf = (seed: string) => {
  const file = SEED_FILES.find((candidate) => candidate.seed === seed);
  if (!file) throw new Error(`no seed ${seed}`);
  return file;
};
const isDated = (task: SeedTask) => task.due.date !== null;
/** Clause without the dash and paragraph, leads, date as written, last day. */
const inShort = (task: SeedTask) =>
  [task.clause.split(',')[0], task.leads.join('+'), task.due.date, task.due.lastDay].join(' ');

describe('transcription of the source documents', () => {
  it.each([
    ['000', 2, 9, 2],
    ['001', 9, 13, 10],
    ['002', 2, 39, 7],
    ['004', 3, 9, 7],
  ])('seed %s: %i directives, %i tasks, %i of them dated', (seed, directives, tasks, dated) => {
    const file = fileOf(seed);
    expect(file.directives).toHaveLength(directives);
    expect(file.tasks).toHaveLength(tasks);
    expect(file.tasks.filter(isDated)).toHaveLength(dated);
  });

  it('has the exact dates of the letter on Decision 508/QĐ-UBND', () => {
    expect(fileOf('000').tasks.filter(isDated).map(inShort)).toEqual([
      '2 DNDH 2026-06-30 2026-06-30',
      '3 CSBN 2026-03-12 2026-03-11',
    ]);
  });

  it('has the exact dates of the conclusions of session 5', () => {
    expect(fileOf('001').tasks.filter(isDated).map(inShort)).toEqual([
      '2.a SKHCN 2026-02-12 2026-02-12',
      '2.a SKHCN 2026-02-28 2026-02-28',
      '2.a SKHCN 2026-02-28 2026-02-28',
      '2.a SKHCN 2026-03-25 2026-03-24',
      '2.a SKHCN 2026-05-18 2026-05-18',
      '2.a SKHCN 2026-02-23 2026-02-23',
      '2.a SKHCN 2026-03-05 2026-03-04',
      '2.b SKHCN+STC 2026-05-18 2026-05-18',
      '2.c SKHCN+SNV 2026-03-31 2026-03-31',
      '2.d SKHCN+SXD 2026-03-25 2026-03-25',
    ]);
  });

  it('has the exact dates of the plan for Resolution 214/NQ-CP', () => {
    expect(fileOf('002').tasks.filter(isDated).map(inShort)).toEqual([
      'III.1.đ CSBN 2026-12-31 2026-12-31',
      'III.2.a SKHCN 2026-12-31 2026-12-31',
      'III.3.a SKHCN 2026-12-31 2026-12-31',
      'III.3.b CSBN 2026-12-31 2026-12-31',
      'III.4.a CSBN 2026-03-31 2026-03-31',
      'III.4.c SKHCN+CAT 2026-02-28 2026-02-28',
      'IV.2 CAT 2026-01-31 2026-01-31',
    ]);
  });

  it('has the exact dates of the conclusions of session 11, and the one that may not be extended', () => {
    const dated = fileOf('004').tasks.filter(isDated);
    expect(dated.map(inShort)).toEqual([
      '1 SKHCN 2026-04-25 2026-04-25',
      '1 SKHCN 2026-04-26 2026-04-25',
      '1 SKHCN 2026-04-28 2026-04-27',
      '2.a SNV 2026-04-28 2026-04-28',
      '2.a SNV 2026-05-15 2026-05-14',
      '2.b SKHCN 2026-04-30 2026-04-30',
      '3 BQLDAPT 2026-05-05 2026-05-05',
    ]);
    const final = SEED_FILES.flatMap((file) => file.tasks).filter((task) => !task.due.extendable);
    expect(final.map((task) => [task.clause, task.leads, task.due.lastDay])).toEqual([
      ['3', ['BQLDAPT'], '2026-05-05'],
    ]);
  });

  it('has the duties that come again', () => {
    const recurrent = SEED_FILES.flatMap((file) => file.tasks).filter((task) => task.due.recurrence !== null);
    expect(recurrent.map(({ leads, due }) => [leads, due.phrase, due.recurrence])).toEqual([
      [['CSBN'], 'trước ngày 20 hàng tháng', { unit: 'month', interval: 1, day: 20, lastDay: 19 }],
      [
        ['CSBN', 'CCQDV', 'CDP'],
        'định kỳ 02 tuần/lần',
        { unit: 'week', interval: 2, day: null, lastDay: null },
      ],
      [['CSBN', 'CDP'], 'Hàng năm', { unit: 'year', interval: 1, day: null, lastDay: null }],
    ]);
  });

  it('has every directive with its number, issuer and day, and null where the document leaves them open', () => {
    const directives = SEED_FILES.flatMap((file) => file.directives);
    expect(
      directives.map(({ number, symbol, issuer, issuedOn }) => [
        number ?? `? ${String(symbol)}`,
        issuer,
        issuedOn,
      ]),
    ).toEqual([
      ['? SKHCN-TTCĐS', 'SKHCN', null],
      ['634/SKHHCN-CĐS', 'SKHCN', '2026-01-30'],
      ['? TB-UBND', 'UBND', null],
      ['1489/KH-UBND', 'UBND', '2026-01-23'],
      ['2364/KH-UBND', 'UBND', '2026-02-06'],
      ['2366/KH-UBND', 'UBND', '2026-02-06'],
      ['2725/KH-UBND', 'UBND', '2026-02-05'],
      ['2253/KH-UBND', 'UBND', '2026-02-05'],
      ['508/QĐ-UBND', 'UBND', '2026-02-09'],
      ['473/TB-UBND', 'UBND', '2025-12-25'],
      ['246-QĐ/TU', 'TU', '2026-01-30'],
      ['? KH-UBND', 'UBND', null],
      ['214/NQ-CP', 'CP', '2025-07-23'],
      ['? TB-VPUB', 'VPUBND', null],
      ['1734-CV/VPTW', 'VPTWD', '2026-04-13'],
      ['5474/UBND-KGVX', 'UBND', '2026-04-20'],
    ]);
    expect(directives.every((directive) => DIRECTIVE_KINDS.includes(directive.kind))).toBe(true);
  });

  const tasks = SEED_FILES.flatMap((file) =>
    file.tasks.map((task): [string, SeedTask] => [`${file.seed}: ${task.title}`, task]),
  );

  it.each(tasks)('%s: agencies are known, and the phrase says what the dates say', (_title, task) => {
    const agencies = [...task.leads, ...task.collaborators];
    expect(task.leads.length).toBeGreaterThan(0);
    expect(new Set(agencies).size).toBe(agencies.length);
    expect(agencies.filter((code) => !reference.agency(code)?.current)).toEqual([]);
    if (task.due.phrase === null) {
      expect(task.due).toMatchObject({ date: null, lastDay: null, recurrence: null });
    } else {
      const { date, lastDay, recurrence, phrase } = task.due;
      expect(parseDuePhrase(phrase, '2026-01-01')).toEqual({ date, lastDay, recurrence, phrase });
    }
  });

  it('writes Vietnamese in NFC and names no title twice', () => {
    const texts = tasks.flatMap(([, task]) => [task.title, task.description ?? '', task.due.phrase ?? '']);
    expect(texts.filter((text) => text !== text.normalize('NFC'))).toEqual([]);
    expect(new Set(tasks.map(([, task]) => task.title)).size).toBe(tasks.length);
  });
});
