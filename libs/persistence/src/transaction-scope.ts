import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import type { ClientBase, QueryConfig, QueryResultRow } from 'pg';
import {
  DataSource,
  type EntityManager,
  type EntityTarget,
  type ObjectLiteral,
  type QueryDeepPartialEntity,
} from 'typeorm';
import { insertStatement } from './insert-statement.js';
import { gatherWrites } from './one-write.js';
import { TransactionRunner } from './transaction-runner.js';

interface OpenTransaction {
  manager: EntityManager;
  client: ClientBase;
  /** Answers of the statements that nobody waits for. */
  sent: Promise<unknown>[];
  afterCommit: (() => void)[];
  ended: boolean;
}

/** A statement as text, prepared once per connection when it has a name; or a query builder. */
export type Statement = QueryConfig | { getQueryAndParameters(): [string, unknown[]] };

/** Texts that are prepared; further ones (inserts of many different numbers of rows) are parsed each time. */
const MAX_PREPARED = 100;

/** SQLSTATEs of statements that were refused since one before them, or the beginning of the transaction, had failed. */
const CONSEQUENCES = new Set(['25P02', '25006']);

/**
 * One PostgreSQL transaction around a piece of work, found again by everything called inside it; nothing is written
 * outside of one, which the database enforces. A `run` inside another joins the outer transaction, so that a change, its outbox row and its idempotency key commit together.
 */
@Injectable()
export class TransactionScope {
  private readonly storage = new AsyncLocalStorage<OpenTransaction>();
  private readonly preparedNames = new Map<string, string>();

  constructor(private readonly dataSource: DataSource) {}

  /** Commits when `work` resolves, rolls back when it rejects. */
  async run<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const outer = this.current();
    if (outer) return work(outer.manager);

    const runner = new TransactionRunner(this.dataSource);
    try {
      const { client, begun } = await runner.begin();
      const transaction: OpenTransaction = {
        manager: runner.manager,
        client,
        sent: [],
        afterCommit: [],
        ended: false,
      };
      keep(transaction, begun);
      const result = await this.carryOut(transaction, work);
      // Outside the transaction's context: a callback that opens a transaction gets one of its own.
      this.storage.exit(() => {
        for (const callback of transaction.afterCommit) callback();
      });
      return result;
    } finally {
      await runner.release();
    }
  }

  private async carryOut<T>(
    transaction: OpenTransaction,
    work: (manager: EntityManager) => Promise<T>,
  ): Promise<T> {
    try {
      const result = await this.storage.run(transaction, () => work(transaction.manager));
      transaction.ended = true;
      await commit(transaction);
      return result;
    } catch (error) {
      transaction.ended = true;
      // After a failed COMMIT there is nothing left to roll back, which PostgreSQL only remarks.
      await transaction.client.query('ROLLBACK').catch(() => undefined);
      throw await causeOf(error, transaction.sent);
    }
  }

  /** Inside `run`: that transaction's manager; elsewhere: the pool's, which may only read. */
  get manager(): EntityManager {
    return this.current()?.manager ?? this.dataSource.manager;
  }

  /**
   * Runs a statement that its connection prepares once and from then on only executes, for the few statements that
   * every change needs. The name must belong to this one text. Inside `run` only.
   */
  async execute<Row extends object>(name: string, text: string, values: unknown[]): Promise<Row[]> {
    const { rows } = await this.requireCurrent().client.query<Row>({ name, text, values });
    return rows;
  }

  /**
   * Sends a write whose answer nobody needs, without waiting for it: it travels together with the next statement or
   * with COMMIT. When it fails, the transaction fails. Inside `run` only.
   *
   * @param onRows is given what the statement returns, before the callbacks of `afterCommit`
   */
  send(statement: Statement, onRows?: (rows: QueryResultRow[]) => void): void {
    const transaction = this.requireCurrent();
    gatherWrites(transaction.client);
    const answer = transaction.client.query<QueryResultRow>(this.toConfig(statement));
    keep(
      transaction,
      onRows
        ? answer.then(({ rows }) => {
            onRows(rows);
          })
        : answer,
    );
  }

  /** `manager.insert` without waiting for its answer: see {@link send}. */
  insert<Entity extends ObjectLiteral>(
    target: EntityTarget<Entity>,
    rows: QueryDeepPartialEntity<Entity> | QueryDeepPartialEntity<Entity>[],
  ): void {
    const list = Array.isArray(rows) ? rows : [rows];
    if (list.length > 0) this.send(this.prepared(insertStatement(this.dataSource, target, list)));
  }

  /**
   * Does work and takes all of it back when its result is not to be kept: what it wrote, and what was to be called back
   * for it after the commit. The transaction around it goes on. Inside `run` only.
   */
  async attempt<Result>(work: () => Promise<Result>, isKept: (result: Result) => boolean): Promise<Result> {
    const { manager, afterCommit } = this.requireCurrent();
    const callbacksBefore = afterCommit.length;
    await manager.query('SAVEPOINT before_attempt');
    const result = await work();
    if (!isKept(result)) {
      await manager.query('ROLLBACK TO SAVEPOINT before_attempt');
      afterCommit.length = callbacksBefore;
    }
    return result;
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

  /** The text is the same each time for the same columns and number of rows: worth preparing. */
  private toConfig(statement: Statement): QueryConfig {
    if ('text' in statement) return statement;
    const [text, values] = statement.getQueryAndParameters();
    return this.prepared({ text, values });
  }

  private prepared({ text, values }: QueryConfig): QueryConfig {
    let name = this.preparedNames.get(text);
    if (name === undefined && this.preparedNames.size < MAX_PREPARED) {
      name = `sent-${this.preparedNames.size + 1}`;
      this.preparedNames.set(text, name);
    }
    return { name, text, values };
  }

  private requireCurrent(): OpenTransaction {
    const transaction = this.current();
    if (!transaction) throw new Error('statements are executed inside TransactionScope.run only');
    return transaction;
  }
}

/** The answer is looked at when the transaction ends; until then a failure must not count as unhandled. */
function keep({ sent }: OpenTransaction, answer: Promise<unknown>): void {
  answer.catch(() => undefined);
  sent.push(answer);
}

/**
 * COMMIT leaves together with what is still on its way; if any of that fails, PostgreSQL commits nothing. It answers
 * the COMMIT of a transaction in which a statement failed with ROLLBACK, and does not call that an error.
 */
async function commit({ client, sent }: OpenTransaction): Promise<void> {
  const [{ command }] = await Promise.all([client.query('COMMIT'), ...sent]);
  if (command !== 'COMMIT') throw new Error('nothing was committed: the work passed over a failed statement');
}

/** After a failed statement all later ones fail, too; the first of them is the one to tell. */
async function causeOf(error: unknown, sent: readonly Promise<unknown>[]): Promise<unknown> {
  const { driverError } = error as { driverError?: unknown };
  const { code } = (driverError ?? error) as { code?: string };
  if (code === undefined || !CONSEQUENCES.has(code)) return error;
  const answers = await Promise.allSettled(sent);
  const failed = answers.find((answer) => answer.status === 'rejected');
  return failed ? (failed.reason as unknown) : error;
}
