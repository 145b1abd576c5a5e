import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern, Payload } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { ClockModule } from '#libs/calendar';
import {
  connectConsumers,
  MessagingModule,
  MessagingTables1767225600000,
  type ReceivedEvent,
} from '#libs/messaging';
import { PersistenceModule, TransactionScope } from '#libs/persistence';
import { type MigrationInterface, type QueryRunner } from 'typeorm';
import { type Consumer, serve } from './protocol.js';

/** A consumer as ours are: an @EventPattern handler on the JetStream transport, effects through TransactionScope. */
class EffectTable1767225600009 implements MigrationInterface {
  name = 'EffectTable1767225600009';
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE TABLE effect (id uuid PRIMARY KEY, version int NOT NULL, state text NOT NULL)',
    );
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE effect');
  }
}

let applied = 0;
const times: Record<string, string> = {};

@Controller()
class Listener {
  constructor(private readonly transactions: TransactionScope) {}

  @EventPattern('vn.ioc.tasks.task.*.v1')
  async onTasks(@Payload() events: ReceivedEvent[]): Promise<void> {
    await this.transactions.manager.query(
      `INSERT INTO effect SELECT * FROM unnest($1::uuid[], $2::int[], $3::text[])
       ON CONFLICT (id) DO UPDATE SET version = excluded.version, state = excluded.state
       WHERE effect.version < excluded.version`,
      [
        events.map((event) => event.aggregateId),
        events.map((event) => event.sequence),
        events.map((event) => JSON.stringify(event.data)),
      ],
    );
    const now = process.hrtime.bigint().toString();
    if (events.length < 20) for (const event of events) times[event.aggregateId] = now;
    this.transactions.afterCommit(() => {
      applied += events.length;
    });
  }
}

const databaseUrl = process.env['DATABASE_URL']!;

@Module({
  imports: [
    ClockModule.forRoot(),
    PersistenceModule.forRoot({
      url: databaseUrl,
      entities: [],
      migrations: [MessagingTables1767225600000, EffectTable1767225600009],
    }),
    MessagingModule.forRoot({
      process: 'gateway',
      databaseUrl,
      nats: { url: process.env['NATS_URL']!, credentialsFile: process.env['NATS_CREDENTIALS'] },
    }),
  ],
  controllers: [Listener],
})
class App {}

const app = await NestFactory.create(App, new FastifyAdapter(), { logger: ['error', 'warn'] });
connectConsumers(app);
await app.init();
await app.startAllMicroservices();

serve({ applied: () => Promise.resolve(applied), times: () => Promise.resolve(times) } satisfies Consumer);
