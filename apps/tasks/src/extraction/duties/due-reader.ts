import { type DuePhrase, ImpossibleDateError, parseDuePhrase, type WorkingCalendar } from '#libs/calendar';
import { type MappedText, matchAt } from '../text/mapped-text.js';
import { canonicalTime, type Groups, isMonthPast } from './canonical-time.js';
import {
  AND_ALSO,
  BEFORE,
  BEFORE_FEAST,
  BEGINNING,
  DAYS_TO_COME,
  DONE_IN,
  DUE_WORDS,
  HOURLY,
  IN_BRACKETS,
  NOT_DUE,
  OPEN_PHRASE,
  OTHER_DAY,
  OWN_DAY,
  PERIOD,
  SAME_DAY,
  TIME,
  UNTIL_END,
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

/** Words that set a time even when it is past. */
const FIRM = /(?:hoan thanh|trinh|bao cao|thoi (?:han|gian)|cham nhat|xong|han)/;
/** "chiều thứ Năm, 08/10/2026"; told by diacritics, since "thứ tư" and "thử từ" look the same without. */
const ON_WEEKDAY = /(?<!\p{L})(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật),? ?\(?$/iu;
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
  const found = withSameDays(m, [...taken, ...dates]);
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
  if (BEGINNING.test(m.text.slice(Math.max(0, at - BACK), at))) return null;
  const before = m.folded.slice(Math.max(0, at - BACK), at);
  const feast = (groups['day'] ?? groups['wday']) ? matchAt(BEFORE_FEAST, m.folded, at)?.[1] : undefined;
  const word =
    DUE_WORDS.map((expression) => matchAt(expression, m.folded, at)?.[1]).find(
      (found) => found !== undefined,
    ) ?? feast;
  const bracketed = IN_BRACKETS.test(before) && (groups['year'] ?? groups['myear']) !== undefined;
  const partial = needsNoWord(m, groups, at, match.index + match[0].length);
  if (word === undefined && ((!bracketed && !partial && !field) || NOT_DUE.test(before))) return null;
  if (
    groups['yyear'] !== undefined &&
    groups['ypart'] === undefined &&
    !field &&
    !yearIsDue(m, match, before)
  )
    return null;
  const strict = feast !== undefined || (matchAt(BEFORE, m.folded, at) !== null && !HOURLY.test(word ?? ''));
  // "hồ sơ trễ hạn trong tháng 6" in July is no time of the next year.
  if (reference.dated && isMonthPast(groups, reference.day) && !strict && !field && !FIRM.test(word ?? ''))
    return null;
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
function needsNoWord(m: MappedText, groups: Groups, at: number, end: number): boolean {
  const from = Math.max(0, at - BACK);
  const before = m.folded.slice(from, at);
  const last = /^ ?(?:[.;)]|\([^()]{3,120}\)[.;]?$|$)/.test(m.folded.slice(end, end + 125));
  if (last && UNTIL_END.test(before)) return true;
  if ((groups['part'] ?? groups['qpart']) !== undefined)
    return DONE_IN.test(before) || (/(?:^|[;,.] )$/.test(before) && dutyAt(m.folded, end + 1));
  if (groups['unit'] !== undefined) return last && DONE_IN.test(before);
  const stated = groups['named'] !== undefined || ON_WEEKDAY.test(m.text.slice(from, at));
  return last && stated && !OTHER_DAY.test(before);
}

/** A year is a time to be done by when something is to be done in it, or it ends the sentence. */
function yearIsDue(m: MappedText, match: RegExpExecArray, before: string): boolean {
  if (
    /(?:hoan thanh|xong|thuc hien|trinh|ban hanh|bao cao|cham nhat|truoc|thoi (?:gian|han)|(?:phan dau|bao dam|dam bao)[a-z ]{0,12} den)[a-z: ]{0,20}$/.test(
      before,
    )
  )
    return true;
  const after = m.folded.slice(match.index + match[0].length).trimStart();
  return /(?:trong|vao) $/.test(before) && /^(?:[.,;)]|va (?:nam )?\d{4}|$)/.test(after);
}

function readPeriods(m: MappedText, { day, dated, calendar }: DueReference): DueMention[] {
  return [...m.folded.matchAll(PERIOD), ...m.folded.matchAll(DAYS_TO_COME)].map((match) => {
    const { count = '0', unit, working, event = 'ngay ky' } = match.groups ?? {};
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

/** "cùng ngày": a time whose day is the last one stated before it, if the text states one. */
function withSameDays(m: MappedText, dated: readonly DueMention[]): DueMention[] {
  const none = { phrase: '', date: null, lastDay: null, recurrence: null };
  const same = [...m.folded.matchAll(SAME_DAY)].map((match) =>
    mention(m, match.index, match.index + match[0].length, none, false),
  );
  const all = [...dated, ...same].sort((a, b) => a.start - b.start);
  let day: string | null = null;
  for (const due of all) {
    if (same.length > 0 && due.date === null && /cùng ngày$/iu.test(due.phrase))
      Object.assign(due, { date: day, lastDay: day });
    day = due.date ?? day;
  }
  return all;
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
