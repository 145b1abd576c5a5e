import { parseDuePhrase } from '#libs/calendar';
import type { MappedText } from '../text/mapped-text.js';
import type { DueMention } from './due-reader.js';
import { PlaceSet } from './place-set.js';
import { RECURRENT } from './due-expressions.js';

/** The day of the month, or of the year, beside "hằng tháng": on its left or on its right. */
const DAY_LEFT =
  /(?<before>truoc )?(?:vao )?ngay (?<day>\d{1,2})(?<month> thang \d{1,2}| ?\/ ?\d{1,2})?(?: cua)?(?: thang)? $/;
const DAY_RIGHT =
  /^(?:[ ,(]*(?:(?:cham nhat|vao|la|gui|bao cao) ){0,3}|[^.;()]{0,80} (?=truoc ))(?<before>truoc )?(?:vao )?ngay (?<day>\d{1,2})(?!\d| ?[/.]\d| thang \d)/;
const WEEKDAY_LEFT = /thu (?:hai|ba|tu|nam|sau|bay|[2-7]) $/;
const WEEKDAY_RIGHT =
  /^[ ,(]*(?:vao |truoc )?(?:[0-9]{1,2} ?(?:h|gio)(?:\d{2})?,? ?)?(?:sang |chieu |ngay )*thu (?:hai|ba|tu|nam|sau|bay|[2-7])(?![a-z])/;
const QUARTER_END_RIGHT =
  /^[a-z ,(]{0,60}truoc ngay \d{1,2}(?: cua)? thang (?:cuoi|dau)(?: cua)? quy(?: sau)?/;
/** Plans and figures of every year are things, not times. */
const THING =
  /(?:ke hoach|chuong trinh|du toan|chi tieu|hoi nghi|bao cao thuong nien|muc tieu|cac ky|tong ket|so lieu|kinh phi|ngan sach) $/;
/** What is done again and again. */
const REPORT =
  /(?:bao cao|cap nhat|gui|so ket|tong hop|giao ban|hop|kiem tra|cong bo|danh gia|ra soat|doi chieu|to chuc|don doc|thong ke|cong khai|lap|dang tai|xep hang)/;
const AROUND = 120;

/** "định kỳ 02 tuần/lần", "trước ngày 20 hằng tháng", "hằng tuần": duties that come again. */
export function readRecurrences(m: MappedText): DueMention[] {
  const found: DueMention[] = [];
  const taken = new PlaceSet();
  for (const expression of RECURRENT) {
    for (const match of m.folded.matchAll(expression)) {
      const end = match.index + match[0].length;
      if (taken.touches(match.index, end)) continue;
      const mention = readOne(m, match.index, end, match.groups ?? {});
      if (!mention) continue;
      found.push(mention);
      taken.add(mention.start, mention.end);
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

function readOne(
  m: MappedText,
  start: number,
  end: number,
  groups: Record<string, string>,
): DueMention | null {
  const left = m.folded.slice(Math.max(0, start - 40), start);
  const right = m.folded.slice(end, end + AROUND);
  const beside = DAY_LEFT.exec(left) ?? null;
  const after = beside
    ? null
    : (DAY_RIGHT.exec(right) ?? WEEKDAY_RIGHT.exec(right) ?? QUARTER_END_RIGHT.exec(right));
  if (!beside && !after && !isDuty(m, start, end)) return null;
  const day = beside?.groups ?? after?.groups;
  const from = start - (beside ? beside[0].length : 0);
  const to = end + (after ? after[0].length : 0);
  const unit = groups['unit'] ?? '';
  const yearly = day?.['month'] !== undefined;
  const read = parseDuePhrase(canonical(unit, groups['interval'], yearly ? undefined : day), '2000-01-01');
  return { ...read, phrase: m.text.slice(from, to).trim(), start: from, end: to, doubtful: false };
}

function isDuty(m: MappedText, start: number, end: number): boolean {
  const match = m.folded.slice(start, end);
  if (/dinh ky|lan$|ngay \d/.test(match)) return true;
  const left = m.folded.slice(Math.max(0, start - AROUND), start);
  if (THING.test(left)) return false;
  if (WEEKDAY_LEFT.test(left)) return true;
  const sentenceStart = /(?:^|[.;] )$/.test(left.trimStart() === '' ? '' : left);
  return sentenceStart || REPORT.test(left) || REPORT.test(m.folded.slice(end, end + 60));
}

function canonical(
  unit: string,
  interval: string | undefined,
  day: Record<string, string | undefined> | undefined,
): string {
  const units: Record<string, string> = { tuan: 'tuần', thang: 'tháng', quy: 'quý', nam: 'năm' };
  const name = units[unit];
  // The contract has no duty of every day; its words are kept.
  if (name === undefined) return 'hằng ngày';
  if (interval !== undefined) return `${interval} ${name}/lần`;
  const inMonth =
    unit === 'thang' && day?.['day'] !== undefined && Number(day['day']) >= 1 && Number(day['day']) <= 31;
  return inMonth
    ? `${day['before'] === undefined ? '' : 'trước '}ngày ${day['day'] ?? ''} hàng tháng`
    : `hàng ${name}`;
}
