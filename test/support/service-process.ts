import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProcessName } from '#libs/contracts';
import { freePort } from '../../deploy/embedded/free-port.js';
import { until } from './until.js';

/** Folder that holds `dist` (and package.json, for `#libs/…`); another one when a changed build is put to the test. */
const PROGRAMS = process.env['TEST_PROGRAMS'] ?? fileURLToPath(new URL('../..', import.meta.url));

const START_MILLISECONDS = 60_000;
const KEPT_OUTPUT = 100_000;

/** A service as in production: its built program in a process of its own. */
export class ServiceProcess {
  private output = '';
  private readonly ended: Promise<number | null>;

  private constructor(
    readonly name: ProcessName,
    readonly url: string,
    private readonly child: ChildProcess,
  ) {
    const note = (chunk: Buffer): void => {
      this.output = (this.output + chunk.toString('utf8')).slice(-KEPT_OUTPUT);
    };
    child.stdout?.on('data', note);
    child.stderr?.on('data', note);
    this.ended = new Promise((resolve) => child.once('close', resolve));
  }

  /** Resolves when it answers requests, which does not mean that it has reached the broker. */
  static async start(name: ProcessName, environment: NodeJS.ProcessEnv): Promise<ServiceProcess> {
    const program = join(PROGRAMS, 'dist', 'apps', name, 'src', 'main.js');
    if (!existsSync(program)) throw new Error(`${program} is missing: run "npm run build" first.`);
    const port = await freePort();
    const child = spawn(process.execPath, ['--enable-source-maps', program], {
      cwd: PROGRAMS,
      // Ends with the test, however that ends.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'production',
        NODE_COMPILE_CACHE: join(tmpdir(), 'ioc-test-compile-cache'),
        IOC_PARENT_WATCH: '1',
        LOG_LEVEL: 'warn',
        HOST: '127.0.0.1',
        PORT: String(port),
        ...environment,
      },
    });
    const service = new ServiceProcess(name, `http://127.0.0.1:${port}`, child);
    await service.untilListening();
    return service;
  }

  /** What it wrote so far, the last 100,000 characters. */
  get log(): string {
    return this.output;
  }

  /** Number of the process. */
  get pid(): number {
    if (this.child.pid === undefined) throw new Error(`${this.name} was not started`);
    return this.child.pid;
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Sends one request; answers the JSON of the answer. @throws Error when it is refused */
  async call(method: string, path: string, token: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return JSON.parse(text) as unknown;
  }

  /** kill -9 */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  /** @throws Error when it does not end in order */
  async stop(): Promise<void> {
    if (!this.running) return;
    this.child.kill('SIGTERM');
    const code = await this.ended;
    if (code !== 0) throw new Error(`${this.name} ended with ${String(code)}:\n${this.output}`);
  }

  private async untilListening(): Promise<void> {
    const isListening = async (): Promise<boolean> => {
      if (!this.running) return true;
      return (await fetch(`${this.url}/health/live`)).ok;
    };
    await until(isListening, START_MILLISECONDS).catch(() => this.kill());
    if (!this.running) throw new Error(`${this.name} did not start:\n${this.output.slice(0, 2_000)}`);
  }
}
