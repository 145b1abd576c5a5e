import { isSmall, type MappedText, mapText } from '../text/mapped-text.js';

/** A row of a table that was found in lines of text. */
export interface TableRow {
  /** Which lines it takes: its first, and the one after its last. */
  from: number;
  to: number;
  cells: MappedText[];
}

/** Two pieces of the source as one cell. */
export function joinedCells(before: MappedText, after: MappedText): MappedText {
  const at = [...before.at, (before.at.at(-1) ?? 0) + 1, ...after.at];
  return mapText(`${before.text} ${after.text}`, at);
}

/** Adds a line as a cell, or to the one before it when it goes on in small letters. */
export function addLine(cells: MappedText[], line: MappedText): void {
  const before = cells.at(-1);
  if (!before || !isSmall(line.text[0])) cells.push(line);
  else cells[cells.length - 1] = joinedCells(before, line);
}
