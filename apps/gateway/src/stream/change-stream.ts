import type { ServerResponse } from 'node:http';
import { Injectable, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { metrics, propagation, ROOT_CONTEXT, type Span, SpanKind, trace } from '@opentelemetry/api';
import { Clock } from '#libs/calendar';
import { type OverviewChange, type ServiceName, SERVICES } from '#libs/contracts';
import { v7 as uuidv7 } from 'uuid';
import { ServiceHealthMonitor } from '../health/service-health-monitor.js';
import { OverviewService } from '../overview/overview.service.js';
import { LivePicture } from '../projections/live-picture.js';
import { OverviewFeed, sseMessage } from './overview-feed.js';

const PING_MILLISECONDS = 10_000;
/** Two pushes are at least this far apart; what comes in between goes together. The first goes at once. */
const GATHER_MILLISECONDS = 50;
/** Traces followed to the push; a burst has thousands and one is as good as another. */
const FOLLOWED_TRACES = 20;

/** Tells the readers of the stream what changed: each changed section whole, as soon as it has changed. */
@Injectable()
export class ChangeStream implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly epoch = uuidv7().slice(0, 13).replace('-', '');
  private readonly feeds = new Map<number, OverviewFeed>();
  private readonly changed = new Set<ServiceName>();
  private traceparents: string[] = [];
  private pushTimer: NodeJS.Timeout | undefined;
  private isScheduled = false;
  private pushedAt = Number.NEGATIVE_INFINITY;
  private pingTimer: NodeJS.Timeout | undefined;
  private day = '';
  private lookedAt = '';

  constructor(
    private readonly picture: LivePicture,
    private readonly overviews: OverviewService,
    private readonly health: ServiceHealthMonitor,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.day = this.clock.today();
    this.lookedAt = this.clock.now().toISOString();
    this.picture.onChange((services, traceparents) => {
      for (const service of services) this.changed.add(service);
      this.traceparents.push(...traceparents.slice(0, FOLLOWED_TRACES - this.traceparents.length));
      this.schedule();
    });
    this.health.onChange(() => {
      this.schedule();
    });
    this.pingTimer = setInterval(() => {
      this.ping();
    }, PING_MILLISECONDS);
    metrics
      .getMeter('gateway')
      .createObservableGauge('ioc_sse_clients', { description: 'Readers of the live stream' })
      .addCallback((result) => {
        result.observe([...this.feeds.values()].reduce((sum, feed) => sum + feed.size, 0));
      });
  }

  /** Before the HTTP server stops, which waits for every answer that is still open. */
  beforeApplicationShutdown(): void {
    clearInterval(this.pingTimer);
    clearTimeout(this.pushTimer);
    this.closeAll();
  }

  /** Ends every open stream; readers come back and are asked who they are again. */
  closeAll(): void {
    for (const feed of this.feeds.values()) feed.close();
  }

  /**
   * Opens the stream for a reader: with a `Last-Event-ID` that is still known exactly what it missed, otherwise the
   * snapshot, after a `resync` when the reader had asked for more.
   */
  open(reader: ServerResponse, year: number, lastEventId: string | undefined): void {
    const feed = this.feedOf(year);
    const missed = lastEventId === undefined ? null : feed.missedSince(lastEventId);
    if (missed === null) {
      if (lastEventId !== undefined) reader.write(sseMessage('resync', { year }));
      reader.write(sseMessage('snapshot', this.overviews.overview(year), feed.lastId));
    } else {
      reader.write(missed);
    }
    feed.add(reader);
  }

  private feedOf(year: number): OverviewFeed {
    let feed = this.feeds.get(year);
    if (!feed) this.feeds.set(year, (feed = new OverviewFeed(this.epoch, year)));
    return feed;
  }

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    const push = (): void => {
      this.push();
    };
    const wait = this.pushedAt + GATHER_MILLISECONDS - performance.now();
    // A timer of no time takes a millisecond all the same.
    if (wait <= 0) setImmediate(push);
    else this.pushTimer = setTimeout(push, wait);
  }

  private push(): void {
    this.isScheduled = false;
    this.pushedAt = performance.now();
    const services = [...this.changed];
    const spans = this.traceparents.map(startPushSpan);
    this.changed.clear();
    this.traceparents = [];
    for (const feed of this.feeds.values()) {
      feed.send('change', {
        generatedAt: this.clock.now().toISOString(),
        sections: {
          ...this.overviews.sections(services, feed.year),
          health: this.health.section(),
          ...(services.length > 0 && { recent: this.picture.recent() }),
        },
      } satisfies OverviewChange);
    }
    for (const span of spans) span.end();
  }

  private ping(): void {
    this.dropUnreadFeeds();
    this.changeWithTheDay();
    this.changeWithDeadlines();
    const text = sseMessage('ping', { time: this.clock.now().toISOString() });
    for (const feed of this.feeds.values()) feed.ping(text);
  }

  /** Overdue and due soon are a matter of the day: at midnight the picture changes without an event. */
  private changeWithTheDay(): void {
    const today = this.clock.today();
    if (today === this.day) return;
    this.day = today;
    for (const service of SERVICES) this.changed.add(service);
    this.schedule();
  }

  /** A report falls due at its hour ("trước 16 giờ thứ Sáu") and data that stays out becomes late, which no event tells. */
  private changeWithDeadlines(): void {
    const now = this.clock.now().toISOString();
    const before = this.lookedAt;
    this.lookedAt = now;
    const concerned: ServiceName[] = [];
    if (this.overviews.hasReportFallenDue(before, now)) concerned.push('tasks');
    if (this.overviews.hasDataBecomeLate(before, now) || this.overviews.hasExchangeLeftTheHour(before, now))
      concerned.push('registry');
    if (concerned.length === 0) return;
    for (const service of concerned) this.changed.add(service);
    this.schedule();
  }

  /** A year that nobody reads costs a section at each change; a reader that comes back later gets a snapshot. */
  private dropUnreadFeeds(): void {
    if (this.feeds.size <= 4) return;
    for (const [year, feed] of this.feeds) if (feed.size === 0) this.feeds.delete(year);
  }
}

function startPushSpan(traceparent: string): Span {
  const parent = propagation.extract(ROOT_CONTEXT, { traceparent });
  return trace.getTracer('gateway').startSpan('push overview', { kind: SpanKind.PRODUCER }, parent);
}
