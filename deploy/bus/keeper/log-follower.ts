import { closeSync, existsSync, openSync, readSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readJson, writeJson } from '../../secrets/secret-files.js';

/** Bytes read at once; more than one line in any case. */
const CHUNK = 256 * 1024;

/** How far a log has been read. */
interface Place {
  /** The file itself, whatever its name is by now. */
  inode: number;
  /** Bytes. */
  offset: number;
}

/** Lines of a log, and what to call when they have been dealt with. */
export interface LogLines {
  lines: string[];
  /** Names this piece of the log: the same when it is read again. */
  name: string;
  done: () => void;
}

/**
 * Reads a log on from where it was left, over restarts of the reader. Of a log that was emptied, or replaced by a new
 * one, the end is read where it was moved to.
 */
export class LogFollower {
  private place: Place;

  constructor(
    private readonly file: string,
    /** Where the place is kept. */
    private readonly placeFile: string,
  ) {
    this.place = (readJson(placeFile) as Place | undefined) ?? { inode: 0, offset: 0 };
  }

  /** Whole lines that nobody has dealt with; null when there are none. */
  next(): LogLines | null {
    if (!existsSync(this.file)) return null;
    const { ino, size } = statSync(this.file);
    if (ino === this.place.inode && size >= this.place.offset) return this.read(this.file, this.place, null);
    const fresh = { inode: ino, offset: 0 };
    const before = this.movedAside(ino);
    const rest = before === undefined ? null : this.read(before, this.place, fresh);
    if (rest) return rest;
    this.keep(fresh);
    return this.read(this.file, fresh, null);
  }

  /** Where the unread end of the log before is: renamed for a new one, or copied to `<file>.1` before it was emptied. */
  private movedAside(inode: number): string | undefined {
    const { inode: before, offset } = this.place;
    if (offset === 0) return undefined;
    const folder = dirname(this.file);
    const candidates =
      inode === before
        ? [`${this.file}.1`]
        : readdirSync(folder)
            .filter((name) => name.startsWith(`${basename(this.file)}.`))
            .map((name) => join(folder, name))
            .filter((path) => statSync(path).ino === before);
    return candidates.find((path) => existsSync(path) && statSync(path).size > offset);
  }

  /** @param afterwards place to go to when the end of this file is reached; null: stay */
  private read(file: string, from: Place, afterwards: Place | null): LogLines | null {
    const text = readPart(file, from.offset);
    const end = text.lastIndexOf(10) + 1;
    if (end === 0) return null;
    const next = { inode: from.inode, offset: from.offset + end };
    const isLast = afterwards !== null && next.offset >= statSync(file).size;
    return {
      lines: text
        .subarray(0, end - 1)
        .toString('utf8')
        .split('\n'),
      name: `${from.inode}-${from.offset}`,
      done: () => {
        this.keep(isLast ? afterwards : next);
      },
    };
  }

  private keep(place: Place): void {
    this.place = place;
    writeJson(this.placeFile, place);
  }
}

function readPart(file: string, offset: number): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(CHUNK);
    return buffer.subarray(0, readSync(descriptor, buffer, 0, CHUNK, offset));
  } finally {
    closeSync(descriptor);
  }
}
