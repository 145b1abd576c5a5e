import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import type { ClientBase } from 'pg';
import { DataSource, type EntityManager } from 'typeorm';

interface OpenTransaction {
  manager: EntityManager;
  afterCommit: (() => void)[];
  ended: boolean;
}

/**
 * One PostgreSQL transaction around a piece of work, found again by everything called inside it. A `run` inside
 * another joins the outer transaction, so that a change, its outbox row and its idempotency key commit together.
 */
@Injectable()
export class TransactionScope {
  private readonly storage = new AsyncLocalStorage<OpenTransaction>();

  constructor(private readonly dataSource: DataSource) {}

  /** Commits when `work` resolves, rolls back when it rejects. */
  async run<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const outer = this.current();
    if (outer) return work(outer.manager);

    const transaction: OpenTransaction = { manager: this.dataSource.manager, afterCommit: [], ended: false };
    try {
      const result = await this.dataSource.transaction((manager) => {
        transaction.manager = manager;
        return this.storage.run(transaction, () => work(manager));
      });
      transaction.ended = true;
      // Outside the transaction's context: a callback that opens a transaction gets one of its own.
      this.storage.exit(() => {
        for (const callback of transaction.afterCommit) callback();
      });
      return result;
    } finally {
      transaction.ended = true;
    }
  }

  /** Inside `run`: that transaction's manager; elsewhere: the pool's (each statement its own transaction). */
  get manager(): EntityManager {
    return this.current()?.manager ?? this.dataSource.manager;
  }

  /**
   * Runs a statement that its connection prepares once and from then on only executes, for the few statements that
   * every change needs. The name must belong to this one text. Inside `run` only.
   */
  async execute<Row extends object>(name: string, text: string, values: unknown[]): Promise<Row[]> {
    const runner = this.current()?.manager.queryRunner;
    if (!runner) throw new Error('statements are executed inside TransactionScope.run only');
    const client = (await runner.connect()) as ClientBase;
    const { rows } = await client.query<Row>({ name, text, values });
    return rows;
  }

  get active(): boolean {
    return this.current() !== undefined;
  }

  /** Calls back once the current transaction has committed, never when it rolled back. At once when there is none. */
  afterCommit(callback: () => void): void {
    const transaction = this.current();
    if (transaction) transaction.afterCommit.push(callback);
    else callback();
  }

  private current(): OpenTransaction | undefined {
    const transaction = this.storage.getStore();
    // Work that was left running past its transaction must not write through a connection that others use by now.
    if (transaction?.ended)
      throw new Error('the transaction of this context has ended: await all work inside run()');
    return transaction;
  }
}
