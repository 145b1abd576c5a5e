import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { PersistenceModule, TransactionScope } from '#libs/persistence';
import pg from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createDatabase, type TestDatabase } from '../support/postgres.js';

interface ClientWithStream {
  connection: { stream: { _writev: () => void } };
}

class NumberTable1767225600001 implements MigrationInterface {
  name = 'NumberTable1767225600001';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE number (value integer PRIMARY KEY CHECK (value > 0))');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE number');
  }
}

const insert = (value: number): { text: string; values: unknown[] } => ({
  text: 'INSERT INTO number VALUES ($1)',
  values: [value],
});

describe('a transaction scope', () => {
  let database: TestDatabase;
  let app: INestApplicationContext;
  let scope: TransactionScope;

  beforeAll(async () => {
    database = await createDatabase();
    @Module({
      imports: [
        PersistenceModule.forRoot({
          url: database.url,
          entities: [],
          migrations: [NumberTable1767225600001],
        }),
      ],
    })
    class NumbersModule {}
    app = await NestFactory.createApplicationContext(NumbersModule, { logger: ['error'] });
    scope = app.get(TransactionScope);
  });
  beforeEach(() => scope.run((manager) => manager.query('TRUNCATE number')));
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  const stored = async (): Promise<number[]> => {
    const rows: { value: number }[] = await scope.manager.query('SELECT value FROM number ORDER BY value');
    return rows.map((row) => row.value);
  };
  const send = (...values: number[]): Promise<void> => {
    for (const value of values) scope.send(insert(value));
    return Promise.resolve();
  };

  it('commits what was sent without waiting, and calls back only then', async () => {
    let committed = 0;
    await scope.run(async () => {
      await send(1, 2, 3);
      scope.afterCommit(() => (committed += 1));
      expect(committed).toBe(0);
    });
    expect(await stored()).toEqual([1, 2, 3]);
    expect(committed).toBe(1);
  });

  it('writes to the connection once for each time that it waits', async () => {
    const writes = await scope.run(async (manager) => {
      const client = (await (manager.queryRunner as QueryRunner).connect()) as ClientWithStream;
      const count = jest.spyOn(client.connection.stream, '_writev');
      await send(11, 12);
      await manager.query('SELECT 1');
      await send(13, 14, 15);
      return count;
    });
    expect(writes).toHaveBeenCalledTimes(2);
    writes.mockRestore();
    expect(await stored()).toEqual([11, 12, 13, 14, 15]);
  });

  it('sees what it sent before in the next statement', async () => {
    const seen = await scope.run(async (manager) => {
      await send(4, 5);
      return manager.query<{ count: number }[]>('SELECT count(*)::int AS count FROM number');
    });
    expect(seen).toEqual([{ count: 2 }]);
  });

  it('keeps nothing, and calls nobody back, when anything that was sent fails', async () => {
    let committed = 0;
    const work = scope.run(async () => {
      scope.afterCommit(() => (committed += 1));
      await send(1, -1, 2);
    });
    await expect(work).rejects.toMatchObject({ code: '23514' });
    expect(await stored()).toEqual([]);
    expect(committed).toBe(0);
  });

  it('tells the failure that came first, not those that follow from it', async () => {
    const work = scope.run(async (manager) => {
      await send(7, 7);
      await manager.query('SELECT 1');
    });
    await expect(work).rejects.toMatchObject({ code: '23505' });
  });

  it('does not call it committed when the work passed over a failed statement', async () => {
    const work = scope.run(async (manager) => {
      await send(1);
      await manager.query('INSERT INTO number VALUES (-1)').catch(() => undefined);
    });
    await expect(work).rejects.toThrow(/passed over/);
    expect(await stored()).toEqual([]);
  });

  it('rolls back what was sent when the work fails, and the connection serves on', async () => {
    const work = scope.run(async () => {
      await send(1);
      throw new Error('refused');
    });
    await expect(work).rejects.toThrow('refused');
    await scope.run(() => send(8));
    expect(await stored()).toEqual([8]);
  });

  it('serves on after the connection was cut in the middle', async () => {
    const work = scope.run(async (manager) => {
      await send(1);
      await manager.query('SELECT pg_terminate_backend(pg_backend_pid())');
    });
    await expect(work).rejects.toThrow();
    await scope.run(() => send(9));
    expect(await stored()).toEqual([9]);
  });

  it('takes back an attempt with its callbacks, and keeps what was around it', async () => {
    const called: string[] = [];
    const note = (name: string): void => {
      scope.afterCommit(() => called.push(name));
    };
    await scope.run(async () => {
      await send(21);
      note('before');
      for (const kept of [false, true]) {
        await scope.attempt(
          async () => {
            await send(kept ? 23 : 22);
            note(kept ? 'kept' : 'taken back');
          },
          () => kept,
        );
      }
    });
    expect(await stored()).toEqual([21, 23]);
    expect(called).toEqual(['before', 'kept']);
  });

  it('joins an outer run: both or nothing', async () => {
    const work = scope.run(async () => {
      await scope.run(() => send(1));
      await scope.run(() => send(-1));
    });
    await expect(work).rejects.toMatchObject({ code: '23514' });
    expect(await stored()).toEqual([]);
  });

  it('lets nothing be written outside of a transaction, nor behind a beginning that failed', async () => {
    await expect(scope.manager.query('INSERT INTO number VALUES (1)')).rejects.toMatchObject({
      code: '25006',
    });
    const query = Reflect.get(pg.Client.prototype, 'query') as (...statement: unknown[]) => Promise<unknown>;
    const sabotage = jest.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
      this: pg.Client,
      ...statement: unknown[]
    ) {
      const begins = String(statement[0]).startsWith('START TRANSACTION');
      return query.apply(this, begins ? ['SELECT 1 / 0'] : statement) as never;
    });
    const work = scope.run(async (manager) => {
      await send(2);
      await manager.query('INSERT INTO number VALUES (3)');
    });
    await expect(work).rejects.toMatchObject({ code: '22012' });
    sabotage.mockRestore();
    expect(await stored()).toEqual([]);
  });

  it('refuses to send outside of a transaction', () => {
    expect(() => {
      scope.send(insert(1));
    }).toThrow(/inside TransactionScope.run/);
  });
});
