import type { SheetRow } from '#libs/workbooks';

/** A sheet, or a whole text. */
export interface Grid {
  /** Name of the sheet; null for a text. */
  sheet: string | null;
  /**
   * Text of a document, where a page break cuts a row in two: a line without a number continues the one above. In a sheet
   * or a CSV file such a row stands for itself.
   */
  continues: boolean;
  rows: SheetRow[];
}
