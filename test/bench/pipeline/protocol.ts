/** What the benchmark asks of a pipeline's two processes, over Node's IPC. */
export interface Publisher {
  /** Commits (business row + event) as fast as possible for a while; answers how many. */
  commitFor(milliseconds: number, concurrency: number): Promise<number>;
  /** Stores that many events in one transaction, then wakes the relay. */
  backlog(count: number): Promise<void>;
  /** Commits one by one with a pause; answers when each had committed (ns on the monotonic clock), by key. */
  commitSlowly(count: number, pauseMilliseconds: number): Promise<Record<string, string>>;
}

export interface Consumer {
  /** Events applied since the process started. */
  applied(): Promise<number>;
  /** When each key's effect had been applied inside its handler (ns on the monotonic clock). */
  times(): Promise<Record<string, string>>;
}

/** What the hand-written minimum offers over HTTP, besides. */
export interface Listener {
  /** Opens its server; answers the address. */
  listen(): Promise<string>;
}

interface Request {
  number: number;
  method: string;
  parameters: unknown[];
}

interface Answer {
  number: number;
  value?: unknown;
  error?: string;
}

/** Serves the methods of `target` to the parent process. */
export function serve(target: object): void {
  const methods = target as Record<string, (...parameters: unknown[]) => Promise<unknown>>;
  process.on('message', ({ number, method, parameters }: Request) => {
    methods[method]!(...parameters).then(
      (value) => process.send!({ number, value } satisfies Answer),
      (error: unknown) => process.send!({ number, error: String(error) } satisfies Answer),
    );
  });
  process.send!({ number: 0 } satisfies Answer);
}

/** A child process whose methods can be called. */
export async function callable<T extends object>(
  child: import('node:child_process').ChildProcess,
): Promise<T> {
  const waiting = new Map<number, (answer: Answer) => void>();
  let last = 0;
  const ready = new Promise<void>((resolve, reject) => {
    waiting.set(0, () => {
      resolve();
    });
    child.once('exit', (code) => {
      reject(new Error(`a process of the benchmark ended with ${code}`));
    });
  });
  child.on('message', (answer: Answer) => waiting.get(answer.number)?.(answer));
  await ready;
  return new Proxy({} as T, {
    get: (_, method: string) => {
      // A promise resolved with this object looks for "then".
      if (method === 'then') return undefined;
      return (...parameters: unknown[]) =>
        new Promise((resolve, reject) => {
          last += 1;
          waiting.set(last, (answer) => {
            waiting.delete(answer.number);
            if (answer.error === undefined) resolve(answer.value);
            else reject(new Error(answer.error));
          });
          child.send({ number: last, method, parameters } satisfies Request);
        });
    },
  });
}
