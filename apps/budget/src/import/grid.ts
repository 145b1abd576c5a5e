/** A cell as a file has it, before anybody asks what it means. */
export interface GridCell {
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

export interface GridRow {
  /** Row of the sheet, or line of the text, counted from 1. */
  row: number;
  cells: (GridCell | null)[];
}

/** A sheet, or a whole text. */
export interface Grid {
  /** Name of the sheet; null for a text. */
  sheet: string | null;
  /**
   * Text of a document, where a page break cuts a row in two: a line without a number continues the one above. In a sheet
   * or a CSV file such a row stands for itself.
   */
  continues: boolean;
  rows: GridRow[];
}

export const PLAIN_CELL = { numeric: false, formula: false, error: false, covered: false, comment: null };

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
