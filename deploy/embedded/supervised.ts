import type { ServerProcess } from './server-process.js';

/** A process counts as well again after it has run this long (milliseconds). */
const STEADY_AFTER = 60_000;
const LONGEST_WAIT = 30_000;
const FIRST_WAIT = 500;

/** Keeps one process running: started again after it ended by itself, ever later while it does not stay up. */
export class Supervised {
  private current: ServerProcess | undefined;
  private launching: Promise<ServerProcess> | undefined;
  private stopping = false;
  private wakeUp: (() => void) | undefined;
  private watching: Promise<void> = Promise.resolve();

  constructor(
    readonly name: string,
    private readonly launch: () => Promise<ServerProcess>,
    private readonly say: (text: string) => void,
  ) {}

  get pid(): number | undefined {
    return this.current?.running ? this.current.pid : undefined;
  }

  /** First start; its failure is the caller's, later ones are retried for ever. */
  async start(): Promise<ServerProcess> {
    const first = await this.launchOnce();
    this.watching = this.watch();
    return first;
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM', patience = 10_000): Promise<void> {
    this.stopping = true;
    this.wakeUp?.();
    // A launch under way is waited for: nobody else would stop what it brings up.
    await Promise.allSettled([this.launching]);
    await this.current?.stop(signal, patience);
    await this.watching;
  }

  private async launchOnce(): Promise<ServerProcess> {
    this.launching = this.launch();
    this.current = await this.launching;
    return this.current;
  }

  private async watch(): Promise<void> {
    let wait = FIRST_WAIT;
    while (!this.isStopping()) {
      const started = performance.now();
      const end = await this.current?.ended;
      if (this.isStopping()) return;
      if (performance.now() - started > STEADY_AFTER) wait = FIRST_WAIT;
      const reason = end?.signal ?? `code ${end?.code ?? 'unknown'}`;
      this.say(`${this.name} ended by itself (${reason}); it starts again in ${wait / 1000} s.`);
      await this.pause(wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
      if (this.isStopping()) return;
      try {
        await this.launchOnce();
      } catch (error) {
        this.say(error instanceof Error ? error.message : String(error));
      }
    }
  }

  /** A method, since the field changes while `watch` waits. */
  private isStopping(): boolean {
    return this.stopping;
  }

  private async pause(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
