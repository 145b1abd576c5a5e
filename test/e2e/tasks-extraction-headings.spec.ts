import { describe, expect, it } from '@jest/globals';
import { WorkingCalendar } from '#libs/calendar';
import { loadReferenceData } from '#libs/reference';
import { extractDirective } from '../../apps/tasks/src/extraction/extract.js';
import { fixtureNames, readFixture, score } from './tasks-extraction-score.js';

const reference = loadReferenceData();
const surroundings = { reference, calendar: new WorkingCalendar(reference.holidays), today: '2026-04-20' };

const read = (text: string) =>
  extractDirective(text, surroundings).tasks.map(({ text: words, leads, collaborators, due }) => ({
    words,
    leads: leads.map(({ code, name }) => code ?? name),
    collaborators: collaborators.map(({ code, name }) => code ?? name),
    date: due.date,
  }));

const leadsOf = (text: string) => read(text).map(({ leads }) => leads.join(', '));

describe('headings and introductions that are worded otherwise', () => {
  /** First numbered line at or above the first labelled task. */
  function firstItem(text: string, start: string): number {
    const at = text.indexOf(start);
    const numbered = [...text.slice(0, at + 1).matchAll(/^(?:I\.|I-|A\.|1\.|1-|1\/|Điều 1\.) ?/gm)];
    return numbered.at(-1)?.index ?? text.lastIndexOf('\n', at) + 1;
  }

  it.each(['Nhiệm vụ trong thời gian tới', 'Trọng tâm thời gian tới'])(
    'an assessment without a number, then "%s": the tasks below are those of the documents without it',
    (heading) => {
      const aside = `Kết quả thực hiện\n\nTỷ lệ giải ngân đạt 45%, cơ bản đúng tiến độ.\n\n${heading}\n\n`;
      let lost = 0;
      for (const name of fixtureNames().filter((_, index) => index % 4 === 0)) {
        const { text, labels } = readFixture(name);
        const place = firstItem(text, labels.tasks[0]!.start);
        const changed = text.slice(0, place) + aside + text.slice(place);
        const rightIn = (words: string) =>
          score(words, labels.tasks, extractDirective(words, surroundings).tasks).right;
        lost += rightIn(text) - rightIn(changed);
      }
      expect(lost).toBeLessThanOrEqual(3);
    },
  );

  it('an assessment without a number ends where the numbered parts begin', () => {
    const text =
      'Đánh giá chung\n\nTỷ lệ đạt 45%.\n\nI. Hồ sơ\n\n1. Sở Y tế rà soát hồ sơ.\n\nII. Biên chế\n\n1. Sở Nội vụ rà soát biên chế.';
    expect(leadsOf(text)).toEqual(['SYT', 'SNV']);
  });

  it('in a part that tells what was done, only who is charged or has a day ahead is told', () => {
    const told = [
      'Sở Y tế chủ trì rà soát hồ sơ.',
      'Sở Nội vụ rà soát biên chế, hoàn thành trước ngày 30/6/2026.',
      'Sở Tài chính rà soát dự toán.',
      'Sở Xây dựng đã chủ trì rà soát quy hoạch.',
    ];
    const letter = 'Số: 5/UBND-TH\nKhánh Hòa, ngày 20 tháng 4 năm 2026\n\nI. Tồn tại, hạn chế\n\n';
    expect(leadsOf(letter + told.map((line) => `- ${line}`).join('\n\n'))).toEqual(['SYT', 'SNV']);
  });

  it.each([
    ['1. Kết quả và nhiệm vụ thời gian tới\n\na) Sở Y tế rà soát hồ sơ.', ['SYT']],
    ['1. Lãnh đạo Sở Y tế:\n\na) Rà soát hồ sơ.', ['SYT']],
    ['1. Sở Y tế, cụ thể như sau:\n\na) Rà soát hồ sơ.', ['SYT']],
    ['1. Giao Sở Y tế thực hiện các nhiệm vụ sau.\n\na) Rà soát hồ sơ.', ['SYT']],
    ['1. Chủ các tàu cá:\n\na) Rà soát hồ sơ.', ['Chủ các tàu cá']],
    ['1. Các chi bộ thôn: rà soát hộ nghèo.', ['các chi bộ thôn']],
    ['Sở Nội vụ trân trọng đề nghị Sở Y tế triển khai các nội dung sau.\n\n1. Rà soát hồ sơ.', ['SYT']],
    ['UBND 13 tỉnh, thành phố chưa báo cáo khẩn trương rà soát.', ['UBND 13 tỉnh, thành phố chưa báo cáo']],
    ['1. Kinh phí: Sở Y tế bố trí kinh phí tập huấn.', ['SYT']],
  ])('%s', (text, leads) => {
    expect(leadsOf(text)).toEqual(leads);
  });

  it('everything about a task may stand on one line', () => {
    const line =
      'Nhiệm vụ 1: Rà soát hồ sơ. Chủ trì: Sở Y tế. Phối hợp: Sở Nội vụ, Sở Tài chính. Thời hạn: 28/02/2027.';
    expect(read(line)).toMatchObject([{ leads: ['SYT'], collaborators: ['SNV', 'STC'], date: '2027-02-28' }]);
  });

  it('a work is what is to be done, and "Chủ đầu tư" who leads it, though its name is that of an agency', () => {
    const works =
      'PHỤ LỤC\nDANH MỤC CÔNG TRÌNH\n\n1. Trường Trung học phổ thông Cam Lâm\n- Chủ đầu tư: Sở Xây dựng\n- Thời hạn hoàn thành: tháng 7/2027';
    expect(read(works)).toMatchObject([
      { words: 'Trường Trung học phổ thông Cam Lâm', leads: ['SXD'], date: '2027-07-31' },
    ]);
  });

  it('a month without a year that is just over sets no time', () => {
    const notice = 'Số: 5/TB-UBND\nKhánh Hòa, ngày 08 tháng 7 năm 2026\n\n';
    const [late] = read(`${notice}1. Sở Nội vụ thông báo phê bình công chức trễ hạn hồ sơ trong tháng 6.`);
    const [ahead] = read(`${notice}1. Sở Nội vụ rà soát hồ sơ trong tháng 1.`);
    expect([late?.date, ahead?.date]).toEqual([null, '2027-01-31']);
  });

  it('minutes say their day in a sentence, and who was there or reported has no task', () => {
    const minutes =
      'SỞ Y TẾ\nSố: 12/BB-SYT\n\nBIÊN BẢN LÀM VIỆC\n\nHôm nay, vào lúc 14 giờ 00 ngày 06 tháng 5 năm 2026, tại Sở Y tế đã diễn ra cuộc làm việc giữa các bên.\n\nI. THÀNH PHẦN\n1. Sở Nội vụ: Phó Giám đốc Sở (chủ trì).\n\nII. NỘI DUNG\nĐại diện Sở Nội vụ báo cáo: đã rà soát 12 hồ sơ.\n\nIII. THỐNG NHẤT\n1. Sở Y tế rà soát hồ sơ trước 11/5.';
    const { header } = extractDirective(minutes, surroundings);
    expect([header.kind, header.date, read(minutes).length]).toEqual(['other', '2026-05-06', 1]);
  });
});
