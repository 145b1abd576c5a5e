import { foldVietnamese } from '#libs/http';
import type { ReferenceData } from '#libs/reference';
import {
  type Notes,
  readTable,
  readWorkbook,
  type WorkbookLimits,
  type WorkbookSheet,
} from '#libs/workbooks';
import {
  type CatalogueColumn,
  DATABASE_COLUMNS,
  type EntryKey,
  SHEETS,
  SYSTEM_COLUMNS,
} from '../export/columns.js';
import { CONNECTION_COLUMNS } from '../export/connection-columns.js';
import { DATABASE_KIND_WORDS, SYSTEM_KIND_WORDS } from '../export/words.js';
import { beginNotes, type RemarkCode, type Row } from './remarks.js';
import { readConnection, type StatedConnection } from './stated-connection.js';
import { readEntry, type StatedDatabase, type StatedSystem } from './stated-entry.js';

/** Greatest file, bytes. */
export const MAX_FILE = 5 * 1_048_576;
/** Rows of one sheet: several times a province's catalogue, and little enough to be taken over in one transaction. */
export const MAX_ROWS = 1_000;
const LIMITS: WorkbookLimits = { unpacked: 16 * 1_048_576, rows: 20_000, cells: 200_000 };

/** What a file says, row by row. */
export interface StatedFile {
  databases: StatedDatabase[];
  systems: StatedSystem[];
  connections: StatedConnection[];
  notes: Notes<RemarkCode>;
}

/** @throws problem of a file that is no workbook, or does harm: those of `readWorkbook` */
export async function readFile(file: Buffer, reference: ReferenceData): Promise<StatedFile> {
  const sheets = await readWorkbook(file, LIMITS);
  const notes = beginNotes();
  const databases = rowsOf(sheets, SHEETS.databases, DATABASE_COLUMNS, ['name'], notes);
  const systems = rowsOf(sheets, SHEETS.systems, SYSTEM_COLUMNS, ['name'], notes);
  const connections = rowsOf(sheets, SHEETS.connections, CONNECTION_COLUMNS, ['own', 'target'], notes);
  const nowhere = { sheet: null, row: null, column: null };
  if (databases === null && systems === null && connections === null) {
    const name = [SHEETS.databases, SHEETS.systems, SHEETS.connections].join('", "');
    notes.faults.push(notes.remark(nowhere, 'no-sheet', { name }));
  } else if (notes.faults.length === 0 && [databases, systems, connections].every((rows) => !rows?.length)) {
    notes.faults.push(notes.remark(nowhere, 'no-rows'));
  }
  const entries = <Kind extends string>(
    rows: Row<EntryKey>[] | null,
    kinds: Readonly<Record<Kind, string>>,
  ) => (rows ?? []).map((row) => readEntry(row, kinds, reference));
  return {
    databases: entries(databases, DATABASE_KIND_WORDS),
    systems: entries(systems, SYSTEM_KIND_WORDS),
    connections: (connections ?? []).map(readConnection),
    notes,
  };
}

/** Null: the file has no such sheet. */
function rowsOf<Key extends string>(
  sheets: readonly WorkbookSheet[],
  name: string,
  columns: readonly CatalogueColumn<Key>[],
  needed: readonly [Key, ...Key[]],
  notes: Notes<RemarkCode>,
): Row<Key>[] | null {
  const sheet = sheets.find((one) => foldVietnamese(one.name.trim()) === foldVietnamese(name));
  if (!sheet) return null;
  const form = {
    columns: columns.filter(({ information }) => !information),
    needed,
    ignored: columns.flatMap(({ information, header }) => (information ? [header] : [])),
    maxRows: MAX_ROWS,
  };
  return readTable<Key, RemarkCode>(sheet, form, notes);
}
