import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ownStamp, processStamp } from './process-stamp.js';
import { UserError } from './user-error.js';

/** Where things are in the data folder. */
export class DataDir {
  constructor(readonly path: string) {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  }

  readonly postgres = join(this.path, 'postgres', 'cluster');
  readonly nats = join(this.path, 'nats');
  readonly busKeys = join(this.path, 'bus');
  readonly bin = join(this.path, 'bin');
  readonly cache = join(this.path, 'cache');
  readonly logs = join(this.path, 'logs');
  readonly runFile = join(this.path, 'run.json');
  readonly portsFile = join(this.path, 'ports.json');
  readonly databasesFile = join(this.path, 'databases.json');
  readonly displayTokenFile = join(this.path, 'gateway', 'display-token');
  readonly developerClientFile = join(this.path, 'identity', 'developer-client.json');
  private readonly lockFile = join(this.path, 'launcher.lock');

  /**
   * Two launchers on one folder would destroy each other's data, so the first one's process is written down. A file
   * left by a killed launcher does not count: its process number is gone or belongs to one that started later.
   *
   * @returns the way to release it
   */
  lock(): () => void {
    const holder = this.holder();
    if (holder !== undefined) {
      throw new UserError(
        `The system already runs on ${this.path} (process ${holder}). Stop that one first (Ctrl-C in its terminal, ` +
          `or: kill ${holder}), or start a second system with other values of IOC_DATA_DIR and IOC_PORT_BASE.`,
      );
    }
    rmSync(this.lockFile, { force: true });
    writeFileSync(this.lockFile, `${process.pid} ${ownStamp()}\n`, { flag: 'wx', mode: 0o600 });
    return () => {
      rmSync(this.lockFile, { force: true });
    };
  }

  /** Process number of the launcher at work on this folder. */
  holder(): number | undefined {
    if (!existsSync(this.lockFile)) return undefined;
    const [pid = '', ...stamp] = readFileSync(this.lockFile, 'utf8').trim().split(' ');
    return processStamp(Number(pid)) === stamp.join(' ') ? Number(pid) : undefined;
  }
}

/** Reads a JSON file of ours; undefined when there is none. */
export function readJson<T>(file: string): T | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;
}

/** Writes a file that only this user reads (0600), whole or not at all. */
export function writePrivate(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function writeJson(file: string, value: unknown): void {
  writePrivate(file, `${JSON.stringify(value, null, 2)}\n`);
}

/** The text of a secret file, made at random (256 bits, URL-safe) the first time. */
export function secretFrom(file: string): string {
  if (!existsSync(file)) writePrivate(file, randomSecret());
  return readFileSync(file, 'utf8').trim();
}

export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}
