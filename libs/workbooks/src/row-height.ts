/** Points of a line of 12-point Times New Roman. */
const LINE_POINTS = 15.75;
/** Points above and below the lines. */
const ROOM_POINTS = 3;
/** The greatest height that a row may have. */
const MAX_POINTS = 409;
/** Pixels of a unit of a column's width, and those that no text can use. */
const UNIT_PIXELS = 7;
const PADDING_PIXELS = 2;
/** Size of text that the widths of letters below are of. */
const BASE_SIZE = 12;

/** Text of a cell and the room that it has. */
export interface CellText {
  text: string;
  /** Width of its columns together, in characters as a workbook gives it. */
  width: number;
  /** Default 12. */
  size?: number;
  bold?: boolean;
}

/**
 * Height, in points, in which all texts of a row can be read. Programs other than Excel do not work it out when they
 * open a file, so that rows of wrapped text would lie over each other.
 */
export function rowHeight(cells: readonly CellText[]): number {
  const heights = cells.map((cell) => linesOf(cell) * LINE_POINTS * scaleOf(cell));
  return Math.min(Math.max(LINE_POINTS, ...heights) + ROOM_POINTS, MAX_POINTS);
}

function linesOf(cell: CellText): number {
  const room = (cell.width * UNIT_PIXELS - PADDING_PIXELS) / (scaleOf(cell) * (cell.bold ? 1.08 : 1));
  return cell.text.split('\n').reduce((sum, paragraph) => sum + wrappedLines(paragraph, room), 0);
}

const scaleOf = ({ size = BASE_SIZE }: CellText): number => size / BASE_SIZE;

/** Broken at blanks; a word that is wider than the cell is broken, too. */
function wrappedLines(paragraph: string, room: number): number {
  let lines = 1;
  let used = 0;
  for (const word of paragraph.split(' ')) {
    const width = widthOf(word);
    if (used > 0 && used + BLANK_PIXELS + width > room) {
      lines += 1;
      used = 0;
    }
    lines += Math.max(0, Math.ceil(width / room) - 1);
    used += (used > 0 ? BLANK_PIXELS : 0) + (width % room);
  }
  return lines;
}

const BLANK_PIXELS = 4;

function widthOf(word: string): number {
  let width = 0;
  for (const letter of word.normalize('NFC')) width += pixelsOf(letter);
  return width;
}

/** Rather too wide than too narrow. */
function pixelsOf(letter: string): number {
  if (/[.,:;'!()/|[\]ijlftIr-]/.test(letter)) return 5.4;
  if (/[mwMW%…]/.test(letter)) return 13.5;
  return /\p{Lu}/u.test(letter) ? 11.6 : 8;
}
