import { describe, expect, it } from '@jest/globals';
import { ImpossibleDateError, parseDuePhrase } from './index.js';

const read = (phrase: string, reference = '2026-02-10') => {
  const { date, lastDay } = parseDuePhrase(phrase, reference);
  return [date, lastDay];
};

describe('parseDuePhrase', () => {
  it.each([
    ['trong tháng 4/2026', '2026-04-30'],
    ['hoàn thành trong tháng 4/2026', '2026-04-30'],
    ['hoàn thành trong tháng 02/2026', '2026-02-28'],
    ['Hoàn thành trong tháng 01/2026', '2026-01-31'],
    ['thời hạn tháng 3/2026', '2026-03-31'],
    ['tháng 3 năm 2026', '2026-03-31'],
    ['Quý II/2026', '2026-06-30'],
    ['hoàn thành trong Quý I năm 2026', '2026-03-31'],
    ['quý IV/2027', '2027-12-31'],
    ['Quý 3 năm 2026', '2026-09-30'],
    ['hoàn thành trong năm 2026', '2026-12-31'],
    ['chậm nhất ngày 28/4/2026', '2026-04-28'],
    ['chậm nhất ngày 25/4/2026', '2026-04-25'],
    ['thời hạn ngày 12/02/2026', '2026-02-12'],
    ['hoàn thành chậm nhất ngày 05/5/2026 (không xin gia hạn thêm)', '2026-05-05'],
    ['vào dịp Ngày KHCN Việt Nam - ngày 18/5/2026', '2026-05-18'],
    ['ngày 18 tháng 5 năm 2026', '2026-05-18'],
    ['trước 10 giờ ngày 28/4/2026', '2026-04-28'],
    ['đầu tháng 5/2026', '2026-05-01'],
    ['giữa tháng 5/2026', '2026-05-15'],
    ['cuối tháng 02/2028', '2028-02-29'],
    ['đầu năm 2027', '2027-01-01'],
    ['giữa năm 2027', '2027-06-30'],
    ['cuối năm 2027', '2027-12-31'],
    ['6 tháng đầu năm 2026', '2026-06-30'],
    ['trong 09 tháng đầu năm 2027', '2027-09-30'],
    ['6 tháng cuối năm 2026', '2026-12-31'],
    ['chậm nhất ngày 05.6.2026', '2026-06-05'],
  ])('%s: written and last day %s', (phrase, day) => {
    expect(read(phrase)).toEqual([day, day]);
  });

  it.each([
    ['trước ngày 15/5/2026', '2026-05-15', '2026-05-14'],
    ['báo cáo trước ngày 05/3/2026', '2026-03-05', '2026-03-04'],
    ['trước ngày 01/3/2028', '2028-03-01', '2028-02-29'],
    ['trước 12/3/2026', '2026-03-12', '2026-03-11'],
    ['trước 12.3.2026', '2026-03-12', '2026-03-11'],
    ['trước tháng 9/2026', '2026-09-01', '2026-08-31'],
    ['trước Quý III/2026', '2026-07-01', '2026-06-30'],
  ])('%s: written %s, last day %s', (phrase, date, lastDay) => {
    expect(read(phrase)).toEqual([date, lastDay]);
  });

  it('leaves a stated date on a day off where it is', () => {
    expect(read('trước ngày 26/4/2026')).toEqual(['2026-04-26', '2026-04-25']);
  });

  it('takes the first such date from the document’s day on when no year is given', () => {
    expect(read('trước ngày 15/5', '2026-04-20')).toEqual(['2026-05-15', '2026-05-14']);
    expect(read('trước ngày 15/01', '2026-12-20')).toEqual(['2027-01-15', '2027-01-14']);
    expect(read('trong tháng 4', '2026-04-20')).toEqual(['2026-04-30', '2026-04-30']);
    expect(read('Quý I', '2026-04-20')).toEqual(['2027-03-31', '2027-03-31']);
  });

  it.each([
    ['02 tuần/lần', { unit: 'week', interval: 2, day: null, lastDay: null }],
    ['báo cáo định kỳ 02 tuần/lần', { unit: 'week', interval: 2, day: null, lastDay: null }],
    ['trước ngày 20 hàng tháng', { unit: 'month', interval: 1, day: 20, lastDay: 19 }],
    ['ngày 20 hằng tháng', { unit: 'month', interval: 1, day: 20, lastDay: 20 }],
    ['03 tháng/lần', { unit: 'month', interval: 3, day: null, lastDay: null }],
    ['hàng quý', { unit: 'quarter', interval: 1, day: null, lastDay: null }],
    ['hàng năm', { unit: 'year', interval: 1, day: null, lastDay: null }],
  ])('%s comes again', (phrase, recurrence) => {
    expect(parseDuePhrase(phrase, '2026-02-10')).toEqual({ phrase, date: null, lastDay: null, recurrence });
  });

  it.each([
    'thực hiện khi Chính phủ ban hành',
    'thực hiện theo yêu cầu của Bộ Công an',
    'theo lộ trình xây dựng Trung tâm dữ liệu quốc gia',
    'kể từ ngày 01/7/2026',
    'thường xuyên',
    '',
  ])('keeps "%s" as a phrase without a date', (phrase) => {
    expect(parseDuePhrase(phrase, '2026-02-10')).toEqual({
      phrase,
      date: null,
      lastDay: null,
      recurrence: null,
    });
  });

  it('reads decomposed letters and odd blanks, and keeps the phrase in NFC', () => {
    const typed = '  Trước ngày  15/5/2026 '.normalize('NFD');
    expect(parseDuePhrase(typed, '2026-02-10')).toMatchObject({
      phrase: 'Trước ngày  15/5/2026',
      lastDay: '2026-05-14',
    });
  });

  it.each(['ngày 31/4/2026', 'trước ngày 30/02/2026', 'tháng 13/2026', 'trước ngày 45 hàng tháng'])(
    'refuses "%s": there is no such day',
    (phrase) => {
      expect(() => parseDuePhrase(phrase, '2026-02-10')).toThrow(ImpossibleDateError);
    },
  );
});
