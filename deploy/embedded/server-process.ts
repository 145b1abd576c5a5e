import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess, StdioOptions } from 'node:child_process';
import { appendFileSync, closeSync, fstatSync, openSync } from 'node:fs';
import { readEnd } from './log-file.js';

export interface CommandLine {
  command: string;
  args: string[];
}

export interface ServerProcessOptions extends CommandLine {
  /** Numeric user and group to run as; the current ones when absent. */
  user?: { uid: number; gid: number };
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  /** Opens a channel whose closing tells a Node child that its parent is gone. */
  ipc?: boolean;
  /** File that the process writes its output to, at its end. */
  logFile: string;
}

export interface ServerProcess {
  readonly pid: number;
  /** What it has written to its log since it was started, the last 10,000 bytes of it. */
  output(): string;
  /** Settles when the process has ended; never rejects. */
  readonly ended: Promise<ProcessEnd>;
  readonly running: boolean;
  /** Sends the signal, waits; sends SIGKILL when the process is still there after the time (milliseconds). */
  stop(signal?: NodeJS.Signals, patience?: number): Promise<void>;
}

export interface ProcessEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
}

let setprivFound: boolean | undefined;

/** Debian's util-linux has it; other systems may not. */
export function hasSetpriv(): boolean {
  setprivFound ??= spawnSync('setpriv', ['--version'], { stdio: 'ignore' }).status === 0;
  return setprivFound;
}

/** Where setpriv exists, the kernel sends the program SIGINT should this process die without a word (kill -9). */
export function dyingWithParent(command: string, args: string[], setprivOptions: string[] = []): CommandLine {
  if (!hasSetpriv()) return { command, args };
  return { command: 'setpriv', args: [...setprivOptions, '--pdeathsig', 'INT', command, ...args] };
}

/**
 * Starts a server that runs until it is told to stop. It gets a session of its own, so that Ctrl-C in the terminal
 * reaches only the launcher, which stops everything in order.
 */
export function startServerProcess(options: ServerProcessOptions): ServerProcess {
  const log = openSync(options.logFile, 'a', 0o600);
  const logStart = fstatSync(log).size;
  const stdio: StdioOptions = options.ipc ? ['ignore', log, log, 'ipc'] : ['ignore', log, log];
  const child = spawn(options.command, options.args, {
    stdio,
    detached: true,
    env: options.env ?? process.env,
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...options.user,
  });
  closeSync(log);
  return new ChildServerProcess(child, options, logStart);
}

class ChildServerProcess implements ServerProcess {
  readonly pid: number;
  readonly ended: Promise<ProcessEnd>;
  running = true;

  constructor(
    private readonly child: ChildProcess,
    private readonly options: ServerProcessOptions,
    private readonly logStart: number,
  ) {
    this.pid = child.pid ?? 0;
    this.ended = new Promise((resolve) => {
      child.once('error', (error) => {
        appendFileSync(options.logFile, `${options.command}: ${error.message}\n`);
        this.running = false;
        resolve({ code: null, signal: null });
      });
      child.once('exit', (code, signal) => {
        this.running = false;
        resolve({ code, signal });
      });
    });
  }

  output(): string {
    return readEnd(this.options.logFile, 10_000, this.logStart).trim();
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM', patience = 10_000): Promise<void> {
    if (this.running) this.child.kill(signal);
    const killer = setTimeout(() => this.child.kill('SIGKILL'), patience);
    await this.ended;
    clearTimeout(killer);
  }
}
