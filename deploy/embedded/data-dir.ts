import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownStamp, processStamp } from './process-stamp.js';
import { passableMode } from './unprivileged.js';
import { UserError } from './user-error.js';

/** Where things are in the data folder. */
export class DataDir {
  constructor(readonly path: string) {
    mkdirSync(path, { recursive: true, mode: passableMode() });
  }

  readonly postgres = join(this.path, 'postgres', 'cluster');
  readonly nats = join(this.path, 'nats');
  readonly busKeys = join(this.path, 'bus');
  readonly exchangeLogArchive = join(this.path, 'exchange-log-archive');
  readonly bin = join(this.path, 'bin');
  readonly logs = join(this.path, 'logs');
  readonly runFile = join(this.path, 'run.json');
  readonly portsFile = join(this.path, 'ports.json');
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
