import { closeSync, existsSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * A log file that cannot fill the disk: at the start and at its size limit the file becomes `<name>.1`, which replaces
 * the former one. Also keeps the last lines at hand for error messages.
 */
export class BoundedLog {
  private descriptor: number;
  private size: number;
  private recent = '';

  constructor(
    readonly file: string,
    /** Bytes of one file; the two together take at most twice as much. */
    private readonly limit = 10 * 2 ** 20,
  ) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    this.descriptor = this.openFresh();
    this.size = 0;
  }

  readonly write = (text: string): void => {
    const bytes = Buffer.from(text, 'utf8');
    if (this.size + bytes.length > this.limit) {
      closeSync(this.descriptor);
      this.descriptor = this.openFresh();
      this.size = fstatSync(this.descriptor).size;
    }
    writeSync(this.descriptor, bytes);
    this.size += bytes.length;
    this.recent = (this.recent + text).slice(-4_000);
  };

  /** The last lines written. */
  tail(lines = 15): string {
    return this.recent.trimEnd().split('\n').slice(-lines).join('\n');
  }

  private openFresh(): number {
    if (existsSync(this.file)) renameSync(this.file, `${this.file}.1`);
    return openSync(this.file, 'a', 0o600);
  }
}
