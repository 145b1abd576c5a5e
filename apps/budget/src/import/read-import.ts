import { type Remark, remark } from './faults.js';
import type { ImportSource } from './item-content.js';
import { readFile } from './readers/read-file.js';
import { findTables, type FoundTable } from './tables/find-tables.js';
import { readTable, type ReadTable, type Stated } from './tables/read-table.js';

/** A file with what the importer states about it. */
export interface ImportFile extends Stated {
  content: Buffer;
  contentType: string;
  /** As the sender names it; for the log. */
  fileName?: string;
  source: ImportSource;
}

const MAX_TABLES = 50;
/** Rows of one import; more would hold the list's lock for too long. */
const MAX_ROWS = 2_000;

/**
 * Reads all tables of a file, and what is wrong with them; asks nobody whether the rows fit the list.
 *
 * @throws problems of the readers, for a file that is not read at all
 */
export async function readImport(file: ImportFile): Promise<{ tables: ReadTable[]; faults: Remark[] }> {
  const { grids, remarks } = await readFile(file.content, file.contentType);
  const found = grids.flatMap(findTables);
  const hopeless = hopelessFault(found, remarks);
  if (hopeless) return { tables: [], faults: [...remarks, hopeless] };
  const tables = found.map((table) => readTable(table, file));
  return { tables, faults: [...remarks, ...tables.flatMap((table) => table.faults)] };
}

/** Why the tables are not even looked into. */
function hopelessFault(found: readonly FoundTable[], remarks: readonly Remark[]): Remark | null {
  const nowhere = { sheet: null, row: null, column: null };
  if (found.length === 0) return remarks.length > 0 ? null : remark(nowhere, 'no-table');
  if (found.length > MAX_TABLES) {
    return remark(nowhere, 'too-many-tables', { count: found.length, max: MAX_TABLES });
  }
  const count = found.reduce((sum, { rows }) => sum + rows.length, 0);
  return count > MAX_ROWS ? remark(nowhere, 'too-many-rows', { count, max: MAX_ROWS }) : null;
}
