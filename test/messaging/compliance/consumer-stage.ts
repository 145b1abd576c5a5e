import { isDeepStrictEqual } from 'node:util';
import type { ConsumerInfo } from '@nats-io/jetstream';
import { digestQuery } from '#libs/messaging';
import pg from 'pg';
import { LocalIssuer } from '../../../libs/auth/src/testing/issuer.js';
import { BusAdmin } from '../../support/bus-admin.js';
import { startNats, type TestNats } from '../../support/nats.js';
import { createDatabase, type TestDatabase } from '../../support/postgres.js';
import { ServiceProcess } from '../../support/service-process.js';
import { TcpProxy } from '../../support/tcp-proxy.js';
import { until } from '../../support/until.js';
import { tuneBus } from './bus-tuning.js';
import type { ConsumerSubject } from './consumer-subject.js';
import { Publisher } from './publisher.js';
import type { Changeable } from './publisher-subject.js';
import { budget } from './subjects/budget.js';
import { registry } from './subjects/registry.js';
import { staffing } from './subjects/staffing.js';
import { tasks } from './subjects/tasks.js';

export const MAX_DELIVERIES = 3;
export const RETRY_MILLISECONDS = 300;

/** A change that was made in one of the services. */
export interface Change {
  publisher: Publisher;
  target: Changeable;
  version: number;
}

/** A consumer under test with everything around it: all services, the broker, links to broker and database. */
export class ConsumerStage {
  process!: ServiceProcess;

  private constructor(
    readonly subject: ConsumerSubject,
    readonly database: TestDatabase,
    readonly sql: pg.Client,
    readonly nats: TestNats,
    readonly busLink: TcpProxy,
    readonly databaseLink: TcpProxy,
    readonly admin: BusAdmin,
    readonly publishers: Publisher[],
    readonly issuer: LocalIssuer,
  ) {}

  static async open(subject: ConsumerSubject): Promise<ConsumerStage> {
    const [database, nats, issuer] = await Promise.all([createDatabase(), startNats(), LocalIssuer.start()]);
    const sql = new pg.Client({ connectionString: database.url });
    await sql.connect();
    const [busLink, databaseLink, admin, ...publishers] = await Promise.all([
      TcpProxy.start(nats.port),
      TcpProxy.start(Number(new URL(database.url).port)),
      BusAdmin.connect(nats),
      ...[tasks, budget, registry, staffing].map((one) => Publisher.open(one, nats, issuer, nats.port)),
    ]);
    return new ConsumerStage(subject, database, sql, nats, busLink, databaseLink, admin, publishers, issuer);
  }

  /** The first start of all, and a note of each effect from here on. */
  async begin(): Promise<void> {
    await Promise.all(this.publishers.map((publisher) => publisher.begin()));
    this.process = await this.start();
    await this.sql.query(
      `CREATE TABLE test_effect (position bigint GENERATED ALWAYS AS IDENTITY, aggregate_id text, sequence int)`,
    );
    await this.sql.query(
      `CREATE FUNCTION test_note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         INSERT INTO test_effect (aggregate_id, sequence) VALUES (NEW.aggregate_id, NEW.sequence); RETURN NULL; END $$`,
    );
    await this.sql.query(
      `CREATE TRIGGER test_note AFTER INSERT OR UPDATE ON ${this.subject.table}
       FOR EACH ROW EXECUTE FUNCTION test_note()`,
    );
  }

  async close(): Promise<void> {
    this.busLink.restore();
    this.databaseLink.restore();
    // Undefined when the first start failed.
    await (this.process as ServiceProcess | undefined)?.kill();
    await Promise.all(this.publishers.map((publisher) => publisher.close()));
    await Promise.all([
      this.admin.close(),
      this.busLink.stop(),
      this.databaseLink.stop(),
      this.issuer.stop(),
    ]);
    await this.sql.end();
    await this.database.drop();
    await this.nats.stop();
  }

  /** Everything runs, everything has arrived, no effect is noted yet: how each case begins. */
  async heal(): Promise<void> {
    this.busLink.restore();
    this.databaseLink.restore();
    if (!this.process.running) this.process = await this.start();
    await this.untilCaughtUp();
    for (const { stream } of this.publishers) await tuneBus(this.admin, stream);
    await this.sql.query('TRUNCATE test_effect');
  }

  start(environment: NodeJS.ProcessEnv = this.subject.comparing(false)): Promise<ServiceProcess> {
    const databaseUrl = new URL(this.database.url);
    databaseUrl.port = String(this.databaseLink.port);
    return ServiceProcess.start(this.subject.process, {
      DATABASE_URL: databaseUrl.href,
      NATS_URL: `nats://127.0.0.1:${this.busLink.port}`,
      NATS_CREDENTIALS: this.nats.credentials('gateway'),
      ISSUER_URL: this.issuer.url,
      MESSAGING_MAX_DELIVERIES: String(MAX_DELIVERIES),
      MESSAGING_RETRY_DELAYS: String(RETRY_MILLISECONDS),
      ...environment,
    });
  }

  /** One change in each service. */
  changeAll(index = 0): Promise<Change[]> {
    return Promise.all(
      this.publishers.map(async (publisher) => {
        const target = publisher.targets[index]!;
        return { publisher, target, version: await publisher.change(target) };
      }),
    );
  }

  /** A request of an administrator to the consumer. */
  async call(method: 'GET' | 'POST', path: string): Promise<unknown> {
    const token = await this.issuer.token({ agency: undefined, scope: 'admin' });
    return this.process.call(method, path, token);
  }

  /** Versions of an aggregate in the order in which they took effect, since the case began. */
  async effects({ id }: Changeable): Promise<number[]> {
    const { rows } = await this.sql.query<{ sequence: number }>(
      'SELECT sequence FROM test_effect WHERE aggregate_id = $1 ORDER BY position',
      [id],
    );
    return rows.map((row) => row.sequence);
  }

  /** Effects that were there twice since the case began. */
  async repeated(): Promise<string[]> {
    const { rows } = await this.sql.query<{ effect: string }>(
      `SELECT format('%s %s: %s times', aggregate_id, sequence, count(*)) AS effect FROM test_effect
       GROUP BY aggregate_id, sequence HAVING count(*) > 1`,
    );
    return rows.map((row) => row.effect);
  }

  async untilApplied(changes: readonly Change[]): Promise<void> {
    for (const { target, version } of changes) {
      await until(async () => (await this.effects(target)).includes(version));
    }
  }

  /** The consumer holds exactly what the services have: their digests are equal. */
  async untilCaughtUp(): Promise<void> {
    for (const publisher of this.publishers) {
      const heads = this.subject.heads(publisher.subject.service);
      await until(async () => {
        const { rows } = await this.sql.query(digestQuery(heads));
        return isDeepStrictEqual(rows, await publisher.digest());
      }, 30_000);
    }
  }

  consumer(stream: string): Promise<ConsumerInfo> {
    return this.admin.manager.consumers.info(stream, this.subject.process);
  }

  /** Each message of each stream was handed out and answered. */
  async untilAllAnswered(): Promise<void> {
    for (const { stream } of this.publishers) {
      await until(async () => {
        const { num_pending, num_ack_pending } = await this.consumer(stream);
        return num_pending === 0 && num_ack_pending === 0;
      });
    }
  }

  /** So many messages of each stream were handed out and wait for their answer. */
  async untilHandedOut(count: number): Promise<void> {
    for (const { stream } of this.publishers) {
      await until(async () => (await this.consumer(stream)).num_ack_pending === count);
    }
  }

  /** Sessions of the consumer that wait for somebody else's lock. */
  async waitingSessions(): Promise<number> {
    const { rows } = await this.sql.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM pg_stat_activity
       WHERE wait_event_type = 'Lock' AND datname = current_database()`,
    );
    return rows[0]!.count;
  }

  /** From now on its handlers wait in the middle of their transaction; answers what lets them go on. */
  async holdHandlers(): Promise<() => Promise<void>> {
    const holder = new pg.Client({ connectionString: this.database.url });
    await holder.connect();
    await holder.query('BEGIN');
    await holder.query(`LOCK TABLE ${this.subject.table} IN SHARE ROW EXCLUSIVE MODE`);
    return () => holder.end();
  }

  /** What a dead process has left open in the database. */
  async endSessions(): Promise<void> {
    await this.sql.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE application_name = $1 AND datname = current_database()`,
      [this.subject.process],
    );
    await until(async () => (await this.waitingSessions()) === 0);
  }
}
