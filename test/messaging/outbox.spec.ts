import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AuthModule } from '#libs/auth';
import { ClockModule } from '#libs/calendar';
import { MessagingModule, MessagingTables1767225600000, type NewEvent, Outbox } from '#libs/messaging';
import { PersistenceModule, TransactionScope } from '#libs/persistence';
import { freePort } from '../../deploy/embedded/free-port.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';

const EVENT: NewEvent = {
  aggregate: 'task',
  aggregateId: 'a',
  sequence: 1,
  type: 'vn.ioc.tasks.task.assigned.v1',
  state: { title: 'Nhiệm vụ' },
  changed: [],
};

describe('the outbox', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;
  let outbox: Outbox;
  let transactions: TransactionScope;

  beforeAll(async () => {
    database = await createDatabase();
    const nats = { url: `nats://127.0.0.1:${await freePort()}` };
    @Module({
      imports: [
        ClockModule.forRoot(),
        AuthModule.forRoot({ issuer: 'http://127.0.0.1:1' }),
        PersistenceModule.forRoot({
          url: database.url,
          entities: [],
          migrations: [MessagingTables1767225600000],
        }),
        MessagingModule.forRoot({ process: 'tasks', databaseUrl: database.url, nats }),
      ],
    })
    class TasksModule {}
    app = await NestFactory.createApplicationContext(TasksModule, { logger: ['error'], abortOnError: false });
    outbox = app.get(Outbox);
    transactions = app.get(TransactionScope);
  });
  beforeEach(() => transactions.run((manager) => manager.query('TRUNCATE outbox')));
  afterAll(async () => {
    // Ends although the broker never was there.
    await app.close();
    await database.drop();
  });

  async function stored(): Promise<{ aggregateId: string; sequence: number; data: unknown }[]> {
    const rows: { aggregate_id: string; sequence: number; data: string }[] = await transactions.manager.query(
      'SELECT aggregate_id, sequence, data FROM outbox ORDER BY id',
    );
    return rows.map((row) => ({
      aggregateId: row.aggregate_id,
      sequence: row.sequence,
      data: JSON.parse(row.data) as unknown,
    }));
  }

  const append = (...events: NewEvent[]): Promise<void> =>
    transactions.run(async (manager) => {
      await manager.query('SELECT 1');
      outbox.append(...events);
    });

  it('keeps the events of a transaction in the order given', async () => {
    await append(EVENT, { ...EVENT, aggregateId: 'b' }, { ...EVENT, sequence: 2, changed: ['title'] });
    expect(await stored()).toEqual([
      { aggregateId: 'a', sequence: 1, data: { title: 'Nhiệm vụ', changed: [] } },
      { aggregateId: 'b', sequence: 1, data: { title: 'Nhiệm vụ', changed: [] } },
      { aggregateId: 'a', sequence: 2, data: { title: 'Nhiệm vụ', changed: ['title'] } },
    ]);
  });

  it('keeps nothing of a transaction that rolls back', async () => {
    const work = transactions.run(() => {
      outbox.append(EVENT);
      return Promise.reject(new Error('the change is refused'));
    });
    await expect(work).rejects.toThrow('the change is refused');
    expect(await stored()).toEqual([]);
  });

  it('refuses an event outside a transaction', async () => {
    expect(() => {
      outbox.append(EVENT);
    }).toThrow(/inside TransactionScope.run/);
    expect(await stored()).toEqual([]);
  });

  it.each([
    ['of another service', { type: 'vn.ioc.budget.item.changed.v1', aggregate: 'item' }],
    ['of another aggregate', { aggregate: 'directive' }],
    ['of no known form', { type: 'task.assigned' }],
  ])('refuses a type %s', async (_what, change) => {
    await expect(append({ ...EVENT, ...change })).rejects.toThrow(/is no event of tasks/);
    expect(await stored()).toEqual([]);
  });

  it('refuses a second event of the same version', async () => {
    await append(EVENT);
    await expect(append(EVENT)).rejects.toThrow(/outbox_aggregate/);
  });

  it('refuses a state that the broker would not take', async () => {
    const state = { title: 'ữ'.repeat(300_001) };
    await expect(append({ ...EVENT, state })).rejects.toThrow(/too large/);
  });
});
