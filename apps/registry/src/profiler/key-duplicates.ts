import { hash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bytes of a key that are kept: of so many, two of 10^12 keys fall together once in 10^14 times. */
const DIGEST = 16;
const PARTITIONS = 128;
/** Digests of a partition that wait in memory; the whole is 1 MB. */
const WAITING = 512;

/**
 * Counts records whose key an earlier one has, exactly and in bounded memory: digests of the keys go to files, split by
 * their first bits so that equal ones meet, and each file is counted by itself. A billion records take 16 GB of disk.
 */
export class KeyDuplicates {
  private readonly waiting = Buffer.allocUnsafe(PARTITIONS * WAITING * DIGEST);
  private readonly filled = new Uint32Array(PARTITIONS);
  private readonly written = new Float64Array(PARTITIONS);
  private readonly files = new Map<number, number>();

  /** Made when memory no longer holds the digests. */
  private folder: string | null = null;

  /** @param key parts in their order, none empty */
  add(key: readonly string[]): void {
    // Lengths before the parts: ("a", "bc") is another key than ("ab", "c").
    const text = key.length === 1 ? (key[0] ?? '') : key.map((part) => `${part.length} ${part}`).join('');
    const digest = hash('sha256', text, 'binary');
    const partition = digest.charCodeAt(0) % PARTITIONS;
    const at = (partition * WAITING + (this.filled[partition] ?? 0)) * DIGEST;
    this.waiting.write(digest, at, DIGEST, 'latin1');
    this.filled[partition] = (this.filled[partition] ?? 0) + 1;
    if (this.filled[partition] === WAITING) this.spill(partition);
  }

  count(): number {
    const sizes = Array.from(
      this.filled,
      (waiting, partition) => this.writtenOf(partition) + waiting * DIGEST,
    );
    // Made once: memory that is let go of partition by partition comes back late.
    const content = Buffer.allocUnsafe(Math.max(...sizes));
    const table = new Int32Array(tableSizeFor(content.length / DIGEST));
    return sizes.reduce((sum, size, partition) => {
      this.readInto(content, partition);
      return sum + repeatedIn(content.subarray(0, size), table);
    }, 0);
  }

  /** Takes the files away again. */
  close(): void {
    for (const file of this.files.values()) closeSync(file);
    if (this.folder !== null) rmSync(this.folder, { recursive: true, force: true });
  }

  private spill(partition: number): void {
    let file = this.files.get(partition);
    if (file === undefined) {
      this.folder ??= mkdtempSync(join(tmpdir(), 'profile-'));
      file = openSync(join(this.folder, String(partition)), 'w+');
      this.files.set(partition, file);
    }
    const content = this.waitingOf(partition);
    const start = this.writtenOf(partition);
    for (let at = 0; at < content.length;)
      at += writeSync(file, content, at, content.length - at, start + at);
    this.written[partition] = start + content.length;
    this.filled[partition] = 0;
  }

  private waitingOf(partition: number): Buffer {
    const from = partition * WAITING * DIGEST;
    return this.waiting.subarray(from, from + (this.filled[partition] ?? 0) * DIGEST);
  }

  private writtenOf(partition: number): number {
    return this.written[partition] ?? 0;
  }

  private readInto(content: Buffer, partition: number): void {
    const size = this.writtenOf(partition);
    const file = this.files.get(partition);
    if (file !== undefined) {
      for (let at = 0; at < size;) at += readSync(file, content, at, size - at, at);
    }
    this.waitingOf(partition).copy(content, size);
  }
}

/** A power of two that leaves at least half of the table empty. */
function tableSizeFor(total: number): number {
  let size = 16;
  while (size < total * 2) size *= 2;
  return size;
}

/** How many digests stand there again; the table is one with open addressing over the content itself. */
function repeatedIn(content: Buffer, table: Int32Array): number {
  const total = content.length / DIGEST;
  table.fill(-1);
  let repeated = 0;
  for (let index = 0; index < total; index += 1) {
    const at = index * DIGEST;
    let slot = content.readUInt32LE(at + 4) & (table.length - 1);
    for (;;) {
      const other = table[slot] ?? -1;
      if (other === -1) {
        table[slot] = index;
        break;
      }
      if (content.compare(content, at, at + DIGEST, other * DIGEST, (other + 1) * DIGEST) === 0) {
        repeated += 1;
        break;
      }
      slot = (slot + 1) & (table.length - 1);
    }
  }
  return repeated;
}
