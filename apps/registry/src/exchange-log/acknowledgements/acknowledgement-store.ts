import { Injectable } from '@nestjs/common';
import { TransactionScope } from '#libs/persistence';
import type { GrantOfRecord } from '../records.js';

/** Grants that are remembered; their parties and purpose never change. */
const REMEMBERED = 10_000;

const GRANT = `
  SELECT g.id, dataset.code AS "datasetCode", g.provider, g.receiver, g.purpose
  FROM sharing_grant g JOIN sharing_dataset dataset ON dataset.id = g.dataset_id WHERE g.id = ANY ($1::uuid[])`;

/** Which acknowledgements have become records, and whose they were. */
@Injectable()
export class AcknowledgementStore {
  private readonly grants = new Map<string, GrantOfRecord>();

  constructor(private readonly transactions: TransactionScope) {}

  /**
   * Marks acknowledgements as taken. Inside `TransactionScope.run`, together with their records.
   *
   * @param created when the stream was made, which tells it from one of the same name before it
   * @returns the places of those that nobody had taken before
   */
  async take(created: string, sequences: readonly number[]): Promise<Set<number>> {
    const rows = await this.transactions.execute<{ sequence: string }>(
      'take-exchange-acknowledgements',
      `INSERT INTO exchange_acknowledgement (stream_created, sequence) SELECT $1, unnest($2::bigint[])
       ON CONFLICT DO NOTHING RETURNING sequence`,
      [created, sequences],
    );
    return new Set(rows.map(({ sequence }) => Number(sequence)));
  }

  /** The last one taken from each stream of acknowledgements there ever was, as far as it is remembered. */
  async lastTaken(): Promise<{ created: string; sequence: number }[]> {
    const rows = await this.transactions.manager.query<{ created: string; sequence: string }[]>(
      'SELECT stream_created AS created, max(sequence) AS sequence FROM exchange_acknowledgement GROUP BY 1',
    );
    return rows.map(({ created, sequence }) => ({ created, sequence: Number(sequence) }));
  }

  /** Forgets a stream that is gone. Inside `TransactionScope.run`. @returns how many places had been remembered */
  async forget(created: string): Promise<number> {
    const rows = await this.transactions.execute(
      'forget-exchange-acknowledgements',
      'DELETE FROM exchange_acknowledgement WHERE stream_created = $1 RETURNING 1',
      [created],
    );
    return rows.length;
  }

  /** Forgets what the bus cannot send again, but the last one. */
  async prune(created: string, below: number): Promise<void> {
    await this.transactions.run(async (manager) => {
      await manager.query(
        `DELETE FROM exchange_acknowledgement WHERE stream_created = $1 AND sequence < $2
         AND sequence < (SELECT max(sequence) FROM exchange_acknowledgement WHERE stream_created = $1)`,
        [created, below],
      );
    });
  }

  /** Those of the grants that exist, in whatever state they are by now. */
  async grantsOf(ids: readonly string[]): Promise<ReadonlyMap<string, GrantOfRecord>> {
    const unknown = ids.filter((id) => !this.grants.has(id));
    if (unknown.length > 0) {
      if (this.grants.size > REMEMBERED) this.grants.clear();
      const rows = await this.transactions.manager.query<GrantOfRecord[]>(GRANT, [unknown]);
      for (const grant of rows) this.grants.set(grant.id, grant);
    }
    return this.grants;
  }
}
