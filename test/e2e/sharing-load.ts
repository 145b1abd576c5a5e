import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

/** Where an agency's consumer is, and with what it is reached. */
export interface Receiving {
  url: string;
  credentials: string;
  inboxPrefix: string;
  apiPrefix: string;
  stream: string;
  consumer: string;
}

/** What an agency got. Instants are milliseconds since 1970. */
export interface Received {
  count: number;
  lastAt: number;
  /** null: still connected. */
  closedAt: number | null;
}

export type LoadCommand =
  | { kind: 'publish'; url: string; credentialsFile: string; rate: number }
  | { kind: 'receive'; receiving: Receiving }
  | { kind: 'received'; consumer: string }
  | { kind: 'places'; consumer: string }
  | { kind: 'end' };

export interface LoadAnswer {
  number: number;
  result: Received | number[] | number | null;
  error: string | null;
}

const FOLDER = join(process.cwd(), 'test/e2e');

/**
 * Publisher and receivers in a process of their own, as in reality: what the registry does must not wait for them, nor
 * what comes to them be noticed later because the registry is at work.
 */
export class SharingLoad {
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, (answer: LoadAnswer) => void>();
  private asked = 0;

  constructor() {
    this.child = fork(join(FOLDER, 'sharing-load-process.ts'), {
      execArgv: ['--import', join(FOLDER, 'http-typescript.mjs')],
    });
    this.child.on('message', (answer: LoadAnswer) => {
      this.waiting.get(answer.number)?.(answer);
      this.waiting.delete(answer.number);
    });
  }

  /** Publishes events of tasks, so many a second, until {@link end}. */
  async publish(url: string, credentialsFile: string, rate: number): Promise<void> {
    await this.ask({ kind: 'publish', url, credentialsFile, rate });
  }

  /** Takes and acknowledges everything. */
  async receive(receiving: Receiving): Promise<void> {
    await this.ask({ kind: 'receive', receiving });
  }

  async received(consumer: string): Promise<Received> {
    return (await this.ask({ kind: 'received', consumer })) as Received;
  }

  /** Places in the stream of what came, in the order in which it came. */
  async places(consumer: string): Promise<number[]> {
    return (await this.ask({ kind: 'places', consumer })) as number[];
  }

  /** @returns events a second that were reached */
  async end(): Promise<number> {
    return (await this.ask({ kind: 'end' })) as number;
  }

  stop(): void {
    this.child.kill('SIGKILL');
  }

  private async ask(command: LoadCommand): Promise<LoadAnswer['result']> {
    this.asked += 1;
    const number = this.asked;
    const { result, error } = await new Promise<LoadAnswer>((resolve) => {
      this.waiting.set(number, resolve);
      this.child.send({ number, command });
    });
    if (error !== null) throw new Error(error);
    return result;
  }
}
