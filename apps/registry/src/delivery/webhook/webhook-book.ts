import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import { SecretSealer, TransactionScope } from '#libs/persistence';
import type { FeedEvent } from '../sources/feed-event.js';
import type { FeedPosition } from '../sources/feed-reader.js';

/** Longer than a replica goes without renewing; a replica that is gone loses its webhooks after it. */
const LEASE = '20 seconds';
const CLAIMED_AT_ONCE = 100;

/** A webhook that this replica serves. */
export interface ClaimedWebhook {
  grantId: string;
  version: number;
  url: string;
  /** null: it is not called. */
  secret: string | null;
  callsPerMinute: number | null;
  /** null: begin with the state. */
  position: FeedPosition | null;
}

/** Where a webhook stands after a round of calls. */
export interface Progress {
  position: FeedPosition;
  /** The receiver took nothing; null: it took something. */
  failure: string | null;
  /** The receiver said that the address is no more. */
  gone: boolean;
}

/** An event that was given up. */
export interface DeadEvent {
  event: FeedEvent;
  attempts: number;
  error: string;
}

interface ClaimedRow extends Omit<ClaimedWebhook, 'position' | 'secret'> {
  sealed: string | null;
  stream: string | null;
  sequence: string;
}

interface ReplayRow {
  id: string;
  sequence: string;
  attributes: Record<string, string>;
  data: string;
}

/** Address of what goes to the national platform. */
export const NATIONAL_PLATFORM = 'national-platform';

/** The tables of webhooks: who serves which, how far each is, and what was given up. */
@Injectable()
export class WebhookBook {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly sealer: SecretSealer,
    private readonly clock: Clock,
  ) {}

  /** Has the grants served through the national platform that are not yet. */
  async openPlatform(grantIds: readonly string[]): Promise<void> {
    if (grantIds.length === 0) return;
    await this.write(
      `INSERT INTO sharing_webhook (grant_id, version, url)
       SELECT id, 1, '${NATIONAL_PLATFORM}' FROM unnest($1::uuid[]) id ON CONFLICT (grant_id) DO NOTHING`,
      [grantIds],
    );
  }

  /** Takes webhooks of the grants that no replica serves, but for those whose secrets it cannot open. */
  claim(replica: string, grantIds: readonly string[]): Promise<ClaimedWebhook[]> {
    return this.transactions.run(async () => {
      const rows = await this.transactions.execute<ClaimedRow>(
        'claim-webhooks',
        `UPDATE sharing_webhook SET leased_by = $1, leased_until = now() + interval '${LEASE}'
         WHERE grant_id IN (
           SELECT grant_id FROM sharing_webhook
           WHERE stopped_at IS NULL AND secret IS NULL AND grant_id = ANY($2) AND (leased_until IS NULL OR leased_until < now())
           ORDER BY grant_id LIMIT ${CLAIMED_AT_ONCE} FOR UPDATE SKIP LOCKED)
         RETURNING grant_id AS "grantId", version, url, sealed_secret AS sealed, calls_per_minute AS "callsPerMinute",
           position_stream AS stream, position_sequence AS sequence`,
        [replica, grantIds],
      );
      const webhooks = rows.map(({ stream, sequence, sealed, ...row }) => ({
        ...row,
        secret: sealed === null ? null : this.opened(sealed, row.grantId),
        position: stream === null ? null : { created: stream, sequence: Number(sequence) },
      }));
      const closed = webhooks.filter(({ url, secret }) => url !== NATIONAL_PLATFORM && secret === null);
      await this.leave(closed.map(({ grantId }) => grantId));
      return webhooks.filter((webhook) => !closed.includes(webhook));
    });
  }

  /** Keeps what this replica serves. @returns its grants and whether replays are asked for; those missing are lost */
  renew(replica: string): Promise<Map<string, boolean>> {
    return this.transactions.run(async () => {
      const rows = await this.transactions.execute<{ grantId: string; replays: boolean }>(
        'renew-webhooks',
        `UPDATE sharing_webhook w SET leased_until = now() + interval '${LEASE}'
         WHERE leased_by = $1 AND leased_until >= now()
         RETURNING grant_id AS "grantId", EXISTS (SELECT 1 FROM sharing_dead_letter d
           WHERE d.grant_id = w.grant_id AND d.replay_asked_at IS NOT NULL) AS replays`,
        [replica],
      );
      return new Map(rows.map(({ grantId, replays }) => [grantId, replays]));
    });
  }

  /** Leaves what this replica serves to the others. */
  async release(replica: string): Promise<void> {
    await this.write(
      'UPDATE sharing_webhook SET leased_by = NULL, leased_until = NULL WHERE leased_by = $1',
      [replica],
    );
  }

  /** @returns false when another replica serves it now, or it was changed or removed */
  moveOn(
    replica: string,
    { grantId, version }: Pick<ClaimedWebhook, 'grantId' | 'version'>,
    { position, failure, gone }: Progress,
  ): Promise<boolean> {
    return this.transactions.run(async () => {
      const rows = await this.transactions.execute(
        'move-webhook-on',
        `UPDATE sharing_webhook SET position_stream = $3, position_sequence = $4, last_error = COALESCE($5, last_error),
           failing_since = CASE WHEN $5::text IS NULL THEN NULL ELSE COALESCE(failing_since, $6) END,
           stopped_at = CASE WHEN $7 THEN $6 END
         WHERE grant_id = $1 AND leased_by = $2 AND version = $8 RETURNING grant_id`,
        [grantId, replica, position.created, position.sequence, failure, this.clock.now(), gone, version],
      );
      return rows.length > 0;
    });
  }

  bury(grantId: string, { event, attempts, error }: DeadEvent): void {
    this.transactions.send({
      name: 'bury-event',
      text: `INSERT INTO sharing_dead_letter (grant_id, event_id, stream_sequence, headers, data, attempts, error, died_at)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8 WHERE EXISTS (SELECT 1 FROM sharing_webhook WHERE grant_id = $1)
        ON CONFLICT (grant_id, event_id) DO UPDATE
          SET attempts = excluded.attempts, error = excluded.error, died_at = excluded.died_at, replay_asked_at = NULL`,
      values: [
        grantId,
        event.id,
        event.sequence,
        JSON.stringify(event.attributes),
        Buffer.from(event.data).toString('utf8'),
        attempts,
        error,
        this.clock.now(),
      ],
    });
  }

  /** Dead letters that somebody wants sent again, the oldest first. */
  async replays(grantId: string, count: number): Promise<FeedEvent[]> {
    const rows = await this.transactions.manager.query<ReplayRow[]>(
      `SELECT event_id AS id, stream_sequence AS sequence, headers AS attributes, data FROM sharing_dead_letter
       WHERE grant_id = $1 AND replay_asked_at IS NOT NULL ORDER BY stream_sequence LIMIT $2`,
      [grantId, count],
    );
    return rows.map(({ id, sequence, attributes, data }) => ({
      id,
      sequence: Number(sequence),
      attributes,
      busSubject: id,
      data: Buffer.from(data, 'utf8'),
    }));
  }

  raise(grantId: string, event: FeedEvent): void {
    this.transactions.send({
      name: 'raise-event',
      text: 'DELETE FROM sharing_dead_letter WHERE grant_id = $1 AND event_id = $2',
      values: [grantId, event.id],
    });
  }

  /** To replicas that have the key. */
  private async leave(grantIds: readonly string[]): Promise<void> {
    if (grantIds.length === 0) return;
    await this.write(
      'UPDATE sharing_webhook SET leased_by = NULL, leased_until = NULL WHERE grant_id = ANY($1)',
      [grantIds],
    );
  }

  /** Null when none of the keys opens it, which /health/ready tells. */
  private opened(sealed: string, grantId: string): string | null {
    try {
      return this.sealer.open(sealed, grantId).text;
    } catch {
      return null;
    }
  }

  private async write(text: string, values: unknown[]): Promise<void> {
    await this.transactions.run((manager) => manager.query(text, values));
  }
}
