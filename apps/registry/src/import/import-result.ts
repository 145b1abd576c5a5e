import type { Remark, Row } from './remarks.js';

export const IMPORT_ACTIONS = ['create', 'change'] as const;
export type ImportAction = (typeof IMPORT_ACTIONS)[number];

/** What an import makes of a row that says something new. */
export interface ImportedRow {
  sheet: string;
  /** Of the sheet, from 1. */
  row: number;
  action: ImportAction;
  /** Null for what a dry run would make. */
  id: string | null;
  name: string;
  /** Fields of the entry that change; none for a new one. */
  changed: string[];
}

export interface SheetCounts {
  created: number;
  changed: number;
  /** The catalogue says the same already. */
  unchanged: number;
}

export interface ImportCounts {
  databases: SheetCounts;
  systems: SheetCounts;
  connections: SheetCounts;
}

export interface CatalogueImportResult {
  dryRun: boolean;
  /** Whether the file has no fault, so that all of it is, or would be, imported. */
  accepted: boolean;
  counts: ImportCounts;
  rows: ImportedRow[];
  faultCount: number;
  /** The first 1,000. */
  faults: Remark[];
  /** The first 1,000. */
  warnings: Remark[];
}

/** Counts what becomes of the rows of one sheet. */
export class SheetTally {
  readonly rows: ImportedRow[] = [];
  private unchanged = 0;

  created({ sheet, row }: Row<string>, id: string, name: string): void {
    this.rows.push({ sheet, row, action: 'create', id, name, changed: [] });
  }

  /** @param changed fields that differ now; none: the row said nothing new */
  kept({ sheet, row }: Row<string>, id: string, name: string, changed: string[]): void {
    if (changed.length === 0) this.unchanged += 1;
    else this.rows.push({ sheet, row, action: 'change', id, name, changed });
  }

  get counts(): SheetCounts {
    const count = (action: ImportAction) => this.rows.filter((row) => row.action === action).length;
    return { created: count('create'), changed: count('change'), unchanged: this.unchanged };
  }
}
