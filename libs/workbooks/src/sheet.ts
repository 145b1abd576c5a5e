/** A cell as a file has it, before anybody asks what it means. */
export interface SheetCell {
  /** What it says; the digits of a number as the file stores them, with a decimal point. */
  text: string;
  /** The file stores a number, not a text that looks like one. */
  numeric: boolean;
  /** Its value is what a formula gave when the file was saved. */
  formula: boolean;
  /** An error value of the spreadsheet, such as #REF! */
  error: boolean;
  /** Copied down from the cell above, that it is merged with. */
  covered: boolean;
  /** Note that somebody attached to it. */
  comment: string | null;
}

/** A cell of which nothing is known but its text. */
export const PLAIN_CELL = { numeric: false, formula: false, error: false, covered: false, comment: null };

export interface SheetRow {
  /** Counted from 1. */
  row: number;
  cells: (SheetCell | null)[];
}

/** A visible sheet; rows without any content are left out. */
export interface WorkbookSheet {
  name: string;
  rows: SheetRow[];
  /** Days are counted from 1904 instead of 1900, as old workbooks of another system do. */
  from1904: boolean;
}

/** 0 → A, 26 → AA. */
export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

/** A → 0; the letters of a cell's address. */
export function columnIndex(letters: string): number {
  let index = 0;
  for (const letter of letters) index = index * 26 + letter.charCodeAt(0) - 64;
  return index - 1;
}
