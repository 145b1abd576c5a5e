import type { ClientBase } from 'pg';
import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { PostgresQueryRunner } from 'typeorm/driver/postgres/PostgresQueryRunner.js';
import { gatherWrites } from './one-write.js';

/** TypeORM's own runner, but the beginning of the transaction does not wait for its answer. */
export class TransactionRunner extends PostgresQueryRunner {
  constructor(dataSource: DataSource) {
    super(dataSource.driver as PostgresDriver, 'master');
    this.manager = dataSource.createEntityManager(this);
  }

  /**
   * Takes a connection and sends the beginning of a transaction, which travels with its first statement. Should the
   * beginning fail, a write behind it is refused: sessions are read only outside of transactions that say otherwise.
   */
  async begin(): Promise<{ client: ClientBase; begun: Promise<unknown> }> {
    const client = (await this.connect()) as ClientBase;
    gatherWrites(client);
    this.isTransactionActive = true;
    this.transactionDepth = 1;
    return { client, begun: client.query('START TRANSACTION READ WRITE') };
  }
}
