import { open } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { TextDecoder } from 'node:util';
import { CsvError, parse } from 'csv-parse';
import { encodingCheck } from './encoding.js';
import { ProfileError, type ProfilePlan } from './profile-plan.js';
import { oneForm, type TableFigures, TableProfile } from './table-profile.js';

/** How a CSV file is written. */
export interface CsvDialect {
  /** As the WHATWG names it; undefined: by the byte order mark, else utf-8. */
  encoding?: string;
  /** undefined: the one of comma, semicolon, tab and bar that the first line has most of. */
  delimiter?: string;
}

/** How far it is: bytes of the file, and of it read. */
export type Progress = (read: number, total: number) => void;

/** A record of more is no record: a quote that is never closed would swallow the file. */
const MAX_RECORD_CHARACTERS = 4_000_000;
const SNIFFED_BYTES = 65_536;
const DELIMITERS = [',', ';', '\t', '|'] as const;

/**
 * Profiles a CSV file whose first record names the fields; in bounded memory, whatever its size.
 *
 * @throws ProfileError for a file that cannot be read as CSV, saying where
 */
export async function profileCsv(
  path: string,
  plan: ProfilePlan,
  dialect: CsvDialect = {},
  progress: Progress = () => undefined,
): Promise<TableFigures & { encodingErrors: number }> {
  const { encoding, delimiter, size } = await settle(path, dialect);
  const check = encodingCheck(encoding);
  let table: TableProfile | undefined;
  const parser = parse({
    bom: true,
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MAX_RECORD_CHARACTERS,
    on_record: (record: string[]): null => {
      if (table) table.add(record);
      else table = new TableProfile(record.map(nameOf), plan);
      return null;
    },
  });
  const file = createReadStream(path, { highWaterMark: 262_144 });
  check.on('data', () => {
    progress(check.bytes, size);
  });
  try {
    parser.resume();
    await pipeline(file, check, parser);
    if (!table) throw new ProfileError('the file is empty: its first record must name the fields');
    return { ...table.figures(), encodingErrors: check.errors };
  } catch (error) {
    throw error instanceof CsvError ? new ProfileError(`this is not CSV: ${error.message}`) : error;
  } finally {
    table?.close();
  }
}

/** A name on one line, in its one form. */
function nameOf(cell: string): string {
  return oneForm(cell).replace(/\s+/gu, ' ');
}

async function settle(
  path: string,
  { encoding, delimiter }: CsvDialect,
): Promise<Required<CsvDialect> & { size: number }> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFFED_BYTES), 0, SNIFFED_BYTES, 0);
    const start = buffer.subarray(0, bytesRead);
    const settled = encoding ?? encodingOf(start);
    const { size } = await file.stat();
    return {
      encoding: settled,
      delimiter: delimiter ?? delimiterOf(new TextDecoder(settled).decode(start)),
      size,
    };
  } catch (error) {
    throw error instanceof RangeError ? new ProfileError(`there is no encoding "${encoding ?? ''}"`) : error;
  } finally {
    await file.close();
  }
}

function encodingOf(start: Buffer): string {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  return start[0] === 0xfe && start[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/** By the first line; what stands in quotes is no delimiter. */
export function delimiterOf(start: string): string {
  const counts = new Map<string, number>();
  let quoted = false;
  for (const character of start) {
    if (character === '"') quoted = !quoted;
    else if (character === '\n' && !quoted) break;
    else if (!quoted) counts.set(character, (counts.get(character) ?? 0) + 1);
  }
  const countOf = (delimiter: string) => counts.get(delimiter) ?? 0;
  return DELIMITERS.reduce((best, delimiter) => (countOf(delimiter) > countOf(best) ? delimiter : best));
}
