import type { ReceivedEvent } from '../event.js';

export type BatchHandler = (events: readonly ReceivedEvent[]) => Promise<void>;

interface Route {
  pattern: string;
  matches: (type: string) => boolean;
  handle: BatchHandler;
}

/** Which handler an event type goes to: the first pattern that fits. `*` stands for one part, a last `>` for the rest. */
export class EventRouter {
  private readonly routes: Route[] = [];
  private readonly known = new Map<string, BatchHandler | null>();

  add(pattern: string, handle: BatchHandler): void {
    const parts = pattern.split('.').map((part) => {
      if (part === '*') return '[^.]+';
      if (part === '>') return '.+';
      return part.replace(/[^a-z0-9-]/gi, '\\$&');
    });
    const expression = new RegExp(`^${parts.join('\\.')}$`);
    this.routes.push({ pattern, matches: (type) => expression.test(type), handle });
    this.known.clear();
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
