import { Controller, type INestApplication, Inject, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern, Payload } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { ClockModule } from '#libs/calendar';
import {
  type BucketDigest,
  connectConsumers,
  digestQuery,
  MessagingModule,
  MessagingTables1767225600000,
  type ReceivedEvent,
} from '#libs/messaging';
import { PersistenceModule, TransactionScope } from '#libs/persistence';
import pg from 'pg';
import type { TestNats } from '../../support/nats.js';
import { createDatabase, type TestDatabase } from '../../support/postgres.js';

/** One application of one event. */
export interface Effect {
  eventId: string;
  aggregateId: string;
  sequence: number;
}

/** A handler whose effect shows each application: applied twice, there are two rows. */
@Controller()
class CountingListener {
  constructor(@Inject(TransactionScope) private readonly transactions: TransactionScope) {}

  @EventPattern('vn.ioc.>')
  async onEvents(@Payload() events: ReceivedEvent[]): Promise<void> {
    for (const { id, aggregate, aggregateId, sequence } of events) {
      await this.transactions.manager.query(
        'INSERT INTO effect (event_id, aggregate, aggregate_id, sequence) VALUES ($1, $2, $3, $4)',
        [id, aggregate, aggregateId, sequence],
      );
    }
  }
}

const EFFECT_HEADS = `(SELECT aggregate, aggregate_id, max(sequence) AS sequence FROM effect GROUP BY 1, 2)`;

/** A consumer of all events, in the gateway's place on the bus, that notes every effect. */
export class Probe {
  private constructor(
    private readonly app: INestApplication,
    private readonly database: TestDatabase,
    private readonly client: pg.Client,
  ) {}

  static async start(nats: TestNats): Promise<Probe> {
    const database = await createDatabase();
    const client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query(
      `CREATE TABLE effect (position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
         event_id uuid, aggregate text, aggregate_id text, sequence int)`,
    );
    @Module({
      imports: [
        ClockModule.forRoot(),
        PersistenceModule.forRoot({
          url: database.url,
          entities: [],
          migrations: [MessagingTables1767225600000],
        }),
        MessagingModule.forRoot({
          process: 'gateway',
          databaseUrl: database.url,
          nats: { url: nats.url, credentialsFile: nats.credentials('gateway') },
        }),
      ],
      controllers: [CountingListener],
    })
    class ProbeModule {}
    const app = await NestFactory.create(ProbeModule, new FastifyAdapter(), {
      logger: ['error'],
      abortOnError: false,
    });
    connectConsumers(app);
    await app.startAllMicroservices();
    await app.init();
    return new Probe(app, database, client);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.client.end();
    await this.database.drop();
  }

  /** In the order of their application. */
  async effects(aggregateId: string): Promise<Effect[]> {
    const { rows } = await this.client.query<Effect>(
      `SELECT event_id AS "eventId", aggregate_id AS "aggregateId", sequence FROM effect
       WHERE aggregate_id = $1 ORDER BY position`,
      [aggregateId],
    );
    return rows;
  }

  /** Events that took effect more than once. */
  async repeated(): Promise<string[]> {
    const { rows } = await this.client.query<{ event: string }>(
      `SELECT format('%s %s: %s times', aggregate_id, sequence, count(*)) AS event FROM effect
       GROUP BY event_id, aggregate_id, sequence HAVING count(*) > 1`,
    );
    return rows.map((row) => row.event);
  }

  async digest(): Promise<BucketDigest[]> {
    return (await this.client.query<BucketDigest>(digestQuery(EFFECT_HEADS))).rows;
  }

  /** Loses what is known of an aggregate, as a restored backup would. */
  async forget(aggregateId: string): Promise<void> {
    await this.client.query('DELETE FROM effect WHERE aggregate_id = $1', [aggregateId]);
    await this.client.query(`DELETE FROM inbox WHERE subject LIKE '%.' || $1`, [aggregateId]);
  }
}
