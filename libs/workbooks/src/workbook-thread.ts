import { LimitedThreads, ThreadFailure, type ThreadLimits } from '#libs/http';
import type { WorkbookSheet } from './sheet.js';
import { type WorkbookLimits, workbookProblem } from './workbook-problems.js';
import { parseWorkbook, type Reading } from './workbook-reader.js';

export interface WorkbookJob {
  file: Uint8Array;
  limits: WorkbookLimits;
  reading: Reading;
}

type Refusal = Parameters<typeof workbookProblem>;

export type WorkbookOutcome = { sheets: WorkbookSheet[] } | { refused: Refusal[0]; parameters: Refusal[1] };

const COMPILED = new URL('./workbook-worker.js', import.meta.url);

/** One file at a time: what waits is small, and the cores are for those who look at something. */
export const workbookThread: ThreadLimits = {
  file: COMPILED,
  execArgv: [],
  milliseconds: 20_000,
  megabytes: 256,
  atOnce: 1,
  mostWaiting: 16,
};

const threads = new LimitedThreads<WorkbookJob, WorkbookOutcome>(workbookThread);

/** Run from the source, as suites are, there is nothing compiled; those that are about threads name a worker. */
const isCompiled = import.meta.url.endsWith('.js');

/**
 * The visible sheets of an .xlsx workbook, as `parseWorkbook` reads them, in a thread of its own: megabytes of XML take
 * a second in which the service would answer nobody.
 *
 * @throws problem as `parseWorkbook`, and `file-busy`, `file-too-slow`
 */
export async function readWorkbook(
  file: Buffer,
  limits: WorkbookLimits,
  reading: Reading = {},
): Promise<WorkbookSheet[]> {
  if (!isCompiled && workbookThread.file === COMPILED) return parseWorkbook(file, limits, reading);
  const outcome = await threads.run({ file, limits, reading }).catch((error: unknown) => {
    throw error instanceof ThreadFailure ? problemOf(error) : error;
  });
  if ('refused' in outcome) throw workbookProblem(outcome.refused, outcome.parameters);
  return outcome.sheets;
}

function problemOf({ reason }: ThreadFailure): Error {
  switch (reason) {
    case 'busy':
      return workbookProblem('file-busy');
    case 'too-slow':
      return workbookProblem('file-too-slow', { seconds: Math.ceil(workbookThread.milliseconds / 1_000) });
    case 'out-of-memory':
      return workbookProblem('file-too-big', { limit: `${workbookThread.megabytes} MiB` });
    case 'failed':
      return workbookProblem('file-damaged');
  }
}
