import pg from 'pg';
import type { StoredEvent } from '../event.js';
import { DUPLICATE_WINDOW_MILLISECONDS } from '../messaging-options.js';

/** Any number, the same for all replicas of a service: advisory locks are per database. */
const RELAY_LOCK = 727_002;
/** SQLSTATE of a lock that was not granted within lock_timeout. */
const LOCK_NOT_AVAILABLE = '55P03';

/** How much the broker's idea of its duplicate window may differ from ours. */
const CLOCK_MARGIN_MILLISECONDS = 500;

export interface AcknowledgedEvent {
  id: string;
  streamSequence: number;
}

export interface StreamMark {
  created: string | null;
  lastSequence: number;
}

/**
 * The relay's side of the outbox, on a connection of its own that also holds the leader's lock: when the connection is
 * gone, so is the lock, and a relay that lost it cannot claim any more.
 */
export class OutboxStore {
  private constructor(private readonly client: pg.Client) {}

  /** Waits until this process is the only relay of the service. */
  static async lead(
    databaseUrl: string,
    onLost: (error: Error) => void,
    signal: AbortSignal,
  ): Promise<OutboxStore> {
    const client = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'relay',
      keepAlive: true,
      statement_timeout: 30_000,
      // For a database that is gone without a word.
      query_timeout: 45_000,
    });
    client.on('error', onLost);
    const abandon = (): void => void client.end().catch(() => undefined);
    signal.addEventListener('abort', abandon, { once: true });
    try {
      await client.connect();
      await waitForLock(client);
      return new OutboxStore(client);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    } finally {
      signal.removeEventListener('abort', abandon);
    }
  }

  async close(): Promise<void> {
    await this.client.end().catch(() => undefined);
  }

  /** The oldest events without a publishing mark, in the order in which they were written. */
  async claim(limit: number): Promise<StoredEvent[]> {
    const { rows } = await this.client.query<StoredEvent>({
      name: 'claim',
      text: `SELECT id, event_id, aggregate, aggregate_id, sequence, type, occurred_at, traceparent, data
             FROM outbox WHERE published_at IS NULL ORDER BY id LIMIT $1`,
      values: [limit],
    });
    return rows;
  }

  /** Marks what the broker acknowledged, in one statement. */
  async mark(events: readonly AcknowledgedEvent[]): Promise<void> {
    await this.client.query({
      name: 'mark',
      text: `WITH acknowledged AS (SELECT * FROM unnest($1::bigint[], $2::bigint[]) AS a(id, stream_sequence)),
                  marked AS (UPDATE outbox SET published_at = now(), stream_sequence = a.stream_sequence
                             FROM acknowledged a WHERE outbox.id = a.id)
             UPDATE relay_state SET last_stream_sequence =
               greatest(last_stream_sequence, (SELECT max(stream_sequence) FROM acknowledged))`,
      values: [events.map((event) => event.id), events.map((event) => event.streamSequence)],
    });
  }

  async streamMark(): Promise<StreamMark> {
    const { rows } = await this.client.query<{ stream_created: string | null; last_stream_sequence: string }>(
      'SELECT stream_created, last_stream_sequence FROM relay_state',
    );
    return {
      created: rows[0]?.stream_created ?? null,
      lastSequence: Number(rows[0]?.last_stream_sequence ?? 0),
    };
  }

  async setStreamMark(created: string, lastSequence: number): Promise<void> {
    await this.client.query('UPDATE relay_state SET stream_created = $1, last_stream_sequence = $2', [
      created,
      lastSequence,
    ]);
  }

  /** Takes the publishing mark from every kept event, or from those the broker stored after `streamSequence`. */
  async unpublishAfter(streamSequence: number): Promise<number> {
    const { rowCount } = await this.client.query(
      `UPDATE outbox SET published_at = NULL, stream_sequence = NULL
       WHERE published_at IS NOT NULL AND stream_sequence > $1`,
      [streamSequence],
    );
    return rowCount ?? 0;
  }

  /**
   * Carries out what operators asked to have sent again, between two rounds of publishing. Not before the broker has
   * forgotten the last copies, which it would drop as duplicates. Always up to the newest event of an aggregate, since
   * an older one sent alone would become "the last message of the subject"; for the same reason an aggregate that has
   * changed since the request is left out: its newest event has just gone out.
   */
  async applyReplayRequests(): Promise<number> {
    const { rows } = await this.client.query<{ rows: number }>(
      `WITH pending AS (SELECT * FROM outbox_replay WHERE done_at IS NULL
                        AND requested_at < now() - make_interval(secs => $1)),
            chosen AS (
              SELECT outbox.id, pending.id AS request
              FROM pending JOIN outbox ON outbox.published_at IS NOT NULL
               AND (pending.since IS NULL OR outbox.occurred_at >= pending.since)
               AND (pending.aggregate IS NULL OR outbox.aggregate = pending.aggregate)
               AND (pending.aggregate_ids IS NULL OR outbox.aggregate_id = ANY (pending.aggregate_ids))
              WHERE NOT EXISTS (
                SELECT 1 FROM outbox newer WHERE newer.aggregate = outbox.aggregate
                 AND newer.aggregate_id = outbox.aggregate_id AND newer.published_at > pending.requested_at)),
            unpublished AS (UPDATE outbox SET published_at = NULL WHERE id IN (SELECT id FROM chosen))
       UPDATE outbox_replay SET done_at = now(),
              rows = (SELECT count(*) FROM chosen WHERE chosen.request = outbox_replay.id)
       WHERE id IN (SELECT id FROM pending) RETURNING rows`,
      [(DUPLICATE_WINDOW_MILLISECONDS + CLOCK_MARGIN_MILLISECONDS) / 1000],
    );
    return rows.reduce((sum, row) => sum + row.rows, 0);
  }

  /** Drops published events older than the given days that a newer one of the same aggregate has replaced. */
  async prune(retentionDays: number): Promise<number> {
    const { rowCount } = await this.client.query(
      `DELETE FROM outbox WHERE id IN (
         SELECT id FROM outbox old
         WHERE published_at < now() - make_interval(days => $1)
           AND EXISTS (SELECT 1 FROM outbox newer WHERE newer.aggregate = old.aggregate
                         AND newer.aggregate_id = old.aggregate_id AND newer.sequence > old.sequence)
         ORDER BY id LIMIT 10000)`,
      [retentionDays],
    );
    return rowCount ?? 0;
  }
}

/**
 * Asks anew every 10 seconds: one long wait would be one long transaction, and as long as it lasts PostgreSQL cannot
 * clean up any table of this database.
 */
async function waitForLock(client: pg.Client): Promise<void> {
  await client.query(`SET lock_timeout = '10s'`);
  for (;;) {
    try {
      await client.query('SELECT pg_advisory_lock($1)', [RELAY_LOCK]);
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
    }
  }
}
