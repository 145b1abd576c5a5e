import { setTimeout as sleep } from 'node:timers/promises';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { ClockModule } from '#libs/calendar';
import { MessagingModule, MessagingTables1767225600000, Outbox, Relay } from '#libs/messaging';
import { PersistenceModule, TransactionScope } from '#libs/persistence';
import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { type Publisher, serve } from './protocol.js';

/** A service as ours are: Nest, TypeORM, TransactionScope and Outbox of the libs. */
class BusinessTable1767225600009 implements MigrationInterface {
  name = 'BusinessTable1767225600009';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE business (id uuid PRIMARY KEY, title text NOT NULL, version int NOT NULL)',
    );
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE business');
  }
}

const databaseUrl = process.env['DATABASE_URL']!;
@Module({
  imports: [
    ClockModule.forRoot(),
    PersistenceModule.forRoot({
      url: databaseUrl,
      entities: [],
      migrations: [MessagingTables1767225600000, BusinessTable1767225600009],
    }),
    MessagingModule.forRoot({
      process: 'tasks',
      databaseUrl,
      nats: { url: process.env['NATS_URL']!, credentialsFile: process.env['NATS_CREDENTIALS'] },
    }),
  ],
})
class App {}

const app = await NestFactory.create(App, new FastifyAdapter(), { logger: ['error', 'warn'] });
await app.init();
const transactions = app.get(TransactionScope);
const outbox = app.get(Outbox);

async function commit(): Promise<string> {
  const id = uuidv7();
  await transactions.run(() => {
    transactions.send({
      name: 'business',
      text: 'INSERT INTO business VALUES ($1, $2, 1)',
      values: [id, 'a task'],
    });
    outbox.append({
      aggregate: 'task',
      aggregateId: id,
      sequence: 1,
      type: 'vn.ioc.tasks.task.assigned.v1',
      state: { id, title: 'a task', version: 1 },
      changed: [],
    });
    return Promise.resolve();
  });
  return id;
}

serve({
  async commitFor(milliseconds, concurrency) {
    const end = performance.now() + milliseconds;
    let count = 0;
    const worker = async (): Promise<void> => {
      for (; performance.now() < end; count += 1) await commit();
    };
    await Promise.all(Array.from({ length: concurrency }, worker));
    return count;
  },
  async backlog(count) {
    await transactions.run((manager) =>
      manager.query(
        `INSERT INTO outbox (event_id, aggregate, aggregate_id, sequence, type, occurred_at, data)
         SELECT id, 'task', id, 1, 'vn.ioc.tasks.task.assigned.v1', now(),
                '{"id":"' || id || '","title":"a task","version":1,"changed":[]}'
         FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, $1)) AS ids`,
        [count],
      ),
    );
    app.get(Relay).wake();
  },
  async commitSlowly(count, pauseMilliseconds) {
    const times: Record<string, string> = {};
    for (let done = 0; done < count; done += 1) {
      const id = await commit();
      times[id] = process.hrtime.bigint().toString();
      await sleep(pauseMilliseconds);
    }
    return times;
  },
} satisfies Publisher);
