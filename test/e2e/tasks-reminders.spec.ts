import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { extractRawText } from 'mammoth';
import type { NoticeView } from '../../apps/tasks/src/notices/inbox/notice.view.js';
import type { TimelineEntry } from '../../apps/tasks/src/timeline/timeline-source.js';
import { NoticesLab } from './tasks-notices-lab.js';

let lab: NoticesLab;
beforeAll(async () => {
  lab = await NoticesLab.open();
  await Promise.all([lab.start(), lab.start()]);
});
afterAll(() => lab.close());

/** Lets the rounds of both replicas run on each of these days. */
async function live(...days: string[]): Promise<void> {
  for (const day of days) {
    lab.clock.set(day);
    await lab.rounds();
  }
}

/** Reminders, of the notices about a task. */
const noticesAbout = async (task: string, agency = 'STC') => {
  const notices = await lab.all<NoticeView>(`/v1/notices?agency=${agency}&task=${task}`);
  return notices.filter(({ kind }) => kind === 'task-reminder' || kind === 'task-overdue');
};
/** Day and what it says before the colon, oldest first. */
async function remindersOf(task: string): Promise<string[]> {
  const notices = await noticesAbout(task);
  return notices
    .reverse()
    .map(({ givenAt, title }) => `${givenAt.slice(0, 10)} ${title.split(':')[0] ?? ''}`);
}
const timelineOf = (task: string, agency = 'VPUBND') =>
  lab.all<TimelineEntry>(`/v1/tasks/${task}/timeline`, { agency });
const act = async (task: string, action: string, json: unknown, agency = 'VPUBND') => {
  const answer = await lab.send(`/v1/tasks/${task}/${action}`, { agency, json });
  expect(answer).toMatchObject({ status: 200 });
};
const evidence = { documentNumber: '812/STC-HCSN' };

describe('reminders of a task', () => {
  it('come 5, 3 and 1 working days before the last day, and at growing intervals after it', async () => {
    lab.clock.set('2026-04-20');
    const { id } = await lab.assignTask();
    const days = Array.from({ length: 60 }, (_, index) =>
      new Date(Date.UTC(2026, 3, 20 + index)).toISOString().slice(0, 10),
    );
    await live(...days);
    expect(await remindersOf(id)).toEqual([
      '2026-05-08 Nhắc việc (còn 5 ngày làm việc)',
      '2026-05-12 Nhắc việc (còn 3 ngày làm việc)',
      '2026-05-14 Nhắc việc (còn 1 ngày làm việc)',
      '2026-05-18 Đôn đốc (quá hạn 3 ngày)',
      '2026-05-22 Đôn đốc (quá hạn 7 ngày)',
      '2026-05-29 Đôn đốc (quá hạn 14 ngày)',
      '2026-06-15 Đôn đốc (quá hạn 31 ngày)',
    ]);
    const [overdue] = await noticesAbout(id);
    expect(overdue?.kind).toBe('task-overdue');
    expect(overdue?.recipients.map(({ role }) => role)).toEqual(['desk', 'head']);
    expect(overdue?.text).toContain('Ngày cuối cùng còn đúng hạn: 15/05/2026 (quá hạn 31 ngày)');
    expect(await noticesAbout(id, 'SNV')).toHaveLength(0);
  });

  it('are on its timeline, with the ones that were passed over', async () => {
    lab.clock.set('2026-04-20');
    const { id } = await lab.assignTask();
    await act(id, 'progress', { percent: 20, note: 'Đã nhận hồ sơ' }, 'STC');
    await live('2026-05-14', '2026-05-16', '2026-05-18');
    const timeline = await timelineOf(id);
    expect(timeline.map(({ at, source, kind, title }) => [at.slice(0, 10), source, kind, title])).toEqual([
      ['2026-04-20', 'history', 'assignment', 'Giao nhiệm vụ: hạn đến 15/05/2026'],
      ['2026-04-20', 'history', 'progress', 'Báo cáo tiến độ: 20%'],
      ['2026-05-14', 'reminders', 'passed-over', expect.stringMatching(/^Nhắc việc trước 5 .* 08\/05\/2026/)],
      ['2026-05-14', 'reminders', 'passed-over', expect.stringMatching(/^Nhắc việc trước 3 .* 12\/05\/2026/)],
      ['2026-05-14', 'reminders', 'sent', 'Nhắc việc trước 1 ngày làm việc (hạn 15/05/2026)'],
      ['2026-05-18', 'reminders', 'passed-over', expect.stringContaining('Đôn đốc khi quá hạn 1 ngày')],
      ['2026-05-18', 'reminders', 'sent', 'Đôn đốc khi quá hạn 3 ngày (hạn 15/05/2026)'],
    ]);
    const first = await lab.send(`/v1/tasks/${id}/timeline?limit=3`, { agency: 'STC' });
    const cursor = String(first.body['nextCursor']);
    const rest = await lab.send(`/v1/tasks/${id}/timeline?limit=3&cursor=${cursor}`, { agency: 'STC' });
    const pages = [...(first.body['items'] as unknown[]), ...(rest.body['items'] as unknown[])];
    expect(pages).toEqual(timeline.slice(0, 6));
    expect(await lab.send(`/v1/tasks/${id}/timeline`, { agency: 'SXD' })).toMatchObject({ status: 404 });
  });

  it('do not come in a heap after weeks of downtime, nor once more after it', async () => {
    lab.clock.set('2026-04-20');
    const { id } = await lab.assignTask();
    for (const replica of [...lab.replicas]) await replica.stop();
    lab.clock.set('2026-06-01');
    await Promise.all([lab.start(), lab.start()]);
    await live('2026-06-01', '2026-06-01', '2026-06-02');
    expect(await remindersOf(id)).toEqual(['2026-06-01 Đôn đốc (quá hạn 17 ngày)']);
    const passed = (await timelineOf(id)).filter(({ kind }) => kind === 'passed-over');
    expect(passed).toHaveLength(6);
  });

  it('that days are left is not said any more when the last day has passed meanwhile', async () => {
    lab.clock.set('2026-04-20');
    const { id } = await lab.assignTask();
    // A Saturday: the first reminder of what is overdue waits for Monday.
    await live('2026-05-16');
    expect(await remindersOf(id)).toEqual([]);
    await live('2026-05-18');
    expect(await remindersOf(id)).toEqual(['2026-05-18 Đôn đốc (quá hạn 3 ngày)']);
  });

  it('do not come while it is submitted, suspended or over', async () => {
    lab.clock.set('2026-04-20');
    const [submitted, suspended, cancelled, completed] = await Promise.all(
      Array.from({ length: 4 }, () => lab.assignTask()),
    );
    await act(submitted!.id, 'submission', { evidence }, 'STC');
    await act(suspended!.id, 'suspension', { reason: 'Chờ văn bản của Bộ' });
    await act(cancelled!.id, 'cancellation', { ground: 'Thông báo số 120/TB-VPUB' });
    await act(completed!.id, 'submission', { evidence }, 'STC');
    await act(completed!.id, 'confirmation', {});
    await live('2026-05-08', '2026-05-12');
    for (const task of [submitted, suspended, cancelled, completed]) {
      expect(await remindersOf(task!.id)).toEqual([]);
    }
    await act(submitted!.id, 'return', { reason: 'Thiếu phụ lục' });
    await act(suspended!.id, 'resumption', {});
    await live('2026-05-13', '2026-05-14');
    // The latest that was missed, then the calendar goes on.
    for (const task of [submitted, suspended]) {
      expect(await remindersOf(task!.id)).toEqual([
        '2026-05-13 Nhắc việc (còn 2 ngày làm việc)',
        '2026-05-14 Nhắc việc (còn 1 ngày làm việc)',
      ]);
    }
  });

  it('from before it was assigned are not sent; that it is overdue already is said once', async () => {
    lab.clock.set('2026-06-01');
    const soon = await lab.assignTask({ due: { date: '2026-06-03' } });
    const overdue = await lab.assignTask({ due: { date: '2026-05-20' } });
    await live('2026-06-01', '2026-06-01', '2026-06-02');
    expect(await remindersOf(soon.id)).toEqual(['2026-06-02 Nhắc việc (còn 1 ngày làm việc)']);
    expect(await remindersOf(overdue.id)).toEqual(['2026-06-01 Đôn đốc (quá hạn 12 ngày)']);
  });

  it('begin anew when the due date is extended, and what lies before the extension is not caught up on', async () => {
    lab.clock.set('2026-04-20');
    const { id } = await lab.assignTask();
    await live('2026-05-14', '2026-05-19');
    const document = { number: '130/TB-VPUB', date: '2026-05-20' };
    lab.clock.set('2026-05-20');
    await act(id, 'extension', { date: '2026-05-26', document, reason: 'Chờ thẩm định' });
    await live('2026-05-20', '2026-05-21', '2026-05-25', '2026-05-27');
    expect(await remindersOf(id)).toEqual([
      '2026-05-14 Nhắc việc (còn 1 ngày làm việc)',
      '2026-05-19 Đôn đốc (quá hạn 4 ngày)',
      '2026-05-21 Nhắc việc (còn 3 ngày làm việc)',
      '2026-05-25 Nhắc việc (còn 1 ngày làm việc)',
      '2026-05-27 Đôn đốc (quá hạn 1 ngày)',
    ]);
    const titles = (await timelineOf(id)).map(({ title }) => title);
    expect(titles).toContain('Gia hạn: từ 15/05/2026 đến 26/05/2026 theo 130/TB-VPUB');
  });

  it('wait for seven o’clock in the morning', async () => {
    lab.clock.set('2026-04-20');
    const { id } = await lab.assignTask();
    await live('2026-05-08T06:59:00+07:00');
    expect(await remindersOf(id)).toEqual([]);
    await live('2026-05-08T07:00:00+07:00');
    expect(await remindersOf(id)).toHaveLength(1);
  });
});

describe('a reminder letter', () => {
  /** Text of the document, a line each, as a reader shows it. */
  const readBack = async (bytes: Uint8Array): Promise<string[]> => {
    const { value } = await extractRawText({ buffer: Buffer.from(bytes) });
    return value.split('\n').filter((line) => line !== '');
  };
  const letterTo = (agency: string, caller: string) =>
    lab.send(`/v1/agencies/${agency}/reminder-letter.docx`, { agency: caller });

  it('about all overdue tasks of an agency has the form of an official letter and a line for each', async () => {
    lab.clock.set('2026-06-01');
    const document = { number: '131/TB-VPUB', date: '2026-06-01' };
    const late = await lab.assignTask({
      leads: ['SYT'],
      due: { phrase: 'trước ngày 15/5/2026' },
      clause: '2.b',
    });
    await act(late.id, 'extension', { date: '2026-05-20', document });
    await lab.assignTask({
      leads: ['SYT'],
      title: 'Kết nối bệnh án điện tử',
      due: { phrase: 'trước ngày 30/5/2026' },
    });
    await lab.assignTask({ leads: ['SYT'], title: 'Chưa đến hạn', due: { date: '2026-06-20' } });
    const answer = await letterTo('SYT', 'VPUBND');
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.headers.get('content-disposition')).toBe(
      `attachment; filename="don-doc-so-y-te-2026-06-01.docx"; filename*=UTF-8''${encodeURIComponent('Đôn đốc Sở Y tế 2026-06-01.docx')}`,
    );
    const lines = await readBack(answer.bytes);
    expect(lines.slice(0, 8)).toEqual([
      'ỦY BAN NHÂN DÂN TỈNH KHÁNH HÒA',
      'VĂN PHÒNG UBND TỈNH',
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      expect.stringMatching(/^Số: +\/VPUBND$/),
      'V/v đôn đốc thực hiện nhiệm vụ quá hạn',
      expect.stringMatching(/^Khánh Hòa, ngày +tháng +năm 2026$/),
      'Kính gửi: Sở Y tế',
    ]);
    expect(lines[8]).toContain('tính đến ngày 01/06/2026 còn 02 nhiệm vụ quá hạn');
    const table = lines.slice(
      lines.indexOf('STT'),
      lines.findIndex((line) => line.startsWith('Đề nghị')),
    );
    expect(table).toEqual([
      ...['STT', 'Nhiệm vụ', 'Văn bản giao', 'Thời hạn', 'Số ngày quá hạn', 'Số lần gia hạn'],
      ...['1', 'Thẩm định dự toán thuê đường truyền'],
      ...[
        expect.stringMatching(/^Thông báo kết luận .*Văn phòng UBND tỉnh, mục 2\.b$/),
        '20/05/2026',
        '12',
        '1',
      ],
      ...['2', 'Kết nối bệnh án điện tử', expect.stringContaining('mục 5')],
      ...['29/05/2026(“trước ngày 30/5/2026”)', '3', '0'],
    ]);
    expect(lines.slice(-5)).toEqual([
      'Nơi nhận:',
      '- Như trên;',
      '- UBND tỉnh (để báo cáo);',
      '- Lưu: VT.',
      'CHÁNH VĂN PHÒNG',
    ]);
  });

  it('about one task goes to its leads, before it is overdue too', async () => {
    lab.clock.set('2026-06-01');
    const { id } = await lab.assignTask({
      leads: ['STC', 'SNV'],
      collaborators: [],
      due: { date: '2026-06-05' },
    });
    const answer = await lab.send(`/v1/tasks/${id}/reminder-letter.docx`, { agency: 'SKHCN' });
    const lines = await readBack(answer.bytes);
    expect(lines).toEqual(
      expect.arrayContaining([
        'SỞ KHOA HỌC VÀ CÔNG NGHỆ',
        'V/v nhắc thực hiện nhiệm vụ được giao',
        '- Sở Tài chính;',
        '- Sở Nội vụ.',
        'Chưa quá hạn',
        'GIÁM ĐỐC',
      ]),
    );
  });

  it('is for the assigning side, and only where there is something to remind of', async () => {
    lab.clock.set('2026-06-01');
    const { id } = await lab.assignTask({ leads: ['TTT'], collaborators: [], due: { date: '2026-05-20' } });
    const path = `/v1/tasks/${id}/reminder-letter.docx`;
    expect(await lab.send(path, { agency: 'TTT' })).toMatchObject({ status: 403 });
    expect(await lab.send(path, { agency: 'SXD' })).toMatchObject({ status: 404 });
    expect(await letterTo('TTT', 'SXD')).toMatchObject({ status: 409 });
    expect(await letterTo('TTT', 'VPUBND')).toMatchObject({ status: 200 });
    expect(await letterTo('UNKNOWN', 'VPUBND')).toMatchObject({ status: 404 });
    await act(id, 'submission', { evidence }, 'TTT');
    expect(await lab.send(path, { agency: 'VPUBND' })).toMatchObject({
      status: 409,
      body: { code: 'nothing-to-remind' },
    });
    expect(await letterTo('TTT', 'VPUBND')).toMatchObject({ status: 409 });
  });
});
