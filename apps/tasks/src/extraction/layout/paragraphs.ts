import { sectorAt } from '../agencies/sectors.js';
import { isCapital, isSmall, type MappedText, mapText } from '../text/mapped-text.js';
import { alignedRows, type TypedLine } from './aligned-rows.js';
import { beginsWithMarker } from './markers.js';
import { isPageFurniture, repeatedLines } from './page-furniture.js';
import { stackedRows } from './stacked-rows.js';

/** A paragraph, or a row of a table with its cells. */
export interface Paragraph extends MappedText {
  cells: MappedText[] | null;
}

interface Line extends MappedText {
  /** Length as typed, to see where lines were broken at the margin. */
  width: number;
  blankBefore: boolean;
  cells: MappedText[] | null;
}

/** Marks that formatting leaves in a text: emphasis, headings and escapes of Markdown, invisible characters. */
const FORMATTING =
  /\*\*+|(?<=[\s(])\*(?=[^\s*])|(?<=[^\s*])\*(?=[\s).,;:]|$)|__+|^\s{0,3}#{1,6}(?=\s)|\\(?=[*#_\-+.|])|[\u00ad\u200b-\u200d\u2060\ufeff]|\r/g;
/** Longest line of a text that was broken at a margin. */
const WIDEST_MARGIN = 130;
/** Share of its lines that reach the margin, at least. */
const FULL_LINES = 0.2;

/** Reads the paragraphs of a text in NFC: lines broken by a page, a margin or a scan are joined again. */
export function readParagraphs(source: string): Paragraph[] {
  const lines = readLines(source);
  const margin = rightMargin(lines);
  const groups: Line[][] = [];
  for (const line of lines) {
    const open = groups.at(-1);
    if (open && continues(open.at(-1)!, line, margin)) open.push(line);
    else groups.push([line]);
  }
  return groups.map(joined);
}

function readLines(source: string): Line[] {
  const lines: Line[] = [];
  const repeated = repeatedLines(source);
  const typed = typedLines(source);
  const rows = new Map(alignedRows(typed).map((row) => [row.from, row]));
  let [blankBefore, next] = [false, 0];
  for (const [index, { typed: text, start }] of typed.entries()) {
    if (index < next) continue;
    const row = rows.get(index);
    next = row?.to ?? index + 1;
    const line = cleaned(text, start);
    if (line.text === '') {
      blankBefore = true;
      continue;
    }
    lines.push({ ...line, width: text.trimEnd().length, blankBefore, cells: row?.cells ?? cellsOf(line) });
    blankBefore = false;
  }
  return inRows(lines).filter(({ text, cells }) => cells !== null || !isPageFurniture(text, repeated));
}

function typedLines(source: string): TypedLine[] {
  let start = 0;
  return source.split('\n').map((typed) => {
    const line = { typed, start };
    start += typed.length + 1;
    return line;
  });
}

/** Puts the rows of tables that were copied cell by cell in the place of their lines. */
function inRows(lines: readonly Line[]): Line[] {
  const read: Line[] = [];
  let done = 0;
  for (const { from, to, cells } of stackedRows(lines)) {
    read.push(...lines.slice(done, from));
    const at = cells.flatMap((cell) => cell.at);
    read.push({ ...mapText(cells.map(({ text }) => text).join(''), at), width: 0, blankBefore: true, cells });
    done = to;
  }
  return [...read, ...lines.slice(done)];
}

function cleaned(typed: string, start: number): MappedText {
  const dropped = new Set<number>();
  for (const match of typed.matchAll(FORMATTING)) {
    for (let index = 0; index < match[0].length; index += 1) dropped.add(match.index + index);
  }
  const bars = typed.includes('|');
  const read: string[] = [];
  const at: number[] = [];
  for (let index = 0; index < typed.length; index += 1) {
    if (dropped.has(index)) continue;
    const unit = typed.charAt(index);
    const blank = unit === '\t' && !bars ? '\t' : ' ';
    const character = /\s/.test(unit) ? blank : unit;
    if (character === ' ' && (read.length === 0 || read.at(-1) === ' ')) continue;
    read.push(character);
    at.push(start + index);
  }
  const text = read.join('').trimEnd();
  return mapText(text, at.slice(0, text.length));
}

/** Cells of a row written with bars or tabs; null for any other line. */
function cellsOf(line: MappedText): MappedText[] | null {
  const bar = line.text.includes('|') ? '|' : '\t';
  if (line.text.split(bar).length < 4) return null;
  const cells: MappedText[] = [];
  let start = line.text.startsWith('|') ? 1 : 0;
  for (let end = start; end <= line.text.length; end += 1) {
    if (end < line.text.length && line.text[end] !== bar) continue;
    if (end === line.text.length && start === end) break;
    cells.push(trimmed(line, start, end));
    start = end + 1;
  }
  return cells;
}

function trimmed(line: MappedText, from: number, to: number): MappedText {
  const raw = line.text.slice(from, to);
  const start = from + raw.length - raw.trimStart().length;
  const end = Math.max(start, from + raw.trimEnd().length);
  return mapText(line.text.slice(start, end), line.at.slice(start, end));
}

/** The width at which lines were broken; null when every line is a whole paragraph. */
function rightMargin(lines: readonly Line[]): number | null {
  const widths = lines
    .filter((line) => !line.cells)
    .map((line) => line.width)
    .sort((a, b) => a - b);
  const wide = widths[Math.floor(widths.length * 0.95)] ?? 0;
  // Whole paragraphs are of every length; broken ones fill most of their lines.
  const full = widths.filter((width) => width >= wide * 0.85).length;
  return wide > WIDEST_MARGIN || wide < 40 || full < widths.length * FULL_LINES ? null : wide;
}

/** "Số: 12/TB-UBND" and "V/v …" stand by themselves in the head of a document. */
const NUMBER_LINE = /^(?:so ?:? ?\d{0,6}[a-z]? ?\/[a-z]|v\/v )/;

/** Words that no paragraph ends with, so that a short line goes on: "… theo Nghị quyết số". */
const DANGLING =
  /(?:^|\s)(?:số|của|và|các|những|với|theo|tại|ngày|tháng|năm|cho|để|về|do|từ|đến|trong|được|gửi|Thủ tướng|Ủy ban|Nghị quyết|Quyết định|Chỉ thị|Công văn|Kế hoạch|Thông tư|Nghị định)$/;
/** "Hà Nội, ngày" above "02 tháng 10 năm 2026". */
const CUT_DATE = /(?:^|[ ,])ngay(?: \d{1,2} thang)?$/;

/** "Phối hợp với Sở" above "Tài chính, Công an tỉnh …". */
function isCutName({ text }: MappedText, { folded }: MappedText): boolean {
  if (/(?:^| )(?:Sở|Bộ)$/.test(text)) return sectorAt(folded, 0) !== null;
  return /(?:^| )(?:Chủ tịch|nhân|khu)$/.test(text) && /^(?:ubnd|uy ban|dan|vuc)(?![a-z])/.test(folded);
}

/** Whether a line goes on with the paragraph whose last line came before it. */
function continues(before: Line, line: Line, margin: number | null): boolean {
  if (!line.blankBefore && /\d{4}$/.test(before.text) && /^[-–] ?\d{4}(?!\d)/.test(line.text)) return true;
  if (before.cells || line.cells || beginsWithMarker(line) || NUMBER_LINE.test(line.folded)) return false;
  if (isHeadline(line.text) || isHeadline(before.text)) return false;
  const unfinished = !/[.;:!?…|]["”’)]?$/.test(before.text);
  const first = line.text.replace(/^["“‘(]/, '')[0];
  if (unfinished && isSmall(first)) return true;
  if (!line.blankBefore && CUT_DATE.test(before.folded) && /^\d/.test(line.text)) return true;
  if (!line.blankBefore && (DANGLING.test(before.text) || isCutName(before, line))) return true;
  if (line.blankBefore || margin === null) return false;
  const reachesMargin = before.width >= margin * 0.8;
  return reachesMargin && !/(?::|\.\/\.)$/.test(before.text);
}

/** A line in capitals: a title, a heading, a signature. */
export function isHeadline(text: string): boolean {
  return isCapital(text.replace(/[^\p{L}]/gu, '')) && /\p{L}{2}/u.test(text);
}

/** One text of several lines; a syllable cut by a hyphen at the end of a line gets a blank instead. */
function joined(lines: readonly Line[]): Paragraph {
  const [first] = lines;
  if (lines.length === 1 && first)
    return { text: first.text, folded: first.folded, at: first.at, cells: first.cells };
  const texts: string[] = [];
  const at: number[] = [];
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1];
    const cut = next !== undefined && /\p{L}-$/u.test(line.text) && isSmall(next.text[0]);
    const text = cut ? line.text.slice(0, -1) : line.text;
    texts.push(text);
    for (let place = 0; place < text.length; place += 1) at.push(line.at[place]!);
    if (next) at.push((at.at(-1) ?? 0) + 1);
  }
  return { ...mapText(texts.join(' '), at), cells: null };
}
