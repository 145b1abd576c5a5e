import type { Overview, OverviewChange } from '#libs/contracts';
import { instantOf } from '../format/times.js';
import type { WallStore } from './store.js';

/** What the link uses of an EventSource. */
export interface EventStream {
  readonly readyState: number;
  addEventListener(type: string, listener: (event: { data?: unknown }) => void): void;
  close(): void;
}

/** The answer to reading the overview once. */
export type Reading =
  { kind: 'overview'; overview: Overview } | { kind: 'unauthorised' } | { kind: 'failed' };

/** What the link needs of the browser. */
export interface LinkEnvironment {
  openStream(): EventStream;
  readOverview(): Promise<Reading>;
  /** Calls back once after the delay (ms); returns what cancels it. */
  later(delay: number, callback: () => void): () => void;
  /** Called each time a stream opens again after a loss. */
  onReopened(): void;
}

/** EventSource.CLOSED: the browser has given up and will not reconnect by itself. */
const CLOSED = 2;
/** The gateway pings every 10 s: after this much silence the link is dead even if the socket says nothing. */
export const SILENCE_LIMIT_MS = 40_000;
/** Waits between attempts; the last one for ever. Short, since a wall is one client on the gateway's own network. */
export const RETRY_DELAYS_MS: readonly number[] = [1000, 2000, 5000, 10_000, 15_000];

/**
 * Keeps the stream of `/ioc/v1/stream` open for ever and brings what it says into the store.
 *
 * A short loss is left to the browser, which reconnects by itself with Last-Event-ID and so misses nothing. When the
 * browser gives up (any answer but 200) or the line stays silent, the overview is read once, to tell "not authorised"
 * from "not there" and to show what can be had, and a new stream is opened after a delay.
 */
export class LiveLink {
  private stream: EventStream | null = null;
  private attempt = 0;
  private wasOnline = false;
  private cancelWatch: () => void = () => undefined;
  private cancelRetry: () => void = () => undefined;

  constructor(
    private readonly store: WallStore,
    private readonly environment: LinkEnvironment,
  ) {}

  start(): void {
    this.open();
  }

  stop(): void {
    this.cancelWatch();
    this.cancelRetry();
    this.stream?.close();
    this.stream = null;
  }

  private open(): void {
    this.stop();
    const stream = this.environment.openStream();
    this.stream = stream;
    this.watch(stream);
    const listen = (type: string, handle: (data: unknown) => void): void => {
      stream.addEventListener(type, ({ data }) => {
        if (this.stream === stream) this.receive(stream, handle, data);
      });
    };
    stream.addEventListener('open', () => {
      if (this.stream === stream) this.opened(stream);
    });
    listen('ping', (data) => {
      this.pinged(data);
    });
    listen('resync', () => {
      this.store.heard();
    });
    listen('snapshot', (data) => {
      this.store.replace(parsed(data) as Overview);
    });
    listen('change', (data) => {
      this.store.change(parsed(data) as OverviewChange);
    });
    stream.addEventListener('error', () => {
      if (this.stream === stream) this.failed(stream);
    });
  }

  private receive(stream: EventStream, handle: (data: unknown) => void, data: unknown): void {
    this.watch(stream);
    try {
      handle(data);
      this.attempt = 0;
    } catch {
      // A message that cannot be read leaves a gap: only a fresh snapshot closes it.
      this.lost();
    }
  }

  private opened(stream: EventStream): void {
    this.watch(stream);
    this.store.linkIs('online');
    if (this.wasOnline) this.environment.onReopened();
    this.wasOnline = true;
  }

  private pinged(data: unknown): void {
    const { time } = parsed(data) as { time?: unknown };
    const serverTime = typeof time === 'string' ? instantOf(time) : null;
    if (serverTime !== null) this.store.clock.follow(serverTime);
    this.store.heard();
  }

  private failed(stream: EventStream): void {
    if (stream.readyState === CLOSED) {
      this.lost();
      return;
    }
    if (this.store.state.link === 'online') this.store.linkIs('broken');
  }

  private watch(stream: EventStream): void {
    this.cancelWatch();
    this.cancelWatch = this.environment.later(SILENCE_LIMIT_MS, () => {
      if (this.stream === stream) this.lost();
    });
  }

  private lost(): void {
    this.stop();
    void this.readThenRetry();
  }

  private async readThenRetry(): Promise<void> {
    const reading = await this.environment.readOverview();
    if (reading.kind === 'unauthorised') this.store.linkIs('unauthorised');
    else this.store.linkIs('broken');
    if (reading.kind === 'overview') this.store.replace(reading.overview);
    const delay = RETRY_DELAYS_MS[Math.min(this.attempt, RETRY_DELAYS_MS.length - 1)] ?? 0;
    this.attempt += 1;
    this.cancelRetry = this.environment.later(delay, () => {
      this.open();
    });
  }
}

function parsed(data: unknown): unknown {
  return typeof data === 'string' ? JSON.parse(data) : {};
}
