import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { EventPattern, Payload } from '@nestjs/microservices';
import { ClockModule } from '#libs/calendar';
import {
  connectConsumers,
  MessagingModule,
  MessagingTables1767225600000,
  Outbox,
  type ReceivedEvent,
} from '#libs/messaging';
import { PersistenceModule, TransactionScope } from '#libs/persistence';
import { startNats } from '../support/nats.js';
import { createDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';

const received: ReceivedEvent[] = [];

@Controller()
class Listener {
  @EventPattern('vn.ioc.tasks.task.*.v1')
  async onTask(@Payload() events: ReceivedEvent[]): Promise<void> {
    await Promise.resolve();
    received.push(...events);
  }
}

async function start(
  process: 'tasks' | 'gateway',
  natsUrl: string,
  credentialsFile?: string,
): Promise<INestApplication> {
  const database = await createDatabase();
  @Module({
    imports: [
      ClockModule.forRoot(),
      PersistenceModule.forRoot({
        url: database.url,
        entities: [],
        migrations: [MessagingTables1767225600000],
      }),
      MessagingModule.forRoot({
        process,
        databaseUrl: database.url,
        nats: { url: natsUrl, credentialsFile },
      }),
    ],
    controllers: process === 'gateway' ? [Listener] : [],
  })
  class App {}
  const app = await NestFactory.create(App, new FastifyAdapter(), {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  connectConsumers(app);
  await app.startAllMicroservices();
  await app.init();
  return app;
}

describe('an event on its way', () => {
  let nats: Awaited<ReturnType<typeof startNats>>;
  let tasks: INestApplication;
  let gateway: INestApplication;

  beforeAll(async () => {
    nats = await startNats();
    tasks = await start('tasks', nats.url, nats.credentials('tasks'));
    gateway = await start('gateway', nats.url, nats.credentials('gateway'));
  });

  afterAll(async () => {
    await gateway.close();
    await tasks.close();
    await nats.stop();
  });

  it('goes from the transaction over outbox, stream and inbox to the handler', async () => {
    const transactions = tasks.get(TransactionScope);
    const outbox = tasks.get(Outbox);
    await transactions.run(() =>
      outbox.append({
        aggregate: 'task',
        aggregateId: 'a',
        sequence: 1,
        type: 'vn.ioc.tasks.task.assigned.v1',
        state: { title: 'x' },
        changed: [],
      }),
    );
    await until(() => received.length === 1);
    await transactions.run(() =>
      outbox.append({
        aggregate: 'task',
        aggregateId: 'a',
        sequence: 2,
        type: 'vn.ioc.tasks.task.progressed.v1',
        state: { title: 'x' },
        changed: ['progress'],
      }),
    );
    await until(() => received.length === 2);
    expect(received[1]).toMatchObject({
      sequence: 2,
      service: 'tasks',
      data: { title: 'x', changed: ['progress'] },
    });
  });
});
