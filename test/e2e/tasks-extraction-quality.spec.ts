import { describe, expect, it } from '@jest/globals';
import { WorkingCalendar } from '#libs/calendar';
import { loadReferenceData } from '#libs/reference';
import { extractDirective } from '../../apps/tasks/src/extraction/extract.js';
import { fixtureNames, precision, readFixture, recall, type Score, score } from './tasks-extraction-score.js';

const reference = loadReferenceData();
const surroundings = { reference, calendar: new WorkingCalendar(reference.holidays), today: '2026-04-20' };

const SEEDS = ['seed-001', 'seed-004'];
/** Documents of other provinces, ministries and the Government, in the style of such documents. */
const OTHERS = fixtureNames().filter((name) => !SEEDS.includes(name));

function scoreOf(name: string): Score {
  const { text, labels } = readFixture(name);
  return score(text, labels.tasks, extractDirective(text, surroundings).tasks);
}

describe('tasks read from documents, as (task, lead set, due date)', () => {
  it.each(SEEDS)('%s: precision and recall are at least 0.95', (name) => {
    const read = scoreOf(name);
    expect({ precision: precision(read) >= 0.95, recall: recall(read) >= 0.95, misses: read.misses }).toEqual(
      {
        precision: true,
        recall: true,
        misses: expect.any(Array),
      },
    );
  });

  it('other documents together: precision and recall are at least 0.95, and so are collaborators and last days', () => {
    const scores = OTHERS.map(scoreOf);
    const sum = (pick: (read: Score) => number) => scores.reduce((total, read) => total + pick(read), 0);
    const whole: Score = {
      labelled: sum((read) => read.labelled),
      found: sum((read) => read.found),
      right: sum((read) => read.right),
      complete: sum((read) => read.complete),
      misses: scores.flatMap((read) => read.misses),
    };
    expect({
      documents: scores.length,
      precision: precision(whole) >= 0.95,
      recall: recall(whole) >= 0.95,
      complete: whole.complete / whole.right >= 0.95,
      misses: whole.misses,
    }).toEqual({
      documents: OTHERS.length,
      precision: true,
      recall: true,
      complete: true,
      misses: expect.any(Array),
    });
  });

  it.each([...OTHERS, ...SEEDS])('%s: header', (name) => {
    const { text, labels } = readFixture(name);
    const { number, kind, issuer, date } = extractDirective(text, surroundings).header;
    expect({ number, kind, issuer: issuer.code ?? issuer.name, date }).toEqual(labels.header);
  });
});

describe('texts made to cost time', () => {
  const filled = (piece: string): string => piece.repeat(Math.ceil(200_000 / piece.length));

  // Expressions that go back over what they read would take hours for these, not seconds.
  it.each([
    ['brackets', filled('(i) ')],
    ['names without an end', filled('Ban Quản lý Dự án ')],
    ['agencies in one list', filled('Sở Tài chính, ')],
    ['times', filled('trước ngày 1/1/2026; ')],
    ['clauses of many levels', filled('1. a:\na) b:\n- c:\n+ d:\n')],
    ['tasks', filled('Giao Sở Tài chính báo cáo trước ngày 1/1/2026.\n')],
    ['blanks', filled(' \t')],
    ['a number', filled('1/')],
    ['times in one sentence', filled('trước ngày 1/1/2026, ')],
    ['short names', filled('Sở Tài chính (gọi tắt là STC) ')],
    ['heads of tables', filled('TT\nNội dung\nChủ trì\nThời hạn\n1\na\nb\n')],
    ['columns without an end', filled('Nội dung\na\nb\n')],
    ['columns', filled('TT  Nội dung  Chủ trì  Thời hạn\n1  a  b  c\n')],
    ['places', filled('riêng tỉnh A, B, C và D, ')],
    ['a group', filled('các doanh nghiệp công nghệ vùng ven biển ')],
    ['members of groups', filled('Các đơn vị gồm: Sở Y tế, các cơ quan sau: ')],
    ['the same day', filled('Sở Y tế báo cáo trước 18h00 cùng ngày.\n')],
  ])('%s: 200,000 characters are read within 15 s', (_name, text) => {
    const start = performance.now();
    extractDirective(text, surroundings);
    expect(performance.now() - start).toBeLessThan(15_000);
  });
});
