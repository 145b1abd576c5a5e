import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { problem } from '#libs/contracts';
import { History } from '#libs/history';
import { assertVersion, type CursorQuery, decodeCursor, type Page, toPage } from '#libs/http';
import { SecretSealer, TransactionScope } from '#libs/persistence';
import { webhookProblem } from '#libs/webhooks';
import { Handshake } from './handshake.js';
import type { DeadLetterView, WebhookView } from './webhook.view.js';
import { WebhookWorkers } from './webhook-workers.js';

const AGGREGATE = 'sharing-webhook';

/** Where a receiver wants its events posted. */
export interface WebhookTarget {
  url: string;
  secret: string;
  fromState: boolean;
}

const VIEW = `
  SELECT grant_id AS grant, version, url, calls_per_minute AS "callsPerMinute", failing_since AS "failingSince",
    CASE WHEN failing_since IS NOT NULL THEN last_error END AS "lastError", stopped_at AS "stoppedAt",
    (SELECT count(*)::integer FROM sharing_dead_letter d WHERE d.grant_id = w.grant_id) AS "deadLetters"
  FROM sharing_webhook w WHERE grant_id = $1`;

/** Addresses and secrets of webhooks, and the events that their receivers would not take. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly handshake: Handshake,
    private readonly workers: WebhookWorkers,
    private readonly sealer: SecretSealer,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `webhook-not-confirmed`, `stale-version`, `webhook-secrets-not-sealed` */
  async set(
    actor: Actor,
    grantId: string,
    target: WebhookTarget,
    ifMatch: number | undefined,
  ): Promise<WebhookView> {
    if (!this.sealer.canSeal) throw webhookProblem('webhook-secrets-not-sealed');
    const { callsPerMinute } = await this.handshake.agree(target.url);
    const sealed = this.sealer.seal(target.secret, grantId);
    return this.transactions.run(async (manager) => {
      const [current] = await manager.query<{ version: number }[]>(
        'SELECT version FROM sharing_webhook WHERE grant_id = $1 FOR UPDATE',
        [grantId],
      );
      assertVersion(current?.version ?? 0, ifMatch);
      const version = await this.history.nextVersion(AGGREGATE, grantId);
      // Whoever serves it now notices that it is no longer theirs, and the new address is served anew.
      await manager.query(
        `INSERT INTO sharing_webhook (grant_id, version, url, sealed_secret, calls_per_minute) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (grant_id) DO UPDATE SET version = $2, url = $3, secret = NULL, sealed_secret = $4, calls_per_minute = $5,
           position_stream = CASE WHEN $6 THEN NULL ELSE sharing_webhook.position_stream END,
           position_sequence = CASE WHEN $6 THEN 0 ELSE sharing_webhook.position_sequence END,
           failing_since = NULL, last_error = NULL, stopped_at = NULL, leased_by = NULL, leased_until = NULL`,
        [grantId, version, target.url, sealed, callsPerMinute, target.fromState],
      );
      this.note(actor, grantId, version, 'set', ['url', 'secret']);
      return this.read(grantId);
    });
  }

  /** @throws problem `not-found` */
  async read(grantId: string): Promise<WebhookView> {
    const [view] = await this.transactions.manager.query<WebhookView[]>(VIEW, [grantId]);
    if (!view) throw problem('not-found');
    return view;
  }

  /** Its dead letters go with it. @throws problem `not-found`, `stale-version` */
  remove(actor: Actor, grantId: string, ifMatch: number | undefined): Promise<void> {
    return this.transactions.run(async (manager) => {
      const [current] = await manager.query<{ version: number }[]>(
        'SELECT version FROM sharing_webhook WHERE grant_id = $1 FOR UPDATE',
        [grantId],
      );
      if (!current) throw problem('not-found');
      assertVersion(current.version, ifMatch);
      this.note(actor, grantId, await this.history.nextVersion(AGGREGATE, grantId), 'removed', [
        'url',
        'secret',
      ]);
      await manager.query('DELETE FROM sharing_webhook WHERE grant_id = $1', [grantId]);
      this.wakeAfterCommit();
    });
  }

  /** In the order of the stream. */
  async deadLetters(grantId: string, { cursor, limit }: CursorQuery): Promise<Page<DeadLetterView>> {
    await this.read(grantId);
    const filters = { grantId };
    const [sequence = 0, event = null] =
      decodeCursor<[number, string]>(cursor, filters, ['integer', 'uuid']) ?? [];
    const rows = await this.transactions.manager.query<DeadLetterView[]>(
      `SELECT event_id AS "eventId", stream_sequence::float8 AS "streamSequence", headers ->> 'type' AS type,
         headers ->> 'subject' AS subject, attempts, error, died_at AS "diedAt", replay_asked_at AS "replayAskedAt"
       FROM sharing_dead_letter
       WHERE grant_id = $1 AND ($3::uuid IS NULL OR (stream_sequence, event_id) > ($2, $3))
       ORDER BY stream_sequence, event_id LIMIT $4`,
      [grantId, sequence, event, limit + 1],
    );
    return toPage(rows, limit, (row) => [row.streamSequence, row.eventId], filters);
  }

  /** @throws problem `not-found` */
  replay(grantId: string, eventId: string): Promise<void> {
    return this.transactions.run(async (manager) => {
      const rows = await manager.query<[unknown[], number]>(
        'UPDATE sharing_dead_letter SET replay_asked_at = $3 WHERE grant_id = $1 AND event_id = $2',
        [grantId, eventId, this.clock.now()],
      );
      if (rows[1] === 0) throw problem('not-found');
      this.wakeAfterCommit();
    });
  }

  private note(actor: Actor, grantId: string, version: number, action: string, changed: string[]): void {
    this.history.note({
      aggregate: AGGREGATE,
      aggregateId: grantId,
      version,
      action,
      changed,
      author: actor,
    });
    this.wakeAfterCommit();
  }

  private wakeAfterCommit(): void {
    this.transactions.afterCommit(() => {
      void this.workers.round();
    });
  }
}
