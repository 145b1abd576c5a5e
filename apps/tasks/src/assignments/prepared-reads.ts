import { Injectable } from '@nestjs/common';
import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { TransactionScope } from '#libs/persistence';
import type { Query } from './task-selection.js';

/** Texts that are prepared: the filters of lists make few, and each costs memory in each connection. */
const MAX_PREPARED = 50;

/**
 * Reads whose texts come again: each connection parses such a text once. To plan the query of a page anew took longer than
 * to carry it out.
 */
@Injectable()
export class PreparedReads {
  private readonly names = new Map<string, string>();
  private readonly pool: Pool;

  constructor(
    { driver }: DataSource,
    private readonly transactions: TransactionScope,
  ) {
    this.pool = (driver as unknown as { master: Pool }).master;
  }

  /** Inside a transaction its connection is asked: an export reads one snapshot. */
  async query<Row extends object>({ text, values, dependsOnValues }: Query): Promise<Row[]> {
    const name = dependsOnValues ? undefined : this.nameOf(text);
    if (name === undefined) return this.transactions.manager.query(text, values);
    if (this.transactions.active) return this.transactions.execute(name, text, values);
    const { rows } = await this.pool.query<Row & Record<string, unknown>>({ name, text, values });
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
