import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import { TransactionScope } from '#libs/persistence';
import type { RecordedMessage } from '../../exchange-log/records.js';
import type { Manifest } from './package-content.js';

/** Longer than any one step of the making takes. */
const LEASE = '2 minutes';
/** A package whose making was cut off so often is given up. */
const MOST_ATTEMPTS = 3;

/** Longer than a platform takes for one; a push that failed is tried again after it. */
const PUSH_LEASE = '10 minutes';

/** A package that can be handed out. */
export interface ReadyPackage {
  id: string;
  grant: string;
  manifest: Manifest;
  /** Size of the encrypted file. */
  bytes: number;
  /** Of the encrypted file, hex. */
  sha256: string;
}

export interface ClaimedPackage {
  id: string;
  grantId: string;
  recipient: string;
}

/** A package as it was finished. */
export interface FinishedPackage {
  manifest: Manifest;
  bytes: number;
  sha256: string;
  expiresAt: Date;
}

/** Lost to another replica, which found the lease run out. */
export class PackageLost extends Error {}

/**
 * Packages in the database: what is made by one replica can be had from all, is in the backup, and goes when it expires.
 * What lies here is encrypted for the receiver.
 */
@Injectable()
export class PackageStore {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly clock: Clock,
  ) {}

  /** The oldest that nobody makes; what an earlier try left of it is removed. */
  claim(replica: string): Promise<ClaimedPackage | null> {
    return this.transactions.run(async (manager) => {
      await manager.query(
        `UPDATE sharing_package SET state = 'failed', error = 'the service ended while making it'
         WHERE state = 'building' AND leased_until < now() AND attempts >= ${MOST_ATTEMPTS}`,
      );
      const [claimed] = await this.transactions.execute<ClaimedPackage>(
        'claim-package',
        `UPDATE sharing_package SET state = 'building', attempts = attempts + 1, events = 0, expected_events = NULL,
           leased_by = $1, leased_until = now() + interval '${LEASE}'
         WHERE id IN (
           SELECT id FROM sharing_package
           WHERE state = 'waiting' OR state = 'building' AND leased_until < now()
           ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
         RETURNING id, grant_id AS "grantId", recipient`,
        [replica],
      );
      if (!claimed) return null;
      await manager.query('DELETE FROM sharing_package_chunk WHERE package_id = $1', [claimed.id]);
      await manager.query('DELETE FROM sharing_package_messages WHERE package_id = $1', [claimed.id]);
      return claimed;
    });
  }

  addChunk(replica: string, id: string, position: number, content: Uint8Array): Promise<void> {
    return this.write(replica, id, '', [], {
      text: 'INSERT INTO sharing_package_chunk (package_id, position, content) VALUES ($1, $2, $3)',
      values: [id, position, content],
    });
  }

  addMessages(
    replica: string,
    id: string,
    position: number,
    messages: readonly RecordedMessage[],
    expected: number,
  ): Promise<void> {
    return this.write(
      replica,
      id,
      ', events = events + $3, expected_events = $4',
      [messages.length, expected],
      {
        text: 'INSERT INTO sharing_package_messages (package_id, position, messages) VALUES ($1, $2, $3)',
        values: [id, position, JSON.stringify(messages)],
      },
    );
  }

  finish(
    replica: string,
    id: string,
    { manifest, bytes, sha256, expiresAt }: FinishedPackage,
  ): Promise<void> {
    const now = this.clock.now();
    return this.write(
      replica,
      id,
      `, state = 'ready', leased_by = NULL, manifest = $3, bytes = $4, sha256 = $5, ready_at = $6, expires_at = $7, error = NULL`,
      [JSON.stringify(manifest), bytes, sha256, now, expiresAt],
    );
  }

  /** Left to the next round, or given up when it has failed too often. */
  giveBack(replica: string, id: string, error: string): Promise<void> {
    const state = `CASE WHEN attempts >= ${MOST_ATTEMPTS} THEN 'failed' ELSE 'waiting' END`;
    return this.write(replica, id, `, state = ${state}, error = $3`, [error]);
  }

  /** The service ends: the making counts as no try. */
  leave(replica: string, id: string): Promise<void> {
    return this.write(replica, id, `, state = 'waiting', attempts = attempts - 1`, []);
  }

  /** A finished package for that receiver that was not pushed to it yet, for this replica alone. */
  claimPush(replica: string, receiver: string): Promise<ReadyPackage | null> {
    return this.transactions.run(async () => {
      const [claimed] = await this.transactions.execute<ReadyPackage>(
        'claim-package-push',
        `UPDATE sharing_package SET leased_by = $1, leased_until = now() + interval '${PUSH_LEASE}'
         WHERE id IN (
           SELECT p.id FROM sharing_package p JOIN sharing_grant g ON g.id = p.grant_id
           WHERE g.receiver = $2 AND p.state = 'ready' AND p.pushed_at IS NULL AND p.expires_at > $3
             AND g.state = 'active' AND $4::date BETWEEN g.valid_from AND g.valid_until
             AND (p.leased_until IS NULL OR p.leased_until < now())
           ORDER BY p.id LIMIT 1 FOR UPDATE OF p SKIP LOCKED)
         RETURNING id, grant_id AS grant, manifest, bytes::float8 AS bytes, sha256`,
        [replica, receiver, this.clock.now(), this.clock.today()],
      );
      return claimed ?? null;
    });
  }

  async pushed(id: string): Promise<void> {
    await this.transactions.run((manager) =>
      manager.query('UPDATE sharing_package SET pushed_at = $2 WHERE id = $1', [id, this.clock.now()]),
    );
  }

  /** The encrypted file, piece by piece. */
  async *content(id: string): AsyncGenerator<Buffer> {
    for (let position = 0; ; position += 1) {
      const chunk = await this.chunk(id, position);
      if (!chunk) return;
      yield chunk;
    }
  }

  private async chunk(id: string, position: number): Promise<Buffer | null> {
    const [row] = await this.transactions.manager.query<{ content: Buffer }[]>(
      'SELECT content FROM sharing_package_chunk WHERE package_id = $1 AND position = $2',
      [id, position],
    );
    return row?.content ?? null;
  }

  async messages(id: string, position: number): Promise<RecordedMessage[] | null> {
    const [row] = await this.transactions.manager.query<{ messages: RecordedMessage[] }[]>(
      'SELECT messages FROM sharing_package_messages WHERE package_id = $1 AND position = $2',
      [id, position],
    );
    return row?.messages ?? null;
  }

  /** Content that nobody may have any more: expired, or of a grant that is over. What was packed stays on record. */
  async drop(): Promise<void> {
    const over = `SELECT p.id FROM sharing_package p JOIN sharing_grant g ON g.id = p.grant_id
      WHERE p.expires_at <= $1 OR g.state = 'withdrawn' OR g.valid_until < $2::date`;
    await this.transactions.run(async (manager) => {
      const values = [this.clock.now(), this.clock.today()];
      await manager.query(`DELETE FROM sharing_package_chunk WHERE package_id IN (${over})`, values);
      await manager.query(`DELETE FROM sharing_package_messages WHERE package_id IN (${over})`, values);
    });
  }

  /** Only while this replica makes it. @throws PackageLost */
  private write(
    replica: string,
    id: string,
    set: string,
    values: unknown[],
    also?: { text: string; values: unknown[] },
  ): Promise<void> {
    // What is finished or given back is nobody's any more.
    const lease = set.includes('state =') ? 'NULL' : `now() + interval '${LEASE}'`;
    return this.transactions.run(async (manager) => {
      const [rows] = await manager.query<[{ id: string }[], number]>(
        `UPDATE sharing_package SET leased_until = ${lease}${set}
         WHERE id = $1 AND leased_by = $2 AND state = 'building' RETURNING id`,
        [id, replica, ...values],
      );
      if (rows.length === 0) throw new PackageLost(`package ${id} is made by another replica`);
      if (also) await manager.query(also.text, also.values);
    });
  }
}
