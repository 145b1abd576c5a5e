import { type MappedText, matchAt } from '../text/mapped-text.js';
import { type DueMention, duesWithin } from './due-reader.js';
import { DETAILS } from './heading-words.js';
import { dutyAt } from './verbs.js';

export interface Range {
  start: number;
  end: number;
}

/** One clause of a sentence. */
export interface Segment extends Range {
  /** It begins with a mark inside the sentence: "(i)". */
  marked: boolean;
  /** Which sentence of the paragraph it belongs to, from 0. */
  sentence: number;
}

const ABBREVIATION =
  /(?:^|[\s(])(?:tp|tx|tt|kt|tl|tm|q|p|h|x|st|ths|ts|gs|pgs|bs|ks|cn|mr|no|art|vd|v\.v|tr|dt|so|[a-z])$/;
/** Words that say how, or to whom the result goes, rather than what is to be done besides. */
const HOW =
  /^(?:bao dam|dam bao|khong |de (?!xuat|nghi)|gui |bao cao|trinh |tong hop|theo (?!doi)|chiu trach nhiem)/;
const REPORTING = /^,? (?:tong hop|bao cao|cap nhat|cong bo|gui)/;
/** "theo dõi, | định kỳ hằng quý báo cáo …", "…, | 02 tuần/lần tổng hợp …". */
const BESIDE = /(?<=, (?:va )?)(?:dinh ky |\d{1,2} (?:tuan|thang)(?: ?\/ ?| )(?:1 |mot )?lan)/y;
const LONGEST_BRACKET = 400;
/** "… gửi Sở A trước ngày X để | Sở A tổng hợp, trình …": what another agency does with the result. */
const FOR_ANOTHER = /(?<=\d{4} để )(?=(?:Sở|Bộ|UBND|Ủy ban|Văn phòng|Ban|Công an|Thanh tra) )/gu;

/** Sentences of a paragraph; full stops of abbreviations and numbers, and those in brackets, end none. */
export function readSentences(m: MappedText): Range[] {
  const sentences: Range[] = [];
  let start = 0;
  for (const end of places(m, /[.!?]/)) {
    const next = m.text.slice(end + 1, end + 4);
    if (next !== '' && !/^["”’)]? ?["“‘(]?(?:\p{Lu}|\(|\d)/u.test(next)) continue;
    // Scanners lose the blank after a full stop; numbers and symbols have none either.
    if (!/^["”’)]? /.test(next) && next !== '' && !/\p{Ll}$/u.test(m.text.slice(start, end))) continue;
    if (
      ABBREVIATION.test(m.folded.slice(Math.max(start, end - 6), end)) &&
      /^\p{Lu}/u.test(
        m.text
          .slice(Math.max(start, end - 6), end)
          .split(/[\s(]/)
          .pop() ?? '',
      )
    )
      continue;
    sentences.push({ start, end: end + 1 });
    start = end + 1;
  }
  if (m.text.slice(start).trim() !== '') sentences.push({ start, end: m.text.length });
  return sentences.filter((range) => /\p{L}/u.test(m.text.slice(range.start, range.end)));
}

/**
 * Clauses of a sentence: after each semicolon, before "đồng thời …" and before each of "(i)", "(ii)"; and after a time
 * that another result with a time of its own follows.
 *
 * @param dues times of the paragraph
 * @param closed up to where the sentence names agencies, which may be joined by semicolons
 */
export function readSegments(
  m: MappedText,
  range: Range,
  sentence: number,
  dues: readonly DueMention[],
  closed: number,
): Segment[] {
  const cuts = new Map<number, boolean>([[range.start, false]]);
  for (const place of places(m, /;/, range)) if (place >= closed) cuts.set(place + 1, false);
  for (const match of m.folded.slice(range.start, range.end).matchAll(/[,;] (?:va )?dong thoi,? /g)) {
    const place = range.start + match.index + 1;
    if (place >= closed && dutyAt(m.folded, range.start + match.index + match[0].length))
      cuts.set(place, false);
  }
  for (const match of m.text.slice(range.start, range.end).matchAll(FOR_ANOTHER))
    cuts.set(range.start + match.index, false);
  for (const place of innerMarks(m, range, dues)) cuts.set(place, true);
  for (const place of afterTimes(m, range, dues)) if (place >= closed) cuts.set(place, false);
  const starts = [...cuts.keys()].sort((a, b) => a - b);
  return starts
    .map((start, index) => ({
      start,
      end: starts[index + 1] ?? range.end,
      marked: cuts.get(start) === true,
      sentence,
    }))
    .filter((segment) => /\p{L}/u.test(m.text.slice(segment.start, segment.end)));
}

/** Places of "(i)", "(1)", "(a)" in a sentence that has at least two of a row; none where they only say what to mind ("trong đó lưu ý: (i) …"), or are results of one task ("(i) a, (ii) b và (iii) c trước ngày X"). */
function innerMarks(m: MappedText, range: Range, dues: readonly DueMention[]): number[] {
  const text = m.folded.slice(range.start, range.end);
  for (const marker of [/\((?:i{1,3}|iv|vi{0,3}|ix|x)\) ?/g, /\(\d{1,2}\) ?/g, /\([a-hđ]\) ?/g]) {
    const marks = [...text.matchAll(marker)].map((match) => range.start + match.index);
    const first = /^\((?:i|1|a)\)/.test(m.folded.slice(marks[0], (marks[0] ?? 0) + 4));
    if (marks.length < 2 || !first) continue;
    const row = { start: marks[0]!, end: marks.at(-1)! };
    const apart = m.text.slice(row.start, row.end).includes(';') || duesWithin(dues, row).length > 0;
    return apart && !DETAILS.test(m.folded.slice(range.start, row.start)) ? marks : [];
  }
  return [];
}

/**
 * Cuts after a time: "… trước ngày 10/5, trình UBND tỉnh trước ngày 20/5", "phần móng trong tháng 4, phần thân trong
 * tháng 7", "(xong trước ngày 30/9), tập huấn cho …", "… trong Quý III, định kỳ 6 tháng cập nhật".
 */
function afterTimes(m: MappedText, range: Range, dues: readonly DueMention[]): number[] {
  const all = duesWithin(dues, range);
  const cuts: number[] = [];
  const repeatedFrom = all.find(({ recurrence }) => recurrence !== null)?.start ?? Infinity;
  const lastDated = all.findLast(({ date }) => date !== null)?.start ?? -1;
  for (const [index, due] of all.entries()) {
    // A periodic report stands beside the work: "theo dõi, đôn đốc, định kỳ hằng quý báo cáo …".
    const from = m.folded.slice(0, due.start).endsWith(' dinh ky ')
      ? due.start - 'dinh ky '.length
      : due.start;
    const beside = matchAt(BESIDE, m.folded, from);
    if (due.recurrence && beside && REPORTING.test(m.folded.slice(due.end, due.end + 24)))
      cuts.push(from - 1);
    const repeated = repeatedFrom < due.start;
    if (due.date === null) {
      cuts.push(...afterRepeated(m, due, lastDated));
      continue;
    }
    const joint = matchAt(/\)? ?(?:,? va |, (?:sau do |dong thoi )?)/y, m.folded, due.end);
    if (!joint) continue;
    const at = due.end + joint[0].length;
    const next = nextTime(all, index + 1, at);
    const cut =
      next === undefined || next.date === due.date
        ? joint[0].startsWith(')') && dutyAt(m.folded, at) && !HOW.test(m.folded.slice(at, range.end))
        : next.recurrence !== null
          ? !repeated && next.start - at < 3
          : isAnotherResult(m, at, next);
    if (cut) cuts.push(due.end + (joint[0].startsWith(')') ? 2 : 1));
  }
  return cuts;
}

/** The first time from an index on that begins no earlier than a place and says when. */
function nextTime(all: readonly DueMention[], from: number, place: number): DueMention | undefined {
  for (let index = from; index < all.length; index += 1) {
    const due = all[index]!;
    if (due.start >= place && (due.date !== null || due.recurrence !== null)) return due;
  }
  return undefined;
}

/** "báo cáo hằng ngày trong dịp lễ và báo cáo tổng hợp trước ngày X": before what is done once. */
function afterRepeated(m: MappedText, due: DueMention, lastDated: number): number[] {
  const joint = matchAt(/[a-z ]{0,40}?(?:,? va|,) /y, m.folded, due.end);
  const at = due.end + (joint?.[0].length ?? 0);
  return joint && lastDated > at && dutyAt(m.folded, at) ? [at] : [];
}

/** Whether what stands between two times is done by the second: a verb of duty, or a thing that is told from the first. */
function isAnotherResult(m: MappedText, at: number, next: DueMention): boolean {
  const between = m.folded.slice(at, next.start);
  if (/^[^(]*\)/.test(m.folded.slice(next.end, next.end + 3)) && !between.includes('(')) return false;
  if (/;/.test(between) || /(?:^| )(?:de|lam co so) /.test(between)) return false;
  const thing = /^(?!tu |den |cham nhat|muon nhat|chinh thuc)[a-z0-9]+(?: [a-z0-9]+){1,12} $/.test(between);
  const share = /^\d{1,3} ?% $/.test(between);
  return dutyAt(m.folded, at) || ((thing || share) && /^\)?[ ./]*(?:[;,.]|$)/.test(m.folded.slice(next.end)));
}

/** Places of a character outside brackets. */
function places(m: MappedText, character: RegExp, range: Range = { start: 0, end: m.text.length }): number[] {
  const found: number[] = [];
  let opened = -1;
  for (let at = range.start; at < range.end; at += 1) {
    const unit = m.text.charAt(at);
    if (unit === '(') opened = at;
    else if (unit === ')' || (opened >= 0 && at - opened > LONGEST_BRACKET)) opened = -1;
    else if (opened < 0 && character.test(unit)) found.push(at);
  }
  return found;
}
