import type { Recurrence } from '#libs/contracts';
import { addDays, lastDayOfMonth, makeDay, type Day } from './days.js';

/** A due date as a directive words it. */
export interface DuePhrase {
  /** The phrase as given, in NFC, blanks trimmed. */
  phrase: string;
  /** Date as written; the last day of a stated month, quarter or year; null when the phrase states none. */
  date: Day | null;
  /** Last day on which it is in time; null when the phrase states no date. */
  lastDay: Day | null;
  /** Set for duties that come again; they have no date of their own. */
  recurrence: Recurrence | null;
}

/** The phrase names a day that the calendar does not have. */
export class ImpossibleDateError extends RangeError {
  constructor(readonly phrase: string) {
    super(`"${phrase}" names a day that does not exist`);
    this.name = 'ImpossibleDateError';
  }
}

interface Span {
  first: Day;
  last: Day;
}

const ROMAN: Readonly<Record<string, number>> = { i: 1, ii: 2, iii: 3, iv: 4 };

/**
 * Reads a Vietnamese due phrase.
 *
 * - "chậm nhất ngày X", "thời hạn ngày X", "ngày X": X is the last day; a stated date never moves, day off or not.
 * - "trước ngày X", "trước tháng M": written X, its last day is the day before.
 * - "trong tháng 4/2026", "Quý II/2026", "trong năm 2026": the last day of that time.
 * - "đầu/giữa/cuối tháng": 1st, 15th, last; "đầu/giữa/cuối năm": 1 January, 30 June, 31 December (Civil Code art. 146).
 * - "6 tháng đầu năm 2026": 30 June; "6 tháng cuối năm": 31 December.
 * - "02 tuần/lần", "trước ngày 20 hàng tháng": a recurrence.
 * - Anything else ("khi Chính phủ ban hành") is kept as a phrase without a date.
 *
 * @param reference day of the document: a date without a year is the first such one that does not end before it
 * @throws ImpossibleDateError for a day that does not exist ("ngày 31/4/2026")
 */
export function parseDuePhrase(phrase: string, reference: Day): DuePhrase {
  const kept = phrase.normalize('NFC').trim();
  const text = kept.toLowerCase().replace(/\s+/g, ' ');
  const none: DuePhrase = { phrase: kept, date: null, lastDay: null, recurrence: null };

  const recurrence = readRecurrence(text, kept);
  if (recurrence) return { ...none, recurrence };
  const span = readSpan(text, reference, kept);
  // "từ ngày X", "sau ngày X" say when to begin, not when to be done.
  if (!span || /(?:từ|sau) (?:ngày|tháng|quý)/.test(text)) return none;
  if (/trước (?:ngày|tháng|quý|năm|\d{1,2}[/.-])/.test(text)) {
    return { ...none, date: span.first, lastDay: addDays(span.first, -1) };
  }
  return { ...none, date: span.last, lastDay: span.last };
}

function readRecurrence(text: string, phrase: string): Recurrence | null {
  const interval = /0*([1-9]\d?) ?(tuần|tháng|quý|năm) ?\/ ?(?:1 |01 |một )?lần/.exec(text);
  const every = /(?:hàng|hằng|mỗi) (tuần|tháng|quý|năm)/.exec(text);
  const unit = UNITS[interval?.[2] ?? every?.[1] ?? ''];
  if (!unit) return null;
  const day = unit === 'month' ? /(trước )?ngày (\d{1,2})(?!\d|\/)/.exec(text) : null;
  const written = day ? Number(day[2]) : null;
  if (written !== null && (written < 1 || written > 31)) throw new ImpossibleDateError(phrase);
  return {
    unit,
    interval: interval ? Number(interval[1]) : 1,
    day: written,
    lastDay: written !== null && day?.[1] ? written - 1 : written,
  };
}

const UNITS: Readonly<Record<string, Recurrence['unit'] | undefined>> = {
  tuần: 'week',
  tháng: 'month',
  quý: 'quarter',
  năm: 'year',
};

/** The time that the phrase names, most exact form first. */
function readSpan(text: string, reference: Day, phrase: string): Span | null {
  return (
    readDate(text, reference, phrase) ??
    readPartOfYear(text, reference) ??
    readMonth(text, reference, phrase) ??
    readQuarter(text, reference) ??
    readYear(text)
  );
}

function readDate(text: string, reference: Day, phrase: string): Span | null {
  const match =
    /(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})/.exec(text) ??
    /ngày (\d{1,2}) tháng (\d{1,2})(?: năm (\d{4}))?/.exec(text) ??
    /ngày (\d{1,2})\/(\d{1,2})(?![\d/])/.exec(text);
  if (!match) return null;
  const [day, month] = [Number(match[1]), Number(match[2])];
  return inYear(match[3], reference, (year) => {
    const date = makeDay(year, month, day);
    if (!date) throw new ImpossibleDateError(phrase);
    return { first: date, last: date };
  });
}

/** "6 tháng đầu năm 2026", "9 tháng đầu năm", "6 tháng cuối năm". */
function readPartOfYear(text: string, reference: Day): Span | null {
  const match = /(?<!\d)0?([369]) tháng (đầu|cuối) năm(?: (\d{4}))?/.exec(text);
  if (!match) return null;
  const months = Number(match[1]);
  const [from, to] = match[2] === 'đầu' ? [1, months] : [13 - months, 12];
  return inYear(match[3], reference, (year) => ({
    first: `${year}-${String(from).padStart(2, '0')}-01`,
    last: lastDayOfMonth(year, to),
  }));
}

function readMonth(text: string, reference: Day, phrase: string): Span | null {
  const match = /(đầu |giữa |cuối )?tháng (\d{1,2})(?:(?:\/| ?năm )(\d{4}))?/.exec(text);
  if (!match) return null;
  const month = Number(match[2]);
  if (month < 1 || month > 12) throw new ImpossibleDateError(phrase);
  return inYear(match[3], reference, (year) => {
    const first = `${year}-${String(month).padStart(2, '0')}-01`;
    if (match[1] === 'đầu ') return { first, last: first };
    if (match[1] === 'giữa ') return { first: addDays(first, 14), last: addDays(first, 14) };
    const last = lastDayOfMonth(year, month);
    return match[1] === 'cuối ' ? { first: last, last } : { first, last };
  });
}

function readQuarter(text: string, reference: Day): Span | null {
  const match = /quý (iv|i{1,3}|[1-4])(?![a-z\d])(?:(?:\/| ?năm | )(\d{4}))?/.exec(text);
  if (!match) return null;
  const quarter = ROMAN[match[1] ?? ''] ?? Number(match[1]);
  return inYear(match[2], reference, (year) => ({
    first: `${year}-${String(quarter * 3 - 2).padStart(2, '0')}-01`,
    last: lastDayOfMonth(year, quarter * 3),
  }));
}

function readYear(text: string): Span | null {
  const match = /(đầu |giữa |cuối )?năm (\d{4})/.exec(text);
  if (!match) return null;
  const [first, middle, last] = [`${match[2]}-01-01`, `${match[2]}-06-30`, `${match[2]}-12-31`];
  if (match[1] === 'đầu ') return { first, last: first };
  if (match[1] === 'giữa ') return { first: middle, last: middle };
  return match[1] === 'cuối ' ? { first: last, last } : { first, last };
}

/** The span in the stated year; without one, the first that does not end before the reference day. */
function inYear(stated: string | undefined, reference: Day, span: (year: number) => Span): Span {
  if (stated !== undefined) return span(Number(stated));
  const year = Number(reference.slice(0, 4));
  const thisYear = span(year);
  return thisYear.last >= reference ? thisYear : span(year + 1);
}
