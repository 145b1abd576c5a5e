import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClockModule } from '#libs/calendar';
import {
  FirstStart,
  FirstStartModule,
  FirstStartTable1767225600000,
  PersistenceModule,
} from '#libs/persistence';
import pg from 'pg';
import { createDatabase, type TestDatabase } from '../support/postgres.js';

@Module({})
class Root {}

describe('work of the first start', () => {
  let database: TestDatabase;
  let app: INestApplicationContext | undefined;

  beforeEach(async () => {
    database = await createDatabase();
  });

  afterEach(async () => {
    await app?.close();
    await database.drop();
  });

  async function start(): Promise<FirstStart> {
    const persistence = PersistenceModule.forRoot({
      url: database.url,
      entities: [],
      migrations: [FirstStartTable1767225600000],
    });
    const root = { module: Root, imports: [ClockModule.forRoot(), persistence, FirstStartModule] };
    app = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
    return app.get(FirstStart, { strict: false });
  }

  const nothing = (): Promise<void> => Promise.resolve();

  it('is done once under its name', async () => {
    const firstStart = await start();
    let done = 0;
    const work = (): Promise<void> => {
      done += 1;
      return nothing();
    };
    expect(await firstStart.runOnce('report', work)).toBe(true);
    expect(await firstStart.runOnce('report', work)).toBe(false);
    expect(await firstStart.runOnce('another report', work)).toBe(true);
    expect(done).toBe(2);
  });

  it('is done again when it failed', async () => {
    const firstStart = await start();
    await expect(
      firstStart.runOnce('report', () => Promise.reject(new Error('no such file'))),
    ).rejects.toThrow('no such file');
    expect(await firstStart.runOnce('report', nothing)).toBe(true);
  });

  it('is remembered by a database whose table is older than the migration', async () => {
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query('CREATE TABLE seed_load (name text PRIMARY KEY, loaded_at timestamptz NOT NULL)');
    await client.query(`INSERT INTO seed_load VALUES ('report', now())`);
    await client.end();
    expect(await (await start()).runOnce('report', nothing)).toBe(false);
  });
});
