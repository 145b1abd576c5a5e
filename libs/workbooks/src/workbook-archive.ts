import { inflateRawSync } from 'node:zlib';
import { workbookProblem } from './workbook-problems.js';

/** A part of a workbook, still packed. */
interface Entry {
  name: string;
  /** 0: stored, 8: deflated. */
  method: number;
  packed: Buffer;
}

const MAX_ENTRIES = 500;

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const ENCRYPTED = 0x1;

/** Parts that run, reach out or hide other files. */
const ACTIVE =
  /(vbaProject|\/activeX\/|\/embeddings\/|\/externalLinks\/|\/macrosheets\/|\/dialogsheets\/|connections\.xml|\/queryTables\/|customUI|\/ctrlProps\/)/i;

/**
 * The parts of an .xlsx file by name, unpacked one by one when asked for. Written here, and not left to a library, so that
 * nothing is unpacked before it is known to be harmless: what a small file unpacks to is counted while it is unpacked.
 */
export class WorkbookArchive {
  private unpacked = 0;

  private constructor(
    private readonly entries: ReadonlyMap<string, Entry>,
    private readonly limit: number,
  ) {}

  /**
   * @param limit bytes of all parts that are asked for, once unpacked
   * @throws problem `file-damaged`, `file-encrypted`, `file-active`, `file-too-big`
   */
  static open(file: Buffer, limit: number): WorkbookArchive {
    try {
      const entries = readDirectory(file);
      for (const { name } of entries)
        if (ACTIVE.test(name)) throw workbookProblem('file-active', { part: name.slice(0, 80) });
      const byName = new Map(entries.map((entry) => [entry.name, entry]));
      if (byName.size !== entries.length || !byName.has('xl/workbook.xml'))
        throw workbookProblem('file-damaged');
      return new WorkbookArchive(byName, limit);
    } catch (error) {
      throw error instanceof RangeError ? workbookProblem('file-damaged') : error;
    }
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** @throws problem `file-damaged`, `file-too-big` */
  text(name: string): string {
    const entry = this.entries.get(name);
    if (!entry) throw workbookProblem('file-damaged');
    const content = this.unpack(entry);
    this.unpacked += content.length;
    const text = content.toString('utf8');
    // A workbook has no document type; entities that multiply themselves need one.
    if (text.includes('<!DOCTYPE') || text.includes('<!ENTITY')) throw workbookProblem('file-damaged');
    return text;
  }

  private unpack({ method, packed }: Entry): Buffer {
    const left = this.limit - this.unpacked;
    if (method === 0) {
      if (packed.length > left) throw this.tooBig();
      return packed;
    }
    try {
      return inflateRawSync(packed, { maxOutputLength: Math.max(left, 1) });
    } catch (error) {
      throw (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE'
        ? this.tooBig()
        : workbookProblem('file-damaged');
    }
  }

  private tooBig(): Error {
    return workbookProblem('file-too-big', { limit: `${this.limit / 1_048_576} MiB` });
  }
}

function readDirectory(file: Buffer): Entry[] {
  const end = file.lastIndexOf(Buffer.from('504b0506', 'hex'));
  if (end < 0 || file.readUInt32LE(end) !== END_OF_DIRECTORY) throw workbookProblem('file-damaged');
  const count = file.readUInt16LE(end + 10);
  if (count > MAX_ENTRIES) throw workbookProblem('file-too-big', { limit: `${MAX_ENTRIES} parts` });
  const entries: Entry[] = [];
  let at = file.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (file.readUInt32LE(at) !== DIRECTORY_ENTRY) throw workbookProblem('file-damaged');
    if ((file.readUInt16LE(at + 8) & ENCRYPTED) !== 0) throw workbookProblem('file-encrypted');
    const method = file.readUInt16LE(at + 10);
    if (method !== 0 && method !== 8) throw workbookProblem('file-damaged');
    const nameLength = file.readUInt16LE(at + 28);
    const name = file.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/');
    const packed = packedAt(file, file.readUInt32LE(at + 42), file.readUInt32LE(at + 20));
    if (!name.endsWith('/')) entries.push({ name, method, packed });
    at += 46 + nameLength + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return entries;
}

function packedAt(file: Buffer, at: number, length: number): Buffer {
  if (file.readUInt32LE(at) !== LOCAL_ENTRY) throw workbookProblem('file-damaged');
  const from = at + 30 + file.readUInt16LE(at + 26) + file.readUInt16LE(at + 28);
  if (from + length > file.length) throw workbookProblem('file-damaged');
  return file.subarray(from, from + length);
}
