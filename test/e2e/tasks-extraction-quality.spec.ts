import { describe, expect, it } from '@jest/globals';
import { WorkingCalendar } from '#libs/calendar';
import { loadReferenceData } from '#libs/reference';
import { extractDirective } from '../../apps/tasks/src/extraction/extract.js';
import { precision, readFixture, recall, type Score, score } from './tasks-extraction-score.js';

const reference = loadReferenceData();
const surroundings = { reference, calendar: new WorkingCalendar(reference.holidays), today: '2026-04-20' };

/** Documents of other provinces, ministries and the Government Office, in the style of such documents. */
const OTHERS = [
  '01-government-office-notice',
  '02-province-letter',
  '03-urgent-telegram',
  '04-plan-with-fields',
  '05-instruction',
  '06-scanned-notice',
  '07-decision',
  '08-government-resolution',
  '09-city-notice',
  '10-department-letter',
  '11-plan-with-table',
  '12-weekly-briefing',
  '13-people-committee-resolution-plan',
  '14-short-instruction-letter',
  '15-ministry-notice',
  '16-ward-notice',
];

function scoreOf(name: string): Score {
  const { text, labels } = readFixture(name);
  return score(text, labels.tasks, extractDirective(text, surroundings).tasks);
}

describe('tasks read from documents, as (task, lead set, due date)', () => {
  it.each(['seed-001', 'seed-004'])('%s: precision and recall are at least 0.95', (name) => {
    const read = scoreOf(name);
    expect({ precision: precision(read) >= 0.95, recall: recall(read) >= 0.95, misses: read.misses }).toEqual(
      {
        precision: true,
        recall: true,
        misses: expect.any(Array),
      },
    );
  });

  it('other documents together: precision and recall are at least 0.95', () => {
    const scores = OTHERS.map(scoreOf);
    const sum = (pick: (read: Score) => number) => scores.reduce((total, read) => total + pick(read), 0);
    const whole: Score = {
      labelled: sum((read) => read.labelled),
      found: sum((read) => read.found),
      right: sum((read) => read.right),
      misses: scores.flatMap((read) => read.misses),
    };
    expect({
      precision: precision(whole) >= 0.95,
      recall: recall(whole) >= 0.95,
      misses: whole.misses,
    }).toEqual({
      precision: true,
      recall: true,
      misses: expect.any(Array),
    });
  });

  it.each([...OTHERS, 'seed-001', 'seed-004'])('%s: collaborators, last days and header', (name) => {
    const { text, labels } = readFixture(name);
    const { header, tasks } = extractDirective(text, surroundings);
    const { number, kind, issuer, date } = header;
    expect({ number, kind, issuer: issuer.code ?? issuer.name, date }).toEqual(labels.header);
    const names = (agencies: { code: string | null; name: string }[]) =>
      agencies.map(({ code, name: as }) => code ?? as).sort();
    expect(tasks.map((task) => [names(task.collaborators), task.due.lastDay])).toEqual(
      labels.tasks.map((task) => [[...task.collaborators].sort(), task.lastDay]),
    );
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
  ])('%s: 200,000 characters are read within 15 s', (_name, text) => {
    const start = performance.now();
    extractDirective(text, surroundings);
    expect(performance.now() - start).toBeLessThan(15_000);
  });
});

describe('what a document names', () => {
  const read = (text: string) => extractDirective(text, surroundings).tasks;
  const leadsOf = (text: string) =>
    read(text).flatMap(({ leads }) => leads.map(({ code, name }) => code ?? name));

  it.each([
    ['Giao đồng chí Nguyễn Văn A, Phó Chủ tịch UBND tỉnh trực tiếp chỉ đạo.', ['Phó Chủ tịch UBND tỉnh']],
    ['Phân công đồng chí Trần Thị B - Giám đốc Sở Tài chính chủ trì rà soát.', ['STC']],
    ['Giao Phó Thủ tướng Lê Văn C chỉ đạo xử lý.', ['Phó Thủ tướng']],
    [
      'Giao các Sở: Tài chính, Nội vụ, Dân tộc và Tôn giáo tham mưu.',
      ['STC', 'SNV', 'Sở Dân tộc và Tôn giáo'],
    ],
    ['Giao Sở KH&CN, Sở TC, VP UBND tỉnh phối hợp rà soát.', ['SKHCN', 'STC', 'VPUBND']],
    ['Giao UBND các phường: Bắc Nha Trang, Nha Trang rà soát.', ['22333', '22366']],
    ['Sở Xây dựng (chủ trì), Sở Tài chính tham mưu trước ngày 05/5/2026.', ['SXD']],
    ['Giao Sở Tài chính tỉnh Lâm Đồng cung cấp số liệu.', ['Sở Tài chính tỉnh Lâm Đồng']],
    ['Toà án nhân dân tỉnh Khánh Hoà chủ trì rà soát.', ['TAND']],
  ])('%s', (text, leads) => {
    expect(leadsOf(text)).toEqual(leads);
  });

  it.each([
    'Sở Tài chính đã hoàn thành việc phân bổ trước ngày 30/4/2026.',
    'Biểu dương Sở Nội vụ, Công an tỉnh.',
    'Nhiệm vụ được Chính phủ giao cho địa phương rất nặng nề.',
    'Căn cứ Quyết định số 12/QĐ-UBND ngày 01/4/2026 của UBND tỉnh giao Sở Y tế quản lý;',
    'Văn phòng UBND tỉnh thông báo để các cơ quan biết, thực hiện./.',
    'Nơi nhận:\n- Sở Tài chính rà soát;',
  ])('sets no task: %s', (text) => {
    expect(read(text)).toEqual([]);
  });

  it('says what is doubtful', () => {
    const [task] = read('1. Sở An toàn thực phẩm rà soát trong tuần này.');
    expect(task).toMatchObject({ due: { date: '2026-04-26' }, leads: [{ code: null }] });
    expect(task?.reason).toMatch(/chưa có trong danh mục: "Sở An toàn thực phẩm"/);
    expect(task?.confidence).toBeLessThan(0.95);
  });
});
