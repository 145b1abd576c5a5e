import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Command line of a process, empty when there is none (any more). */
export function commandLine(pid: number): string {
  if (!Number.isInteger(pid) || pid <= 1) return '';
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    // No such process: the file vanishes with it.
    return '';
  }
}

/**
 * Stops a server that an earlier launcher left behind. A pid file may be old and its number given to somebody else's
 * process meanwhile, so nothing is touched unless the command line names both the program and the data folder.
 *
 * @returns whether there was one.
 */
export async function stopLeftBehind(pid: number, program: string, dataDir: string): Promise<boolean> {
  const isOurs = (): boolean => {
    const line = commandLine(pid);
    return line.includes(program) && line.includes(dataDir);
  };
  if (!isOurs()) return false;
  for (const [signal, patience] of [
    ['SIGINT', 20_000],
    ['SIGKILL', 5_000],
  ] as const) {
    signalQuietly(pid, signal);
    const deadline = performance.now() + patience;
    while (isOurs() && performance.now() < deadline) await delay(50);
  }
  return true;
}

function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended between the look and the signal.
  }
}
