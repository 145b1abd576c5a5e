import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Text that differs between two processes that had the same number one after the other; empty for none. */
export function processStamp(pid: number): string {
  if (!Number.isInteger(pid) || pid <= 0) return '';
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  }
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    // proc(5): field 3 is the state (Z: ended, not yet collected), field 22 the start in clock ticks since boot.
    return fields[0] === 'Z' ? '' : `${bootId()}-${fields[19] ?? ''}`;
  } catch {
    // No such process.
    return '';
  }
}

export function ownStamp(): string {
  return processStamp(process.pid);
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}
