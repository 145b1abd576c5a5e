import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { TransactionScope } from '#libs/persistence';
import type { Query } from './task-selection.js';

/** Texts that are prepared: the filters of lists make few, and each costs memory in each connection. */
const MAX_PREPARED = 100;
/** Connections for texts whose plan is kept; they close after 10 seconds without work. */
const KEEPING = 6;

/**
 * Reads whose texts come again: each connection parses such a text once. To plan the query of a page anew took longer than
 * to carry it out, so that texts with one plan for all values have connections that keep it.
 */
@Injectable()
export class PreparedReads implements OnApplicationShutdown {
  private readonly names = new Map<string, string>();
  private readonly pool: Pool;
  private readonly keeping: Pool;

  constructor(
    { driver, options }: DataSource,
    private readonly transactions: TransactionScope,
  ) {
    this.pool = (driver as unknown as { master: Pool }).master;
    const { url } = options as unknown as { url: string };
    const settings = '-c default_transaction_read_only=on -c plan_cache_mode=force_generic_plan';
    this.keeping = new Pool({
      connectionString: url,
      max: KEEPING,
      application_name: 'tasks lists',
      statement_timeout: 30_000,
      options: settings,
    });
    // A connection that breaks while nobody uses it is replaced by the next one.
    this.keeping.on('error', () => undefined);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.keeping.end();
  }

  /** Inside a transaction its connection is asked: an export reads one snapshot. */
  async query<Row extends object>({ text, values, plan }: Query): Promise<Row[]> {
    if (this.transactions.active) return this.transactions.manager.query(text, values);
    const name = plan === 'each' ? undefined : this.nameOf(text);
    const pool = plan === 'kept' ? this.keeping : this.pool;
    const { rows } = await pool.query<Row & Record<string, unknown>>({ name, text, values });
    return rows;
  }

  private nameOf(text: string): string | undefined {
    let name = this.names.get(text);
    if (name === undefined && this.names.size < MAX_PREPARED) {
      name = `read-${this.names.size + 1}`;
      this.names.set(text, name);
    }
    return name;
  }
}
