import { Injectable } from '@nestjs/common';
import { TransactionScope } from '#libs/persistence';
import { Relay } from '../relay/relay.js';

export interface ReplaySelection {
  /** Events that happened at or after this instant. */
  since?: Date;
  aggregate?: string;
  aggregateIds?: string[];
}

export interface Replay {
  id: string;
  requestedAt: string;
  requestedBy: string;
  since: string | null;
  aggregate: string | null;
  aggregateIds: string[] | null;
  doneAt: string | null;
  /** Events sent again; null until done. */
  rows: number | null;
}

/** Requests to send kept events again; the relay carries them out between two rounds of publishing. */
@Injectable()
export class Replays {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly relay: Relay,
  ) {}

  /** Stores the request; consumers that had the events drop them by their inbox. */
  async request(selection: ReplaySelection, by: string): Promise<Replay> {
    return this.transactions.run(async (manager) => {
      const rows: ReplayRow[] = await manager.query(
        `INSERT INTO outbox_replay (requested_by, since, aggregate, aggregate_ids) VALUES ($1, $2, $3, $4) RETURNING *`,
        [by, selection.since ?? null, selection.aggregate ?? null, selection.aggregateIds ?? null],
      );
      this.transactions.afterCommit(() => {
        this.relay.wake();
      });
      return toReplay(rows[0]!);
    });
  }

  /** The newest requests first. */
  async list(limit: number): Promise<Replay[]> {
    const rows: ReplayRow[] = await this.transactions.manager.query(
      'SELECT * FROM outbox_replay ORDER BY id DESC LIMIT $1',
      [limit],
    );
    return rows.map(toReplay);
  }
}

interface ReplayRow {
  id: string;
  requested_at: Date;
  requested_by: string;
  since: Date | null;
  aggregate: string | null;
  aggregate_ids: string[] | null;
  done_at: Date | null;
  rows: number | null;
}

function toReplay(row: ReplayRow): Replay {
  return {
    id: row.id,
    requestedAt: row.requested_at.toISOString(),
    requestedBy: row.requested_by,
    since: row.since?.toISOString() ?? null,
    aggregate: row.aggregate,
    aggregateIds: row.aggregate_ids,
    doneAt: row.done_at?.toISOString() ?? null,
    rows: row.rows,
  };
}
