import { parentPort, workerData } from 'node:worker_threads';
import { WorkingCalendar } from '#libs/calendar';
import { ReferenceData } from '#libs/reference';
import { extractDirective } from '../extract.js';
import { readDocx } from './docx.js';
import type { ExtractionJob, ExtractionOutcome } from './extraction-job.js';
import { readPdf } from './pdf.js';
import { UnreadableDocument } from './unreadable.js';

/** More tasks than any directive sets: something else was sent. */
const MOST_TASKS = 1_000;

/** Reads one document in a thread of its own, which may be stopped at any moment, and answers once. */
async function read(job: ExtractionJob): Promise<ExtractionOutcome> {
  try {
    const text = (await textOf(job)).normalize('NFC');
    const reference = new ReferenceData(job.reference);
    const calendar = new WorkingCalendar(reference.holidays);
    const directive = extractDirective(text, { reference, calendar, today: job.today });
    if (directive.tasks.length > MOST_TASKS) return { refused: 'document-with-too-many-tasks' };
    return { read: { ...directive, text } };
  } catch (error) {
    if (error instanceof UnreadableDocument) return { refused: error.code };
    throw error;
  }
}

function textOf({ kind, bytes }: ExtractionJob): Promise<string> {
  if (kind === 'docx') return readDocx(Buffer.from(bytes));
  return kind === 'pdf' ? readPdf(bytes) : Promise.resolve(new TextDecoder().decode(bytes));
}

parentPort?.postMessage(await read(workerData as ExtractionJob));
