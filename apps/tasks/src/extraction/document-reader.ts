import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import { LimitedThreads, ThreadFailure, type ThreadLimits } from '#libs/http';
import { ReferenceData } from '#libs/reference';
import { extractionProblem } from './extraction.problems.js';
import type {
  DocumentKind,
  ExtractionJob,
  ExtractionOutcome,
  ReadDirective,
} from './readers/extraction-job.js';

/** The compiled worker beside this file and its limits; tests run it from its source. */
export const workerLaunch: ThreadLimits = {
  file: new URL('./readers/extraction-worker.js', import.meta.url),
  execArgv: [],
  milliseconds: 20_000,
  megabytes: 256,
  atOnce: 2,
  mostWaiting: 16,
};

/** Reads documents that anybody may have made, each in a thread of its own. */
@Injectable()
export class DocumentReader implements OnApplicationShutdown {
  private readonly logger = new Logger('DocumentReader');
  private readonly threads = new LimitedThreads<ExtractionJob, ExtractionOutcome>(workerLaunch);

  constructor(
    private readonly reference: ReferenceData,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `extraction-busy`, `document-too-slow`, or why the document cannot be read */
  async read(kind: DocumentKind, bytes: Uint8Array): Promise<ReadDirective> {
    const job = { kind, bytes, reference: this.content(), today: this.clock.today() };
    const outcome = await this.threads.run(job).catch((error: unknown) => {
      throw error instanceof ThreadFailure ? this.problemOf(error) : error;
    });
    if ('refused' in outcome) throw extractionProblem(outcome.refused);
    return outcome.read;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.threads.stop();
  }

  private problemOf(failure: ThreadFailure): Error {
    switch (failure.reason) {
      case 'busy':
        return extractionProblem('extraction-busy');
      case 'too-slow':
        return extractionProblem('document-too-slow', {
          seconds: Math.ceil(workerLaunch.milliseconds / 1_000),
        });
      case 'out-of-memory':
        return extractionProblem('document-too-large-inside');
      case 'failed':
        this.logger.warn({ message: 'a document could not be read', err: failure.cause });
        return extractionProblem('document-unreadable');
    }
  }

  private content(): ExtractionJob['reference'] {
    const { province, agencies, communes, holidays } = this.reference;
    return { province, agencies, communes, holidays };
  }
}
