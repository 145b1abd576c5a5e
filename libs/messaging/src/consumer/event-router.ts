import type { ReceivedEvent } from '../event.js';

export type BatchHandler = (events: readonly ReceivedEvent[]) => Promise<void>;

/** Second argument of `@EventPattern` for a handler that is called on arrival, see {@link JetStreamServer}. */
export const ON_ARRIVAL = { onArrival: true };

interface Route {
  pattern: string;
  matches: (type: string) => boolean;
  /** The same for the aggregate alone, without verb and version: `vn.ioc.<service>.<aggregate>`. */
  concerns: (aggregate: string) => boolean;
  handle: BatchHandler;
}

/** `vn.ioc.<service>.<aggregate>` */
const AGGREGATE_PARTS = 4;

/** Which handler an event type goes to: the first pattern that fits. `*` stands for one part, a last `>` for the rest. */
export class EventRouter {
  private readonly routes: Route[] = [];
  private readonly known = new Map<string, BatchHandler | null>();
  private readonly arrivals: BatchHandler[] = [];

  add(pattern: string, handle: BatchHandler): void {
    const whole = expressionOf(pattern.split('.'));
    const aggregate = expressionOf(pattern.split('.').slice(0, AGGREGATE_PARTS));
    this.routes.push({
      pattern,
      matches: (type) => whole.test(type),
      concerns: (name) => aggregate.test(name),
      handle,
    });
    this.known.clear();
  }

  addOnArrival(handle: BatchHandler): void {
    this.arrivals.push(handle);
  }

  get patterns(): string[] {
    return this.routes.map((route) => route.pattern);
  }

  find(type: string): BatchHandler | null {
    const known = this.known.get(type);
    if (known !== undefined) return known;
    const handler = this.routes.find((route) => route.matches(type))?.handle ?? null;
    this.known.set(type, handler);
    return handler;
  }

  /**
   * Whether this process has to do with the aggregate of a type at all. An event of one that it has not is none of its
   * business; one of an aggregate that it follows, but of a version or verb without a handler, must not get lost.
   */
  concerns(type: string): boolean {
    const aggregate = type.split('.').slice(0, AGGREGATE_PARTS).join('.');
    return this.routes.some((route) => route.concerns(aggregate));
  }

  /** Shows the events to those who asked for it, before anything is stored. */
  async announce(events: readonly ReceivedEvent[]): Promise<void> {
    for (const handle of this.arrivals) await handle(events);
  }

  /** Hands the events to their handlers, in order, as few calls as the order allows. */
  async dispatch(events: readonly ReceivedEvent[]): Promise<void> {
    for (let start = 0; start < events.length;) {
      const handler = this.find(events[start]!.type);
      let end = start + 1;
      while (end < events.length && this.find(events[end]!.type) === handler) end += 1;
      if (handler) await handler(events.slice(start, end));
      start = end;
    }
  }
}

function expressionOf(parts: readonly string[]): RegExp {
  const expressions = parts.map((part) => {
    if (part === '*') return '[^.]+';
    if (part === '>') return '.+';
    return part.replace(/[^a-z0-9-]/gi, '\\$&');
  });
  return new RegExp(`^${expressions.join('\\.')}$`);
}
