import { parentPort, workerData } from 'node:worker_threads';
import { ProblemError } from '#libs/contracts';
import { parseWorkbook } from './workbook-reader.js';
import type { WorkbookJob, WorkbookOutcome } from './workbook-thread.js';

/** Reads one workbook in a thread of its own, which may be stopped at any moment, and answers once. */
async function read({ file, limits, reading }: WorkbookJob): Promise<WorkbookOutcome> {
  try {
    return { sheets: await parseWorkbook(Buffer.from(file), limits, reading) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const code = error.code as Extract<WorkbookOutcome, { refused: unknown }>['refused'];
    return { refused: code, parameters: error.parameters };
  }
}

parentPort?.postMessage(await read(workerData as WorkbookJob));
