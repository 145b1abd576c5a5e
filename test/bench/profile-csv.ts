import { spawnSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { profileCsv } from '../../apps/registry/src/profiler/csv-source.js';
import type { ProfilePlan } from '../../apps/registry/src/profiler/profile-plan.js';

/**
 * Profiles a generated CSV file of 1 GB (MEGABYTES) in a process of its own and prints its peak memory and time; the
 * figures must be those that the file was made with. `npm run bench:profile`.
 */
const MEGABYTES = Number(process.env['MEGABYTES'] ?? 1_000);
const BATCH = 2_000;
/** Of so many records one repeats the key of the one before it. */
const REPEATED = 50;

const PLAN: ProfilePlan = {
  key: ['mã'],
  fields: {
    xã: { codes: Array.from({ length: 64 }, (_, index) => String(22_000 + index)) },
    'ngày sinh': { type: 'date' },
    'số tiền': { type: 'integer' },
  },
};

interface Outcome {
  figures: Awaited<ReturnType<typeof profileCsv>>;
  seconds: number;
  /** Of the processor. */
  processorSeconds: number;
  megabytes: number;
}

const [, , file] = process.argv;
await (file === undefined ? main() : profileInThisProcess(file));

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'profile-bench-'));
  try {
    const path = join(folder, 'ho-dan-cu.csv');
    const records = await generate(path);
    const { figures, seconds, processorSeconds, megabytes } = profileElsewhere(path);
    check('records', figures.records, records);
    check('duplicates', figures.duplicates, Math.floor(records / REPEATED));
    check('unknown codes', figures.fields[2]?.unknownCodes, Math.floor((records + 1) / 65));
    check('invalid days', figures.fields[3]?.invalid, Math.floor(records / 1_000));
    process.stdout.write(
      `${MEGABYTES} MB, ${records} records: ${seconds.toFixed(1)} s (${processorSeconds.toFixed(1)} s of the processor), ` +
        `${(MEGABYTES / seconds).toFixed(0)} MB/s, peak memory ${megabytes.toFixed(0)} MB (aim: 250 MB)\n`,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

function check(what: string, found: number | null | undefined, expected: number): void {
  if (found !== expected) throw new Error(`${what}: ${String(found)}, and there are ${expected}`);
}

/** @returns how many records it has */
async function generate(path: string): Promise<number> {
  const stream = createWriteStream(path);
  stream.write('mã,họ tên,xã,ngày sinh,số tiền,địa chỉ,ghi chú\n');
  let [bytes, records] = [0, 0];
  while (bytes < MEGABYTES * 1e6) {
    const batch = Buffer.from(Array.from({ length: BATCH }, () => lineOf((records += 1))).join(''));
    bytes += batch.length;
    if (!stream.write(batch)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
  return records;
}

function lineOf(number: number): string {
  const key = `KH${String(number % REPEATED === 0 ? number - 1 : number).padStart(10, '0')}`;
  const day =
    number % 1_000 === 0 ? '1999-02-29' : `19${50 + (number % 50)}-0${1 + (number % 9)}-1${number % 10}`;
  const commune = 22_000 + ((number + 1) % 65 === 0 ? 64 : number % 64);
  const note = number % 3 === 0 ? `"ghi chú\ndòng ${number}"` : '';
  return `${key},Nguyễn Thị ${number % 5_000},${commune},${day},${(number * 7_919) % 1_000_003},"Số ${number % 999}, đường ""Trần Phú""",${note}\n`;
}

/** A process of its own: what made the file is not counted. */
function profileElsewhere(path: string): Outcome {
  const words = [...process.execArgv, fileURLToPath(import.meta.url), path];
  const { stdout, status } = spawnSync(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  if (status !== 0) throw new Error(`profiling ended with ${String(status)}`);
  return JSON.parse(stdout.toString()) as Outcome;
}

async function profileInThisProcess(path: string): Promise<void> {
  const started = performance.now();
  const figures = await profileCsv(path, PLAN);
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const outcome: Outcome = {
    figures,
    seconds: (performance.now() - started) / 1_000,
    processorSeconds: (userCPUTime + systemCPUTime) / 1e6,
    megabytes: maxRSS / 1_024,
  };
  process.stdout.write(JSON.stringify(outcome));
}
