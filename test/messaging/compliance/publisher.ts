import { streamOf } from '#libs/contracts';
import { type BucketDigest, digestQuery, OUTBOX_HEADS } from '#libs/messaging';
import pg from 'pg';
import type { LocalIssuer } from '../../../libs/auth/src/testing/issuer.js';
import type { TestNats } from '../../support/nats.js';
import { createDatabase, type TestDatabase } from '../../support/postgres.js';
import { ServiceProcess } from '../../support/service-process.js';
import type { Call, Changeable, PublisherSubject } from './publisher-subject.js';

/** A publishing service with its database: started, changed over HTTP, and looked at through its outbox. */
export class Publisher {
  /** The process that is changed through, unless a case says otherwise. */
  process!: ServiceProcess;
  /** Three aggregates to change. */
  targets: Changeable[] = [];
  private changes = 0;

  private constructor(
    readonly subject: PublisherSubject,
    readonly database: TestDatabase,
    readonly sql: pg.Client,
    private readonly nats: TestNats,
    private readonly issuer: LocalIssuer,
    private readonly busPort: number,
  ) {}

  /** @param busPort where the service finds the broker: its own port, or that of a link to it */
  static async open(
    subject: PublisherSubject,
    nats: TestNats,
    issuer: LocalIssuer,
    busPort: number,
  ): Promise<Publisher> {
    const database = await createDatabase();
    const sql = new pg.Client({ connectionString: database.url });
    await sql.connect();
    return new Publisher(subject, database, sql, nats, issuer, busPort);
  }

  /** The first start. */
  async begin(): Promise<void> {
    this.process = await this.start();
    this.targets = await this.subject.find(this.call(this.process));
  }

  async close(): Promise<void> {
    // Undefined when the first start failed.
    await (this.process as ServiceProcess | undefined)?.kill();
    await this.sql.end();
    await this.database.drop();
  }

  /** One more process of the service, on the same database. */
  start(environment: NodeJS.ProcessEnv = {}): Promise<ServiceProcess> {
    const { service } = this.subject;
    return ServiceProcess.start(service, {
      DATABASE_URL: this.database.url,
      NATS_URL: `nats://127.0.0.1:${this.busPort}`,
      NATS_CREDENTIALS: this.nats.credentials(service),
      ISSUER_URL: this.issuer.url,
      MESSAGING_RELAY_POLL: '200',
      ...environment,
    });
  }

  /**
   * Changes an aggregate over HTTP; answers its version.
   *
   * @param how the process to ask, and the least length of the remark (at most 2,000)
   */
  async change(target: Changeable, how: { through?: ServiceProcess; length?: number } = {}): Promise<number> {
    const { through = this.process, length = 0 } = how;
    this.changes += 1;
    return target.change(this.call(through), `Thay đổi số ${this.changes}`.padEnd(length, '.'));
  }

  call(process: ServiceProcess): Call {
    const { agency, scopes } = this.subject;
    return async (method, path, body) => {
      const token = await this.issuer.token({ agency, scope: scopes.join(' ') });
      return process.call(method, path, token, body);
    };
  }

  get stream(): string {
    return streamOf(this.subject.service);
  }

  busSubject(target: Changeable): string {
    return `ioc.${this.subject.service}.${this.subject.aggregate}.${target.id}`;
  }

  /** @param of counts only this aggregate's events; without it, all that wait */
  async unpublished(of?: Changeable): Promise<number> {
    const { rows } = await this.sql.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM outbox
       WHERE published_at IS NULL AND aggregate_id = coalesce($1, aggregate_id)`,
      [of?.id],
    );
    return rows[0]!.count;
  }

  /** Newest version of every aggregate, as the service has written it. */
  async heads(): Promise<Map<string, number>> {
    const { rows } = await this.sql.query<{ id: string; sequence: number }>(
      'SELECT aggregate_id AS id, max(sequence) AS sequence FROM outbox GROUP BY 1',
    );
    return new Map(rows.map((row) => [row.id, row.sequence]));
  }

  /** Of what the service has written. */
  async digest(): Promise<BucketDigest[]> {
    return (await this.sql.query<BucketDigest>(digestQuery(OUTBOX_HEADS))).rows;
  }
}
