import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import { TransactionScope } from '#libs/persistence';
import type { GrantOfRecord } from '../../../exchange-log/records.js';
import type { FeedSource } from '../../sources/feed-source.js';

/** A consumer that this system has made, or is about to make. */
export interface BusConsumer extends FeedSource {
  grantId: string;
}

const COLUMNS = 'consumer.grant_id AS "grantId", consumer.stream, consumer.subject';

/** Which grants have a consumer on the bus. */
@Injectable()
export class BusConsumerStore {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly clock: Clock,
  ) {}

  open(): Promise<BusConsumer[]> {
    return this.transactions.manager.query<BusConsumer[]>(
      `SELECT ${COLUMNS} FROM sharing_bus_consumer consumer WHERE state = 'open'`,
    );
  }

  /** Marks it as open and locks it. Inside `run`, before it is made. */
  async note(grantId: string, { stream, subject }: FeedSource): Promise<void> {
    await this.transactions.manager.query(
      `INSERT INTO sharing_bus_consumer (grant_id, stream, subject, state, state_at) VALUES ($1, $2, $3, 'open', $4)
       ON CONFLICT (grant_id) DO UPDATE SET stream = $2, subject = $3, state = 'open', state_at = $4`,
      [grantId, stream, subject, this.clock.now()],
    );
  }

  /** Inside `run`; waits for whoever opens or closes it. @returns null when it is not open (any more) */
  async lock(grantId: string): Promise<BusConsumer | null> {
    const [consumer] = await this.transactions.manager.query<BusConsumer[]>(
      `SELECT ${COLUMNS} FROM sharing_bus_consumer consumer WHERE grant_id = $1 AND state = 'open' FOR UPDATE`,
      [grantId],
    );
    return consumer ?? null;
  }

  /** Inside `run`. */
  async close(grantId: string): Promise<void> {
    await this.transactions.manager.query(
      `UPDATE sharing_bus_consumer SET state = 'closed', state_at = $2 WHERE grant_id = $1`,
      [grantId, this.clock.now()],
    );
  }

  /** Whatever its state is by now; null when there never was such a grant. */
  async grantOfRecord(grantId: string): Promise<GrantOfRecord | null> {
    const [grant] = await this.transactions.manager.query<GrantOfRecord[]>(
      `SELECT g.id, dataset.code AS "datasetCode", g.provider, g.receiver, g.purpose
       FROM sharing_grant g JOIN sharing_dataset dataset ON dataset.id = g.dataset_id WHERE g.id = $1`,
      [grantId],
    );
    return grant ?? null;
  }
}
