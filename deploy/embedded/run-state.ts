import { rmSync } from 'node:fs';
import { PROCESSES } from '#libs/contracts';
import type { ProcessName } from '#libs/contracts';
import { readJson, writeJson } from '../secrets/secret-files.js';
import { stopLeftBehind } from './left-behind.js';

/** What runs, for other programs of this machine (`npm run token`, tests, backup) and for the next start. */
export interface RunState {
  /** True once every process has answered that it is ready. */
  ready: boolean;
  /** Address of each process. */
  urls: Record<ProcessName, string>;
  natsUrl: string;
  postgresPort: number;
  /** Process numbers; a process that is being started again keeps its former one until then. */
  pids: Partial<Record<ProcessName, number>>;
}

export class RunFile {
  constructor(
    private readonly file: string,
    private readonly state: RunState,
  ) {}

  started(name: ProcessName, pid: number): void {
    this.state.pids[name] = pid;
    writeJson(this.file, this.state);
  }

  ready(): void {
    this.state.ready = true;
    writeJson(this.file, this.state);
  }

  remove(): void {
    rmSync(this.file, { force: true });
  }
}

export function readRunState(file: string): RunState | undefined {
  return readJson(file) as RunState | undefined;
}

/** Services end when their launcher is gone; this is for one that hangs. */
export async function stopLeftBehindServices(file: string, dataDir: string): Promise<void> {
  const pids = readRunState(file)?.pids ?? {};
  await Promise.all(
    PROCESSES.map((name) => stopLeftBehind(pids[name] ?? 0, mainOf(name), dataDirArgument(dataDir))),
  );
}

/** Compiled entry file of a process, relative to the checkout. */
export function mainOf(name: ProcessName): string {
  return `dist/apps/${name}/src/main.js`;
}

/** Services ignore it; it shows in the process list whose they are. */
export function dataDirArgument(dataDir: string): string {
  return `--data-dir=${dataDir}`;
}
