import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { type DatasetDeclaredState, datasetsOf, type ServiceName } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { DatasetBook } from './dataset-book.js';
import { DECLARING_SERVICE } from './declaring-service.js';

/** Far shorter than the time after which what no replica offers counts as withdrawn. */
const OFFERING_MILLISECONDS = 300_000;

/** Told of datasets that are offered anew or withdrawn, within the transaction of that. */
export type DeclarationListener = (changed: readonly DatasetDeclaredState[]) => Promise<void>;

/**
 * At each start the service says what it offers to share; what is as it was when it last said so is not said again.
 * While it runs it says that it still offers it. A dataset that no replica has offered for an hour is withdrawn, so that
 * replicas of an old and a new release side by side do not take back each other's word.
 */
@Injectable()
export class DatasetDeclarations implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Datasets');
  private readonly listeners: DeclarationListener[] = [];
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    @Inject(DECLARING_SERVICE) private readonly service: ServiceName,
    private readonly transactions: TransactionScope,
    private readonly book: DatasetBook,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.declare();
    this.timer = setInterval(() => {
      this.running = this.goOnOffering().catch((error: unknown) => {
        this.logger.warn(`what is offered is said again later: ${(error as Error).message}`);
      });
    }, OFFERING_MILLISECONDS);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  onChange(listener: DeclarationListener): void {
    this.listeners.push(listener);
  }

  /** Everything that the service offers, in its present version; events for what is new or different. */
  declare(): Promise<DatasetDeclaredState[]> {
    return this.transactions.run(async () => {
      const states: DatasetDeclaredState[] = [];
      for (const content of this.offers()) states.push(await this.book.declare(content));
      return states;
    });
  }

  /** Keeps what this release offers, and withdraws what no replica offers any more. */
  goOnOffering(): Promise<void> {
    return this.transactions.run(async () => {
      const offers = this.offers();
      const codes = offers.map(({ code }) => code);
      // First, since it locks them in the order in which a start does.
      await this.book.offer(codes);
      const withdrawn = await this.book.withdrawn(codes);
      const again = offers.filter(({ code }) => withdrawn.has(code));
      const changed: DatasetDeclaredState[] = [];
      for (const content of again) changed.push(await this.book.declare(content));
      changed.push(...(await this.book.withdrawBut(codes)));
      if (changed.length === 0) return;
      for (const listener of this.listeners) await listener(changed);
    });
  }

  /** In one order everywhere: two replicas that start together must not wait for each other. */
  private offers() {
    return datasetsOf(this.service).sort((one, other) => (one.code < other.code ? -1 : 1));
  }
}
