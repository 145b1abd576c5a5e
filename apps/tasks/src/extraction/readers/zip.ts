import { crc32, inflateRawSync } from 'node:zlib';
import { UnreadableDocument } from './unreadable.js';

/** A package with more parts is none that a word processor wrote. */
const MOST_ENTRIES = 5_000;
/** Bytes of one part, and of all parts that are read, once unpacked. */
const LARGEST_PART = 24_000_000;
const LARGEST_TOTAL = 40_000_000;
const END_RECORD = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL_ENTRY = 0x04034b50;
const ENCRYPTED = 0x1;

interface Entry {
  method: number;
  packed: number;
  offset: number;
}

/**
 * Unpacks those parts of a ZIP package that are wanted. Nothing is believed about sizes: unpacking itself stops at the
 * limits, so that a part that claims to be small cannot fill the memory.
 *
 * @throws UnreadableDocument for anything that is no plain package, and beyond the limits
 */
export function readParts(zip: Buffer, wanted: (name: string) => boolean): Map<string, Buffer> {
  const parts = new Map<string, Buffer>();
  let left = LARGEST_TOTAL;
  for (const [name, entry] of entriesOf(zip)) {
    if (!wanted(name)) continue;
    const part = unpack(zip, entry, Math.min(LARGEST_PART, left));
    left -= part.length;
    parts.set(name, part);
  }
  return parts;
}

function entriesOf(zip: Buffer): Map<string, Entry> {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || end + 22 > zip.length || zip.readUInt32LE(end) !== END_RECORD)
    throw new UnreadableDocument('document-unreadable');
  const count = zip.readUInt16LE(end + 10);
  if (count > MOST_ENTRIES) throw new UnreadableDocument('document-too-large-inside');
  const entries = new Map<string, Entry>();
  let at = zip.readUInt32LE(end + 16);
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== ENTRY)
      throw new UnreadableDocument('document-unreadable');
    if ((zip.readUInt16LE(at + 8) & ENCRYPTED) !== 0) throw new UnreadableDocument('document-encrypted');
    const nameLength = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength);
    // Two parts of one name: readers differ in which one they take.
    if (entries.has(name)) throw new UnreadableDocument('document-unreadable');
    entries.set(name, {
      method: zip.readUInt16LE(at + 10),
      packed: zip.readUInt32LE(at + 20),
      offset: zip.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

function unpack(zip: Buffer, { method, packed, offset }: Entry, limit: number): Buffer {
  if (offset + 30 > zip.length || zip.readUInt32LE(offset) !== LOCAL_ENTRY)
    throw new UnreadableDocument('document-unreadable');
  const start = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28);
  const bytes = zip.subarray(start, start + packed);
  if (bytes.length !== packed) throw new UnreadableDocument('document-unreadable');
  if (method === 0) {
    if (bytes.length > limit) throw new UnreadableDocument('document-too-large-inside');
    return bytes;
  }
  if (method !== 8) throw new UnreadableDocument('document-unreadable');
  try {
    return inflateRawSync(bytes, { maxOutputLength: Math.max(1, limit) });
  } catch (error) {
    const tooLarge =
      error instanceof RangeError || (error as { code?: unknown }).code === 'ERR_BUFFER_TOO_LARGE';
    throw new UnreadableDocument(tooLarge ? 'document-too-large-inside' : 'document-unreadable');
  }
}

/** A ZIP package of these parts, not packed: what a reader gets after the parts were checked. */
export function storedZip(parts: ReadonlyMap<string, Buffer>): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of parts) {
    const title = Buffer.from(name, 'utf8');
    const common = commonFields(title, content);
    const local = Buffer.concat([uint32(LOCAL_ENTRY), common, title, content]);
    directory.push(uint32(ENTRY), uint16(20), common, Buffer.alloc(10), uint32(offset), title);
    files.push(local);
    offset += local.length;
  }
  const index = Buffer.concat(directory);
  const counts = [uint16(parts.size), uint16(parts.size), uint32(index.length), uint32(offset), uint16(0)];
  return Buffer.concat([...files, index, uint32(END_RECORD), uint32(0), ...counts]);
}

/** From "version needed" to the length of the extra field, as both kinds of record have them. */
function commonFields(title: Buffer, content: Buffer): Buffer {
  const utf8Names = 0x800;
  return Buffer.concat([
    ...[uint16(20), uint16(utf8Names), uint16(0), uint32(0), uint32(crc32(content))],
    ...[uint32(content.length), uint32(content.length), uint16(title.length), uint16(0)],
  ]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
