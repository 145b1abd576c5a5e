import {
  closeSync,
  copyFileSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  statSync,
  truncateSync,
} from 'node:fs';
import { dirname } from 'node:path';

/**
 * The log of a process, which writes to the file itself: were it a pipe to the launcher, a service whose launcher was
 * killed could not write its last lines, or would wait for ever to write them. The lines of the last start are kept
 * in `<file>.1`, and so are those of a log that has grown too long.
 */
export class LogFile {
  constructor(
    readonly file: string,
    /** Bytes; file and `<file>.1` together take about twice as much at most. */
    private readonly limit = 10 * 2 ** 20,
  ) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    if (existsSync(file)) renameSync(file, `${file}.1`);
    closeSync(openSync(file, 'a', 0o600));
  }

  /** Moves what is too long aside. The process goes on writing meanwhile; a few of its lines may be in neither file. */
  shorten(): void {
    if (statSync(this.file).size <= this.limit) return;
    copyFileSync(this.file, `${this.file}.1`);
    truncateSync(this.file, 0);
  }

  /** The last lines. */
  tail(lines = 15): string {
    return readEnd(this.file, 4_000).trimEnd().split('\n').slice(-lines).join('\n');
  }
}

/** The last bytes of a file as text; what was cut off in the middle of a character is shown as a replacement sign. */
export function readEnd(file: string, bytes: number, from = 0): string {
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const start = Math.max(from, size - bytes, 0);
    const content = Buffer.alloc(Math.max(size - start, 0));
    readSync(descriptor, content, 0, content.length, start);
    return content.toString('utf8');
  } finally {
    closeSync(descriptor);
  }
}
