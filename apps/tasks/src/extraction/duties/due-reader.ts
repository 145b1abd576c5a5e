import { type DuePhrase, ImpossibleDateError, parseDuePhrase, type WorkingCalendar } from '#libs/calendar';
import { type MappedText, matchAt } from '../text/mapped-text.js';
import {
  AND_ALSO,
  BEFORE,
  BEFORE_FEAST,
  DONE_IN,
  DUE_WORDS,
  HOURLY,
  IN_BRACKETS,
  NOT_DUE,
  OPEN_PHRASE,
  OTHER_DAY,
  OWN_DAY,
  PERIOD,
  TIME,
} from './due-expressions.js';
import { PlaceSet } from './place-set.js';
import { dutyAt } from './verbs.js';
import { readRecurrences } from './recurrences.js';

/** A time that a piece of text sets, and where its words stand. */
export interface DueMention extends DuePhrase {
  start: number;
  end: number;
  /** It may be something else than the time to be done by. */
  doubtful: boolean;
}

/** What times of a document are counted from. */
export interface DueReference {
  /** Day of the document or of its meeting; of reading when it states neither. */
  day: string;
  /** The document states its day of issue, so that "kể từ ngày ký" can be counted. */
  dated: boolean;
  calendar: WorkingCalendar;
}

/** Times of a range, of times in their order. */
export function duesWithin(dues: readonly DueMention[], range: { start: number; end: number }): DueMention[] {
  let [low, high] = [0, dues.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (dues[middle]!.start < range.start) low = middle + 1;
    else high = middle;
  }
  const found: DueMention[] = [];
  for (let due = dues[low]; due !== undefined && due.start < range.end; low += 1, due = dues[low]) {
    if (due.end <= range.end) found.push(due);
  }
  return found;
}

type Groups = Record<string, string | undefined>;

/** Words that set a time even when it is past. */
const FIRM = /(?:hoan thanh|trinh|bao cao|thoi (?:han|gian)|cham nhat|xong|han)/;
/** Words before a time that are looked at. */
const BACK = 90;

/** The times that a text sets, in their order; a field or cell that holds nothing but a time needs no word for it. */
export function readDues(m: MappedText, reference: DueReference, field = false): DueMention[] {
  const recurrences = readRecurrences(m);
  const periods = readPeriods(m, reference);
  const taken = [...recurrences, ...periods];
  const places = new PlaceSet(taken);
  const dates = [...m.folded.matchAll(TIME)]
    .filter((match) => !places.touches(match.index, match.index + match[0].length))
    .map((match) => readTime(m, match, reference, field))
    .filter((mention) => mention !== null);
  const found = [...taken, ...dates].sort((a, b) => a.start - b.start);
  return found.length > 0 ? found : openPhrase(m);
}

function readTime(
  m: MappedText,
  match: RegExpExecArray,
  reference: DueReference,
  field: boolean,
): DueMention | null {
  const groups = (match.groups ?? {}) as Groups;
  const at = match.index + (groups['named']?.length ?? 0);
  const before = m.folded.slice(Math.max(0, at - BACK), at);
  const feast = (groups['day'] ?? groups['wday']) ? matchAt(BEFORE_FEAST, m.folded, at)?.[1] : undefined;
  const word =
    DUE_WORDS.map((expression) => matchAt(expression, m.folded, at)?.[1]).find(
      (found) => found !== undefined,
    ) ?? feast;
  const bracketed = IN_BRACKETS.test(before) && (groups['year'] ?? groups['myear']) !== undefined;
  const partial = needsNoWord(m, groups, before, match.index + match[0].length);
  if (word === undefined && ((!bracketed && !partial && !field) || NOT_DUE.test(before))) return null;
  if (
    groups['yyear'] !== undefined &&
    groups['ypart'] === undefined &&
    !field &&
    !yearIsDue(m, match, before)
  )
    return null;
  const strict = feast !== undefined || (matchAt(BEFORE, m.folded, at) !== null && !HOURLY.test(word ?? ''));
  const canonical = canonicalTime(groups, reference.day);
  if (canonical === null) return null;
  const read = parse(`${strict ? 'trước ' : ''}${canonical}`, reference.day);
  if (!read?.date) return null;
  const end = match.index + match[0].length;
  const joined = strict ? null : matchAt(AND_ALSO, m.folded, end);
  const last = joined && parse(canonicalTime(joined.groups ?? {}, reference.day) ?? '', reference.day);
  if (joined && last?.date && last.date > read.date)
    return mention(
      m,
      word === undefined ? match.index : at - word.length,
      end + joined[0].length,
      last,
      false,
    );
  // "vào ngày 04/4" of a past day tells what happened.
  const past = reference.dated && read.date < reference.day;
  if (past && !strict && !field && !FIRM.test(word ?? '')) return null;
  const start = word === undefined ? match.index : at - word.length;
  return mention(m, start, end, read, past || (word === undefined && !field));
}

/** "trình … giữa tháng 6", "đầu tháng 8 trình …", "tổng duyệt ngày 27/8": a time that ends a clause needs no other word. */
function needsNoWord(m: MappedText, groups: Groups, before: string, end: number): boolean {
  if ((groups['part'] ?? groups['qpart']) !== undefined)
    return DONE_IN.test(before) || (/(?:^|[;,.] )$/.test(before) && dutyAt(m.folded, end + 1));
  const last = /^ ?(?:[.;)]|$)/.test(m.folded.slice(end, end + 2));
  if (groups['unit'] !== undefined) return last && DONE_IN.test(before);
  return last && groups['named'] !== undefined && !OTHER_DAY.test(before);
}

/** A year is a time to be done by when something is to be done in it, or it ends the sentence. */
function yearIsDue(m: MappedText, match: RegExpExecArray, before: string): boolean {
  if (
    /(?:hoan thanh|xong|thuc hien|trinh|ban hanh|bao cao|cham nhat|truoc|thoi (?:gian|han))[a-z: ]{0,20}$/.test(
      before,
    )
  )
    return true;
  const after = m.folded.slice(match.index + match[0].length).trimStart();
  return /(?:trong|vao) $/.test(before) && /^(?:[.,;)]|$)/.test(after);
}

function canonicalTime(groups: Groups, day: string): string | null {
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
  const unit = groups['unit'] ?? groups['bare'];
  return unit === undefined ? null : presentText(unit, groups['which'] ?? 'nay', day);
}

function partOf(folded: string | undefined): string {
  const parts: Groups = { dau: 'đầu ', giua: 'giữa ', cuoi: 'cuối ' };
  return parts[folded?.trim() ?? ''] ?? '';
}

/** Ten-day parts and weeks of a month end on the 10th, the 20th, the 7th; everything else on its last day. */
function monthText(groups: Groups, month: string, year: string, day: string): string {
  const ends: Groups = { 'tuan dau': '7', 'thuong tuan': '10', 'trung tuan': '20' };
  const end = ends[groups['part'] ?? ''];
  if (end !== undefined) return `ngày ${end}/${month}${year === '' ? `/${yearOf(month, day)}` : year}`;
  return `${partOf(groups['part'])}tháng ${month}${year}`;
}

function yearOf(month: string, day: string): number {
  const year = Number(day.slice(0, 4));
  return Number(month) < Number(day.slice(5, 7)) ? year + 1 : year;
}

/** "tuần này", "tháng tới", "quý này", "năm nay" as seen from a day. */
function presentText(unit: string, which: string, day: string): string {
  const next = which === 'nay' ? 0 : 1;
  const [year, month] = [Number(day.slice(0, 4)), Number(day.slice(5, 7))];
  if (unit === 'nam') return `năm ${year + next}`;
  if (unit === 'thang')
    return `tháng ${((month - 1 + next) % 12) + 1}/${year + Math.floor((month - 1 + next) / 12)}`;
  const quarter = Math.floor((month - 1) / 3) + next;
  if (unit === 'quy') return `Quý ${(quarter % 4) + 1}/${year + Math.floor(quarter / 4)}`;
  const sunday = dayOfWeek(day, next);
  return `ngày ${Number(sunday.slice(8))}/${Number(sunday.slice(5, 7))}/${sunday.slice(0, 4)}`;
}

/** The Sunday that ends the week of a day, or of a later week. */
function dayOfWeek(day: string, weeks: number): string {
  const start = Date.parse(`${day}T00:00:00Z`);
  const toSunday = (7 - new Date(start).getUTCDay()) % 7;
  return new Date(start + (toSunday + 7 * weeks) * 86_400_000).toISOString().slice(0, 10);
}

function readPeriods(m: MappedText, { day, dated, calendar }: DueReference): DueMention[] {
  return [...m.folded.matchAll(PERIOD)].map((match) => {
    const { count = '0', unit, working, event = '' } = match.groups ?? {};
    const counted = dated && OWN_DAY.test(event) && unit !== 'gio' && Number(count) > 0;
    const lengths: Record<string, (n: number) => string> = {
      ngay: (days) => calendar.endOfPeriod(day, working ? { workingDays: days } : { days }),
      tuan: (weeks) => calendar.endOfPeriod(day, { weeks }),
      thang: (months) => calendar.endOfPeriod(day, { months }),
    };
    const end = counted ? (lengths[unit ?? '']?.(Number(count)) ?? null) : null;
    const read = { phrase: '', date: end, lastDay: end, recurrence: null };
    return mention(m, match.index, match.index + match[0].trimEnd().length, read, false);
  });
}

function openPhrase(m: MappedText): DueMention[] {
  const match = OPEN_PHRASE.exec(m.folded);
  if (!match) return [];
  const none = { phrase: '', date: null, lastDay: null, recurrence: null };
  return [mention(m, match.index, match.index + match[0].trimEnd().length, none, false)];
}

function parse(phrase: string, day: string): DuePhrase | null {
  try {
    return parseDuePhrase(phrase, day);
  } catch (error) {
    if (error instanceof ImpossibleDateError) return null;
    throw error;
  }
}

function mention(m: MappedText, start: number, end: number, read: DuePhrase, doubtful: boolean): DueMention {
  const from = start + (/^[^a-z0-9(]+/.exec(m.folded.slice(start, end))?.[0].length ?? 0);
  return { ...read, phrase: m.text.slice(from, end).trim(), start: from, end, doubtful };
}
