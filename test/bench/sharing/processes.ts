import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Clock ticks a second, in which Linux counts processor time. */
const TICKS = 100;

/** What a process and those that it has started have used so far. */
export interface Usage {
  cpuSeconds: number;
  /** Bytes, each shared page divided among those that share it. */
  memory: number;
}

/** @param roots process numbers by name; others below a process, such as PostgreSQL's sessions, count with it */
export function usageOf(roots: Readonly<Record<string, number>>): Record<string, Usage> {
  const rows = execFileSync('ps', ['-eo', 'pid,ppid'], { encoding: 'utf8' })
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/).map(Number));
  return Object.fromEntries(
    Object.entries(roots).map(([name, root]) => {
      const named = Object.values(roots);
      const below = rows
        .filter(([pid, parent]) => parent === root && !named.includes(pid!))
        .map(([pid]) => pid!);
      const used = [root, ...below].map(usage);
      return [
        name,
        {
          cpuSeconds: used.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0),
          memory: used.reduce((sum, { memory }) => sum + memory, 0),
        },
      ];
    }),
  );
}

/** Processor time in microseconds for each event, and memory, of all that were looked at twice. */
export function describeUsage(
  before: Record<string, Usage>,
  after: Record<string, Usage>,
  events: number,
): string {
  const all = Object.entries(after).map(([name, { cpuSeconds, memory }]) => {
    const spent = ((cpuSeconds - (before[name]?.cpuSeconds ?? 0)) * 1e6) / events;
    return `${name} ${spent.toFixed(0)} µs, ${(memory / 2 ** 20).toFixed(0)} MB`;
  });
  return `processor time for each event, and memory: ${all.join('; ')}`;
}

function usage(pid: number): Usage {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
    const [, share] = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
    // Of itself, and of those below it that have ended.
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return { cpuSeconds: ticks / TICKS, memory: Number(share) * 1_024 };
  } catch {
    // It has ended meanwhile.
    return { cpuSeconds: 0, memory: 0 };
  }
}
