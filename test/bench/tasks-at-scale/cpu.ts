import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds of a processor that an answer took. */
export interface CpuTime {
  service: number;
  database: number;
  client: number;
}

/** Milliseconds of one tick of /proc, on every Linux. */
const TICK = 10;

/** Milliseconds of a processor used so far by the service, all processes of the database, and this process. */
export function cpuTime(service: number, postmaster: number): CpuTime {
  const { user, system } = process.cpuUsage();
  const all = processes();
  return {
    service: sum(all.filter(({ pid }) => pid === service)),
    // What sessions that have ended used is the postmaster's.
    database: sum(all.filter(({ pid, parent }) => pid === postmaster || parent === postmaster)),
    client: (user + system) / 1_000,
  };
}

/** What `after` has more than `before`, for each of so many answers. */
export function perAnswer(before: CpuTime, after: CpuTime, answers: number): CpuTime {
  return {
    service: (after.service - before.service) / answers,
    database: (after.database - before.database) / answers,
    client: (after.client - before.client) / answers,
  };
}

interface ProcessTime {
  pid: number;
  parent: number;
  milliseconds: number;
}

/** Empty where there is no /proc: the figures are then 0. */
function processes(): ProcessTime[] {
  return pids().flatMap((pid) => {
    const stat = read(`/proc/${pid}/stat`);
    // The name before the bracket may hold spaces; from the state on there are none.
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [parent = 0, ticks] = [fields[1], fields.slice(11, 15)];
    return stat === ''
      ? []
      : [{ pid, parent, milliseconds: TICK * ticks.reduce((one, other) => one + other, 0) }];
  });
}

function pids(): number[] {
  try {
    return readdirSync('/proc')
      .map(Number)
      .filter((pid) => pid > 0);
  } catch {
    return [];
  }
}

/** Empty for a process that has just ended. */
function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

function sum(times: readonly ProcessTime[]): number {
  return times.reduce((total, { milliseconds }) => total + milliseconds, 0);
}
