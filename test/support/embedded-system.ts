import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ProcessName } from '#libs/contracts';
import { readRunState } from '../../deploy/embedded/run-state.js';
import { freePortBase } from './port-base.js';
import { until } from './until.js';

/** Jest and npm scripts run in the folder of the checkout. */
const ROOT = process.cwd();

/** The whole system as `npm start` brings it up, in a folder and on ports of its own. */
export class EmbeddedSystem {
  private output = '';
  private readonly ended: Promise<void>;

  private constructor(
    private readonly child: ChildProcess,
    readonly dataDir: string,
    /** For commands that look for this system, such as `npm run -s token`. */
    readonly environment: NodeJS.ProcessEnv,
  ) {
    const note = (chunk: Buffer): void => {
      this.output += chunk.toString('utf8');
    };
    child.stdout?.on('data', note);
    child.stderr?.on('data', note);
    this.ended = new Promise((resolve) => {
      child.once('close', () => {
        resolve();
      });
    });
  }

  /** Resolves when it has printed `ready`. */
  static async start(): Promise<EmbeddedSystem> {
    const dataDir = mkdtempSync(join(tmpdir(), 'ioc-system-'));
    const environment = {
      ...process.env,
      IOC_DATA_DIR: dataDir,
      IOC_PORT_BASE: String(await freePortBase()),
      NODE_OPTIONS: '',
    };
    const child = spawn(process.execPath, [join(ROOT, 'dist/deploy/embedded/start.js')], {
      cwd: ROOT,
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const system = new EmbeddedSystem(child, dataDir, environment);
    try {
      await until(() => system.displayAddress !== null || child.exitCode !== null, 120_000);
      if (child.exitCode !== null) throw new Error('it ended');
    } catch (error) {
      child.kill('SIGKILL');
      throw new Error(`the system did not start:\n${system.output}`, { cause: error });
    }
    return system;
  }

  /** What `ready` names: opens the wall without a login. Null until then. */
  get displayAddress(): string | null {
    return /^ready (\S+)/m.exec(this.output)?.[1] ?? null;
  }

  url(process: ProcessName): string {
    const address = readRunState(join(this.dataDir, 'run.json'))?.urls[process];
    if (address === undefined) throw new Error(`${process} does not run`);
    return address;
  }

  async token(...request: string[]): Promise<string> {
    const program = join(ROOT, 'dist/deploy/embedded/token.js');
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...request], {
      env: this.environment,
    });
    return stdout.trim();
  }

  /** Stops it as Ctrl-C does, and removes its data. */
  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    await this.ended;
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
