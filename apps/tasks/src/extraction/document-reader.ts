import { Worker } from 'node:worker_threads';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import { ReferenceData } from '#libs/reference';
import { extractionProblem } from './extraction.problems.js';
import type {
  DocumentKind,
  ExtractionJob,
  ExtractionOutcome,
  ReadDirective,
} from './readers/extraction-job.js';

/** Milliseconds that reading one document may take. */
const TIME_LIMIT = 20_000;
/** Megabytes that reading one document may use. */
const MEMORY_LIMIT = 256;
/** Documents read at the same time, and those that may wait for their turn. */
const AT_ONCE = 2;
const MOST_WAITING = 16;

/** The compiled worker beside this file, and how Node is told to run it; tests run it from its source. */
export const workerLaunch = {
  file: new URL('./readers/extraction-worker.js', import.meta.url),
  execArgv: [] as string[],
  timeLimit: TIME_LIMIT,
};

/**
 * Reads documents that anybody may have made, each in a thread of its own with limits of time and memory: what hangs or
 * grows there is ended, and the service goes on.
 */
@Injectable()
export class DocumentReader implements OnApplicationShutdown {
  private readonly logger = new Logger('DocumentReader');
  private readonly running = new Set<Worker>();
  private readonly waiting: (() => void)[] = [];
  private active = 0;

  constructor(
    private readonly reference: ReferenceData,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `extraction-busy`, `document-too-slow`, or why the document cannot be read */
  async read(kind: DocumentKind, bytes: Uint8Array): Promise<ReadDirective> {
    await this.turn();
    try {
      const outcome = await this.run({ kind, bytes, reference: this.content(), today: this.clock.today() });
      if ('refused' in outcome) throw extractionProblem(outcome.refused);
      return outcome.read;
    } finally {
      this.active -= 1;
      this.waiting.shift()?.();
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.running].map((worker) => worker.terminate()));
  }

  private async turn(): Promise<void> {
    if (this.active >= AT_ONCE) {
      if (this.waiting.length >= MOST_WAITING) throw extractionProblem('extraction-busy');
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    this.active += 1;
  }

  private run(job: ExtractionJob): Promise<ExtractionOutcome> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(workerLaunch.file, {
        workerData: job,
        execArgv: workerLaunch.execArgv,
        resourceLimits: { maxOldGenerationSizeMb: MEMORY_LIMIT, maxYoungGenerationSizeMb: 32 },
        // What a library writes is about the document, not about the service.
        stdout: true,
        stderr: true,
      });
      this.running.add(worker);
      const timer = setTimeout(() => {
        reject(
          extractionProblem('document-too-slow', { seconds: Math.ceil(workerLaunch.timeLimit / 1_000) }),
        );
        void worker.terminate();
      }, workerLaunch.timeLimit);
      worker.once('message', resolve);
      worker.once('error', (error) => {
        reject(this.failure(error));
      });
      worker.once('exit', () => {
        clearTimeout(timer);
        this.running.delete(worker);
        // After an answer or an error this changes nothing.
        reject(extractionProblem('document-unreadable'));
      });
    });
  }

  private failure(error: unknown): Error {
    const { code } = error as { code?: unknown };
    if (code === 'ERR_WORKER_OUT_OF_MEMORY') return extractionProblem('document-too-large-inside');
    this.logger.warn({ message: 'a document could not be read', err: error });
    return extractionProblem('document-unreadable');
  }

  private content(): ExtractionJob['reference'] {
    const { province, agencies, communes, holidays } = this.reference;
    return { province, agencies, communes, holidays };
  }
}
