import { type Remark, remark } from './faults.js';
import type { ImportSource } from './item-content.js';
import { readFile } from './readers/read-file.js';
import { findTables } from './tables/find-tables.js';
import { readTable, type ReadTable, type Stated } from './tables/read-table.js';

/** A file with what the importer states about it. */
export interface ImportFile extends Stated {
  content: Buffer;
  contentType: string;
  source: ImportSource;
}

/** Rows of one import; more would hold the list's lock for too long. */
const MAX_ROWS = 2_000;

/**
 * Reads all tables of a file, and what is wrong with them; asks nobody whether the rows fit the list.
 *
 * @throws problems of the readers, for a file that is not read at all
 */
export async function readImport(file: ImportFile): Promise<{ tables: ReadTable[]; faults: Remark[] }> {
  const { grids, remarks } = await readFile(file.content, file.contentType);
  const tables = grids.flatMap(findTables).map((table) => readTable(table, file));
  const faults = [...remarks, ...tables.flatMap((table) => table.faults)];
  const nowhere = { sheet: null, row: null, column: null };
  if (tables.length === 0 && faults.length === 0) faults.push(remark(nowhere, 'no-table'));
  const count = tables.reduce((sum, { rows }) => sum + rows.length, 0);
  if (count <= MAX_ROWS) return { tables, faults };
  faults.push(remark(nowhere, 'too-many-rows', { count, max: MAX_ROWS }));
  return { tables: tables.map((table) => ({ ...table, rows: [] })), faults };
}
