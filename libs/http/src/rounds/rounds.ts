import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { numberSetting } from '../service/environment.js';
import { Round } from './round.js';

/** Time from the end of the rounds to the next ones, unless ROUND_MILLISECONDS says otherwise. */
const PAUSE = 30_000;
/** The first rounds begin soon after the start (this part of the pause), but let the service answer its first requests. */
const FIRST_PAUSE_SHARE = 1 / 30;

/** Runs every {@link Round} shortly after the start, and again a while after all have ended. */
@Injectable()
export class Rounds implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Rounds');
  private readonly pause = numberSetting(process.env, 'ROUND_MILLISECONDS', {
    min: 10,
    max: 3_600_000,
    otherwise: PAUSE,
  });
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly discovery: DiscoveryService) {}

  onApplicationBootstrap(): void {
    this.schedule(this.pause * FIRST_PAUSE_SHARE);
  }

  /** No further rounds; waits for the running ones, while the database is still there. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /**
   * Runs each round once, one after the other, after those that are under way: whoever calls this finds the work of the
   * present moment done. A round that fails is logged and does not stop the others; the next rounds try again.
   */
  runAll(): Promise<void> {
    this.running = this.running.then(() => this.runEach());
    return this.running;
  }

  private async runEach(): Promise<void> {
    for (const round of this.all()) {
      if (this.stopped) return;
      try {
        await round.run();
      } catch (error) {
        this.logger.error({
          message: `the round "${round.name}" failed and will be tried again`,
          err: error,
        });
      }
    }
  }

  /** In the order in which the modules are imported. */
  private all(): Round[] {
    const instances = this.discovery.getProviders().map(({ instance }: { instance: unknown }) => instance);
    return [...new Set(instances)].filter((instance) => instance instanceof Round);
  }

  private schedule(pause: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      void this.runAll().then(() => {
        this.schedule(this.pause);
      });
    }, pause);
    this.timer.unref();
  }
}
