import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Overview } from '#libs/contracts';
import { createClock } from './clock.js';
import {
  LiveLink,
  RETRY_DELAYS_MS,
  SILENCE_LIMIT_MS,
  type EventStream,
  type LinkEnvironment,
  type Reading,
} from './link.js';
import { WallStore } from './store.js';

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 2;

class Stream implements EventStream {
  readyState = CONNECTING;
  closed = false;
  private readonly listeners = new Map<string, (event: { data?: unknown }) => void>();

  addEventListener(type: string, listener: (event: { data?: unknown }) => void): void {
    this.listeners.set(type, listener);
  }

  close(): void {
    this.closed = true;
  }

  say(type: string, data?: object | string): void {
    this.listeners.get(type)?.({ data: typeof data === 'object' ? JSON.stringify(data) : data });
  }

  open(): void {
    this.readyState = OPEN;
    this.say('open');
  }

  fail(readyState: number): void {
    this.readyState = readyState;
    this.say('error');
  }
}

function overview(total: number): Overview {
  return {
    generatedAt: '2026-11-22T05:00:00Z',
    tasks: { total },
    budget: { year: 2023 },
    health: { services: [{ service: 'tasks', lastEventAt: null, lag: 0, state: 'ok' }], checkedAt: '' },
    recent: [],
  } as unknown as Overview;
}

/** The world around a link: streams it opened, timers it set, and what a read of the overview answers. */
class World implements LinkEnvironment {
  now = 0;
  reading: Reading = { kind: 'failed' };
  reopened = 0;
  readonly streams: Stream[] = [];
  private timers: { at: number; callback: () => void }[] = [];

  openStream(): Stream {
    const stream = new Stream();
    this.streams.push(stream);
    return stream;
  }

  readOverview(): Promise<Reading> {
    return Promise.resolve(this.reading);
  }

  later(delay: number, callback: () => void): () => void {
    const timer = { at: this.now + delay, callback };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  onReopened(): void {
    this.reopened += 1;
  }

  get stream(): Stream {
    const stream = this.streams.at(-1);
    if (!stream) throw new Error('no stream was opened');
    return stream;
  }

  async pass(milliseconds: number): Promise<void> {
    this.now += milliseconds;
    const due = this.timers.filter(({ at }) => at <= this.now);
    this.timers = this.timers.filter(({ at }) => at > this.now);
    for (const { callback } of due) callback();
    await this.settle();
  }

  /** Lets answers arrive. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  }
}

describe('the link to the gateway', () => {
  let world: World;
  let store: WallStore;

  beforeEach(() => {
    world = new World();
    store = new WallStore(createClock(() => world.now));
    new LiveLink(store, world).start();
  });

  const online = (): void => {
    world.stream.open();
    world.stream.say('snapshot', overview(44));
  };

  it('shows the snapshot, then replaces only the sections that change', () => {
    online();
    expect(store.state.link).toBe('online');
    world.stream.say('change', { generatedAt: '2026-11-22T05:01:00Z', sections: { tasks: { total: 45 } } });
    expect(store.state.overview).toMatchObject({ tasks: { total: 45 }, budget: { year: 2023 } });
  });

  it('has no use for a change before the first snapshot', () => {
    world.stream.open();
    world.stream.say('change', { generatedAt: '', sections: { tasks: { total: 45 } } });
    expect(store.state.overview).toBeNull();
  });

  it('leaves a short loss to the browser, which resumes by itself, and keeps the values', async () => {
    online();
    world.stream.fail(CONNECTING);
    expect(store.state.link).toBe('broken');
    expect(store.state.overview).toMatchObject({ tasks: { total: 44 } });
    world.stream.open();
    await world.settle();
    expect(store.state.link).toBe('online');
    expect(world.streams).toHaveLength(1);
    expect(world.reopened).toBe(1);
  });

  it('opens a new stream when the browser has given up', async () => {
    online();
    world.stream.fail(CLOSED);
    await world.settle();
    expect(store.state.link).toBe('broken');
    await world.pass(RETRY_DELAYS_MS[0] ?? 0);
    expect(world.streams).toHaveLength(2);
    online();
    expect(store.state.link).toBe('online');
  });

  it('waits longer between attempts, up to a bound, and never gives up', async () => {
    for (let attempt = 0; attempt < 20; attempt += 1) {
      world.stream.fail(CLOSED);
      await world.settle();
      const delay = RETRY_DELAYS_MS[Math.min(attempt, RETRY_DELAYS_MS.length - 1)] ?? 0;
      await world.pass(delay - 1);
      expect(world.streams).toHaveLength(attempt + 1);
      await world.pass(1);
      expect(world.streams).toHaveLength(attempt + 2);
    }
  });

  it('does not trust a line that is open but silent', async () => {
    online();
    await world.pass(SILENCE_LIMIT_MS - 1);
    expect(store.state.link).toBe('online');
    world.stream.say('ping', { time: '1970-01-01T00:00:40Z' });
    await world.pass(SILENCE_LIMIT_MS - 1);
    expect(store.state.link).toBe('online');
    await world.pass(1);
    expect(store.state.link).toBe('broken');
    expect(world.streams[0]?.closed).toBe(true);
    await world.pass(RETRY_DELAYS_MS[0] ?? 0);
    expect(world.streams).toHaveLength(2);
  });

  it('shows what a read gives while the stream cannot be had', async () => {
    world.reading = { kind: 'overview', overview: overview(50) };
    world.stream.fail(CLOSED);
    await world.settle();
    expect(store.state).toMatchObject({ link: 'broken', overview: { tasks: { total: 50 } } });
  });

  it('hides everything when the display is no longer authorised, and comes back by itself', async () => {
    online();
    world.reading = { kind: 'unauthorised' };
    world.stream.fail(CLOSED);
    await world.settle();
    expect(store.state).toMatchObject({ link: 'unauthorised', overview: null });
    await world.pass(RETRY_DELAYS_MS[0] ?? 0);
    online();
    expect(store.state).toMatchObject({ link: 'online', overview: { tasks: { total: 44 } } });
  });

  it('asks for a fresh snapshot after a message that cannot be read', async () => {
    online();
    world.stream.say('change', '{"sections":');
    await world.settle();
    expect(store.state.link).toBe('broken');
    expect(store.state.overview).toMatchObject({ tasks: { total: 44 } });
    await world.pass(RETRY_DELAYS_MS[0] ?? 0);
    expect(world.streams).toHaveLength(2);
  });

  it('hears nothing from a stream it has left', async () => {
    online();
    const left = world.stream;
    left.fail(CLOSED);
    await world.pass(RETRY_DELAYS_MS[0] ?? 0);
    left.say('snapshot', overview(1));
    left.open();
    expect(store.state).toMatchObject({ link: 'broken', overview: { tasks: { total: 44 } } });
  });

  it("takes the gateway's time from a ping, and is alive by it", () => {
    online();
    world.now = 20_000;
    world.stream.say('ping', { time: '2026-11-22T05:00:00Z' });
    expect(store.clock.now()).toBe(Date.parse('2026-11-22T05:00:00Z'));
    expect(store.state.heardAt).toBe(Date.parse('2026-11-22T05:00:00Z'));
  });
});
