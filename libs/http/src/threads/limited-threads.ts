import { Worker } from 'node:worker_threads';

/** What a thread is started with, and what it may use. */
export interface ThreadLimits {
  /** The compiled module that the thread runs: it takes its job from `workerData` and posts one outcome. */
  file: URL;
  /** How Node is told to run it; suites run it from its source. */
  execArgv: string[];
  milliseconds: number;
  megabytes: number;
  /** Threads at the same time. */
  atOnce: number;
  /** Jobs that may wait for their turn. */
  mostWaiting: number;
}

/** Why a job was not done: too many at the same time, a limit, or an error that the thread did not expect. */
export type ThreadFailureReason = 'busy' | 'too-slow' | 'out-of-memory' | 'failed';

export class ThreadFailure extends Error {
  constructor(
    readonly reason: ThreadFailureReason,
    options?: ErrorOptions,
  ) {
    super(`a thread gave no outcome: ${reason}`, options);
    this.name = 'ThreadFailure';
  }
}

/**
 * Does jobs on files that anybody may have made, each in a thread of its own with limits of time and memory: what hangs
 * or grows there is ended, and the service goes on answering.
 */
export class LimitedThreads<Job, Outcome> {
  private readonly running = new Set<Worker>();
  private readonly waiting: (() => void)[] = [];
  private active = 0;

  /** @param limits may be changed between jobs */
  constructor(private readonly limits: ThreadLimits) {}

  /** @throws ThreadFailure */
  async run(job: Job): Promise<Outcome> {
    await this.turn();
    try {
      return await this.start(job);
    } finally {
      this.active -= 1;
      this.waiting.shift()?.();
    }
  }

  /** Ends the threads that are running; their jobs fail. */
  async stop(): Promise<void> {
    await Promise.all([...this.running].map((worker) => worker.terminate()));
  }

  private async turn(): Promise<void> {
    if (this.active >= this.limits.atOnce) {
      if (this.waiting.length >= this.limits.mostWaiting) throw new ThreadFailure('busy');
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    this.active += 1;
  }

  private start(job: Job): Promise<Outcome> {
    const { file, execArgv, milliseconds, megabytes } = this.limits;
    return new Promise((resolve, reject) => {
      const worker = new Worker(file, {
        workerData: job,
        execArgv,
        resourceLimits: { maxOldGenerationSizeMb: megabytes, maxYoungGenerationSizeMb: 32 },
        // What a library writes is about the file, not about the service.
        stdout: true,
        stderr: true,
      });
      this.running.add(worker);
      const timer = setTimeout(() => {
        reject(new ThreadFailure('too-slow'));
        void worker.terminate();
      }, milliseconds);
      worker.once('message', resolve);
      worker.once('error', (error) => {
        const { code } = error as { code?: unknown };
        const reason = code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'out-of-memory' : 'failed';
        reject(new ThreadFailure(reason, { cause: error }));
      });
      worker.once('exit', () => {
        clearTimeout(timer);
        this.running.delete(worker);
        // After an outcome or an error this changes nothing.
        reject(new ThreadFailure('failed'));
      });
    });
  }
}
