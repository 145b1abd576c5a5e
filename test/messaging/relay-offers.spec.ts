import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AuthModule } from '#libs/auth';
import { ClockModule } from '#libs/calendar';
import { MessagingModule, MessagingTables1767225600000, Outbox, Relay } from '#libs/messaging';
import { PersistenceModule, TransactionScope } from '#libs/persistence';
import { BusAdmin } from '../support/bus-admin.js';
import { startNats, type TestNats } from '../support/nats.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';

describe('the first event of an aggregate, handed to the relay after its commit', () => {
  let database: TestDatabase;
  let nats: TestNats;
  let app: INestApplicationContext;
  let relay: Relay;
  let admin: BusAdmin;

  beforeAll(async () => {
    [database, nats] = await Promise.all([createDatabase(), startNats()]);
    @Module({
      imports: [
        ClockModule.forRoot(),
        AuthModule.forRoot({ issuer: 'http://127.0.0.1:1' }),
        PersistenceModule.forRoot({
          url: database.url,
          entities: [],
          migrations: [MessagingTables1767225600000],
        }),
        MessagingModule.forRoot({
          process: 'tasks',
          databaseUrl: database.url,
          nats: { url: nats.url, credentialsFile: nats.credentials('tasks')! },
          // Nothing but a wake-up starts a round.
          relayPollMilliseconds: 600_000,
        }),
      ],
    })
    class TasksModule {}
    app = await NestFactory.createApplicationContext(TasksModule, { logger: ['error'], abortOnError: false });
    await app.init();
    relay = app.get(Relay);
    admin = await BusAdmin.connect(nats);
    await append('first');
    // nats-server 2.9 crashes when it is asked for a message of a stream that is just being made.
    await until(async () => (await unpublishedRows()) === 0);
  });
  afterAll(async () => {
    await admin.connection.close();
    await app.close();
    await nats.stop();
    await database.drop();
  });

  function append(aggregateId: string): Promise<void> {
    return app.get(TransactionScope).run(() => {
      app.get(Outbox).append({
        aggregate: 'task',
        aggregateId,
        sequence: 1,
        type: 'vn.ioc.tasks.task.assigned.v1',
        state: { title: 'Nhiệm vụ' },
        changed: [],
      });
      return Promise.resolve();
    });
  }

  /** Handed over without a row in the outbox, so that it can have reached the stream by this way only. */
  function offer(aggregateId: string, claims: number): void {
    relay.offer(
      {
        id: '0',
        event_id: crypto.randomUUID(),
        aggregate: 'task',
        aggregate_id: aggregateId,
        sequence: 1,
        type: 'vn.ioc.tasks.task.assigned.v1',
        occurred_at: new Date(),
        traceparent: null,
        data: '{"changed":[]}',
      },
      claims,
    );
  }

  async function published(aggregateId: string): Promise<boolean> {
    const subject = `ioc.tasks.task.${aggregateId}`;
    return (await admin.manager.streams.getMessage('TASKS', { last_by_subj: subject })) !== null;
  }

  async function unpublishedRows(): Promise<number> {
    const [row] = await app
      .get(TransactionScope)
      .manager.query<{ count: number }[]>(
        'SELECT count(*)::int AS count FROM outbox WHERE published_at IS NULL',
      );
    return row!.count;
  }

  it('leaves without being read back, and is marked', async () => {
    await until(async () => (await unpublishedRows()) === 0);
    offer('offered', relay.claims);
    relay.wake();
    await until(() => published('offered'));
    await append('second');
    await until(async () => (await published('second')) && (await unpublishedRows()) === 0);
  });

  it('is left to the next claim when events were claimed since it was written', async () => {
    const before = relay.claims;
    await append('third');
    await until(() => relay.claims > before);
    offer('late', before);
    await append('fourth');
    await until(() => published('fourth'));
    expect(await published('late')).toBe(false);
  });
});
