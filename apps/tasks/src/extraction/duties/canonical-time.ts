/** Named groups of an expression of time. */
export type Groups = Record<string, string | undefined>;

/**
 * A time in the words that libs/calendar reads: "ngày 5/9/2026", "tháng 9", "Quý III/2026"; null when the match is no time.
 *
 * @param groups what the expression of times found
 * @param day day of the document, from which "tuần này" and dates without a year are told
 */
export function canonicalTime(groups: Groups, day: string): string | null {
  const digits = (text: string): string => text.replaceAll('l', '1').replaceAll('o', '0');
  const year = (text: string | undefined): string => (text === undefined ? '' : `/${digits(text)}`);
  const [dayText, month] = [groups['day'] ?? groups['wday'], groups['month'] ?? groups['wmonth']];
  if (dayText !== undefined && month !== undefined) {
    const stated = groups['year'] ?? groups['wyear'];
    // "16,5/20" and clause numbers such as "1.2" are no dates.
    if (
      stated === undefined &&
      groups['day'] !== undefined &&
      groups['named'] === undefined &&
      !/[0-9] ?\/ ?[0-9]/.test(`${dayText}/${month}`)
    )
      return null;
    if (!/\d/.test(dayText + month)) return null;
    return `ngày ${digits(dayText)}/${digits(month)}${year(stated)}`;
  }
  if (groups['half'] !== undefined) {
    const half = groups['halfpart'] === 'dau' ? 'đầu' : 'cuối';
    return `${groups['half']} tháng ${half} năm ${groups['hyear'] ?? day.slice(0, 4)}`;
  }
  if (groups['mmonth'] !== undefined)
    return monthText(groups, digits(groups['mmonth']), year(groups['myear']), day);
  if (groups['quarter'] !== undefined) return `Quý ${groups['quarter']}${year(groups['qyear'])}`;
  if (groups['yyear'] !== undefined) return `${partOf(groups['ypart'])}năm ${groups['yyear']}`;
  if (groups['week'] !== undefined) return calendarWeek(Number(groups['week']), day);
  const unit = groups['unit'] ?? groups['bare'];
  return unit === undefined ? null : presentText(unit, groups['which'] ?? 'nay', day);
}

function partOf(folded: string | undefined): string {
  const parts: Groups = { dau: 'đầu ', giua: 'giữa ', cuoi: 'cuối ' };
  return parts[folded?.trim() ?? ''] ?? '';
}

/** "tuần thứ ba của tháng" ends on its 21st; the fifth with the month. */
function weekEnd(words = ''): string | undefined {
  const which = /^tuan (?:thu )?([1-4]|nhat|hai|ba|tu)$/.exec(words)?.[1];
  const weeks: Groups = {
    nhat: '7',
    '1': '7',
    hai: '14',
    '2': '14',
    ba: '21',
    '3': '21',
    tu: '28',
    '4': '28',
  };
  return weeks[which ?? ''];
}

/** Ten-day parts, halves and weeks of a month end on the 10th, the 15th, the 20th, the 7th; everything else on its last day. */
function monthText(groups: Groups, month: string, year: string, day: string): string {
  const ends: Groups = { 'tuan dau': '7', 'thuong tuan': '10', 'nua dau': '15', 'trung tuan': '20' };
  const end = ends[groups['part'] ?? ''] ?? weekEnd(groups['part']);
  if (end !== undefined) return `ngày ${end}/${month}${year === '' ? `/${yearOf(month, day)}` : year}`;
  return `${partOf(groups['part'])}tháng ${month}${year}`;
}

/** Months before that of the document that are taken for past where no year stands beside them. */
const LATELY = 3;

/** Whether a month without a year is one of those just over. */
export function isMonthPast({ mmonth, myear }: Groups, day: string): boolean {
  if (mmonth === undefined || myear !== undefined) return false;
  const before = Number(day.slice(5, 7)) - Number(mmonth);
  return before > 0 && before <= LATELY;
}

function yearOf(month: string, day: string): number {
  const year = Number(day.slice(0, 4));
  return Number(month) < Number(day.slice(5, 7)) ? year + 1 : year;
}

const dayInWords = (day: string): string =>
  `ngày ${Number(day.slice(8))}/${Number(day.slice(5, 7))}/${day.slice(0, 4)}`;

/** "tuần này", "tháng tới", "quý này", "năm nay" as seen from a day. */
function presentText(unit: string, which: string, day: string): string {
  const next = which === 'nay' ? 0 : 1;
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  if (unit === 'nam') return `năm ${year + next}`;
  if (unit === 'thang')
    return `tháng ${((month - 1 + next) % 12) + 1}/${year + Math.floor((month - 1 + next) / 12)}`;
  const quarter = Math.floor((month - 1) / 3) + next;
  if (unit === 'quy') return `Quý ${(quarter % 4) + 1}/${year + Math.floor(quarter / 4)}`;
  return dayInWords(dayOfWeek(day, next));
}

/** "tuần 42": weeks of the year as work schedules count them, the first being that of 4 January; null when there is none. */
function calendarWeek(week: number, day: string): string | null {
  if (week < 1 || week > 53) return null;
  return dayInWords(dayOfWeek(`${day.slice(0, 4)}-01-04`, week - 1));
}

/** The Sunday that ends the week of a day, or of a later week. */
function dayOfWeek(day: string, weeks: number): string {
  const start = Date.parse(`${day}T00:00:00Z`);
  const toSunday = (7 - new Date(start).getUTCDay()) % 7;
  return new Date(start + (toSunday + 7 * weeks) * 86_400_000).toISOString().slice(0, 10);
}
