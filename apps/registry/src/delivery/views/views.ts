import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { FEED_STREAM, GRANT_STREAMS } from '#libs/contracts';
import {
  type Bus,
  BusConnection,
  isNotFound,
  MESSAGING_OPTIONS,
  type MessagingOptions,
} from '#libs/messaging';
import { LiveGrants } from '../../sharing/grants/live-grants.js';
import { consumerNames } from '../sources/consumer-names.js';
import { ensureFeeds, viewSubject } from '../sources/feed-source.js';
import { type View, viewConsumer, ViewWorker } from './view-worker.js';

const RECONCILE_MILLISECONDS = 30_000;
const VIEW_CONSUMER = /^view-([0-9a-f]{16})$/;

/** Keeps one worker and one durable consumer for each view that a live grant uses, and none for any other. */
@Injectable()
export class Views implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Views');
  private readonly workers = new Map<string, ViewWorker>();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private ending = false;

  constructor(
    private readonly bus: BusConnection,
    private readonly grants: LiveGrants,
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
  ) {}

  onApplicationBootstrap(): void {
    const reconcile = () => {
      void this.reconcile();
    };
    this.bus.onConnected(reconcile);
    this.grants.onChange(reconcile);
    this.timer = setInterval(reconcile, RECONCILE_MILLISECONDS);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.ending = true;
    clearInterval(this.timer);
    await this.running;
    await Promise.all([...this.workers.values()].map((worker) => worker.stop()));
  }

  /** After those under way: whoever awaits it finds the views of the present grants in being. Does nothing without a bus. */
  reconcile(): Promise<void> {
    this.running = this.running.then(async () => {
      if (this.ending || !this.bus.connected) return;
      try {
        await this.reconcileWith(await this.bus.whenConnected());
      } catch (error) {
        this.logger.warn(`views are looked at again later: ${(error as Error).message}`);
      }
    });
    return this.running;
  }

  private async reconcileWith(bus: Bus): Promise<void> {
    await ensureFeeds(bus.manager, this.options.replicas ?? 1);
    // Looked at before the grants: a consumer that is there already belongs to a grant committed before.
    const present = await presentConsumers(bus);
    const wanted = await this.wantedViews();
    for (const [id, view] of wanted) {
      if (this.workers.has(id)) continue;
      const worker = new ViewWorker(view, this.bus);
      this.workers.set(id, worker);
      worker.start();
    }
    for (const [id, worker] of this.workers) {
      if (wanted.has(id)) continue;
      this.workers.delete(id);
      await worker.stop();
    }
    for (const { view, stream } of present) if (!wanted.has(view)) await this.remove(bus, view, stream);
  }

  private async wantedViews(): Promise<Map<string, View>> {
    const views = new Map<string, View>();
    for (const { view, fields, stream, subject } of await this.grants.all()) {
      if (view !== null && fields !== null) views.set(view, { id: view, stream, subject, fields });
    }
    return views;
  }

  /** Nobody may have the data any more: it goes, too. */
  private async remove({ manager }: Bus, view: string, stream: string): Promise<void> {
    const filter = viewSubject(view, '*');
    await manager.streams.purge(FEED_STREAM, { filter });
    await manager.consumers.delete(stream, viewConsumer(view)).catch((error: unknown) => {
      if (!isNotFound(error)) throw error;
    });
    // What was under way meanwhile.
    await manager.streams.purge(FEED_STREAM, { filter });
  }
}

async function presentConsumers(bus: Bus): Promise<{ view: string; stream: string }[]> {
  const present: { view: string; stream: string }[] = [];
  for (const stream of GRANT_STREAMS) {
    for (const name of await consumerNames(bus, stream)) {
      const view = VIEW_CONSUMER.exec(name)?.[1];
      if (view !== undefined) present.push({ view, stream });
    }
  }
  return present;
}
