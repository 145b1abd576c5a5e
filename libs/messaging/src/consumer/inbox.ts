import type { TransactionScope } from '#libs/persistence';
import type { ReceivedEvent } from '../event.js';
import type { EventRouter } from './event-router.js';

const TAKE = `
  INSERT INTO inbox (event_id, subject) SELECT * FROM unnest($1::uuid[], $2::text[])
  ON CONFLICT (event_id) DO NOTHING RETURNING event_id`;

/** Applies each event once: its inbox row and its effect are one transaction. */
export class Inbox {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly router: EventRouter,
  ) {}

  /** Number of events that were new; the others had been applied before. */
  async apply(events: readonly ReceivedEvent[]): Promise<number> {
    return this.transactions.run(async () => {
      const inserted = await this.transactions.execute<{ event_id: string }>('take-into-inbox', TAKE, [
        events.map((event) => event.id),
        events.map((event) => event.subject),
      ]);
      if (inserted.length === 0) return 0;
      await this.router.dispatch(onlyNew(events, inserted));
      return inserted.length;
    });
  }
}

function onlyNew(
  events: readonly ReceivedEvent[],
  inserted: { event_id: string }[],
): readonly ReceivedEvent[] {
  if (inserted.length === events.length) return events;
  // The same event may stand twice in one batch; the first copy counts.
  const fresh = new Set(inserted.map((row) => row.event_id));
  return events.filter((event) => fresh.delete(event.id.toLowerCase()));
}
