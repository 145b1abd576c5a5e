import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { connect, credsAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import { readFileSync } from 'node:fs';
import { DataSource, type QueryRunner } from 'typeorm';
import { FixedClock } from '#libs/calendar';
import { EVENT_HEADERS, type Scope } from '#libs/contracts';
import { createService, type Round } from '#libs/http';
import { LocalIssuer } from '../../libs/auth/src/testing/issuer.js';
import { tasksService } from '../../apps/tasks/src/service.js';
import type { PublishedEvent } from './event-contract.js';
import { startNats, type TestNats } from '../support/nats.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';

export interface Answer {
  status: number;
  headers: Headers;
  /** The JSON of the answer; `any` of a test is `Record` here, so that a wrong path fails the assertion. */
  body: Record<string, unknown>;
}

export interface Request {
  agency?: string | null;
  scopes?: Scope[];
  method?: string;
  json?: unknown;
  headers?: Record<string, string>;
  /** Replica to ask, from 0. */
  replica?: number;
}

const ALL: Scope[] = ['tasks:read', 'tasks:write', 'tasks:assign'];

/** Replicas of the tasks service on one real database and bus, with an issuer and a clock of the test's own. */
export class TasksHarness {
  readonly clock = new FixedClock('2026-04-20');
  private readonly replicas: { app: NestFastifyApplication; url: string }[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly nats: TestNats,
    private readonly issuer: LocalIssuer,
    private readonly bus: NatsConnection,
    readonly streams: JetStreamManager,
  ) {}

  /** Starts all replicas at the same moment. */
  static async start(replicas = 1): Promise<TasksHarness> {
    const [database, nats, issuer] = await Promise.all([createDatabase(), startNats(), LocalIssuer.start()]);
    const admin = nats.credentials('admin');
    if (admin === undefined) throw new Error('the broker has no admin');
    const bus = await connect({ servers: nats.url, authenticator: credsAuthenticator(readFileSync(admin)) });
    const harness = new TasksHarness(database, nats, issuer, bus, await jetstreamManager(bus));
    await Promise.all(Array.from({ length: replicas }, () => harness.addReplica()));
    return harness;
  }

  async addReplica(): Promise<void> {
    const app = await createService({
      ...tasksService({
        databaseUrl: this.database.url,
        natsUrl: this.nats.url,
        natsCredentials: this.nats.credentials('tasks'),
        referenceDirectory: undefined,
        streamReplicas: 1,
      }),
      auth: { issuer: this.issuer.url },
      clock: this.clock,
      logLevel: 'error',
    });
    await app.startAllMicroservices();
    await app.listen(0, '127.0.0.1');
    this.replicas.push({ app, url: await app.getUrl() });
  }

  /** Works on the database as between two versions of the service: no replica runs meanwhile. */
  async betweenVersions(work: (runner: QueryRunner) => Promise<void>): Promise<void> {
    const replicas = this.replicas.splice(0);
    for (const { app } of replicas) await app.close();
    const source = await new DataSource({ type: 'postgres', url: this.database.url }).initialize();
    try {
      await work(source.createQueryRunner());
    } finally {
      await source.destroy();
    }
    await Promise.all(replicas.map(() => this.addReplica()));
  }

  /** A part of the first replica. */
  get<Part>(type: abstract new (...needs: never[]) => Part): Part {
    const [first] = this.replicas;
    if (!first) throw new Error('no replica runs');
    return first.app.get<Part>(type, { strict: false });
  }

  /** Runs a round of the first replica. */
  async round(type: abstract new (...needs: never[]) => Round): Promise<void> {
    await this.get(type).run();
  }

  /** As Sở KH&CN with all scopes of tasks, unless told otherwise. */
  async send(path: string, request: Request = {}): Promise<Answer> {
    const { agency = 'SKHCN', scopes = ALL, json, headers, replica = 0 } = request;
    const token = await this.issuer.token({ agency: agency ?? undefined, scope: scopes.join(' ') });
    const response = await fetch(`${this.replicas[replica]?.url ?? ''}${path}`, {
      method: request.method ?? (json === undefined ? 'GET' : 'POST'),
      headers: {
        authorization: `Bearer ${token}`,
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: json === undefined ? undefined : JSON.stringify(json),
    });
    const text = await response.text();
    const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    return { status: response.status, headers: response.headers, body };
  }

  /** Everything that lies in the stream, in its order. */
  async events(): Promise<PublishedEvent[]> {
    const { last_seq: last } = (await this.streams.streams.info('TASKS')).state;
    const events: PublishedEvent[] = [];
    for (let sequence = 1; sequence <= last; sequence += 1) {
      const message = await this.streams.streams.getMessage('TASKS', { seq: sequence });
      events.push({ type: message?.header.get(EVENT_HEADERS.type) ?? '', data: message?.json() });
    }
    return events;
  }

  async stop(): Promise<void> {
    for (const { app } of this.replicas) await app.close();
    await this.bus.close();
    await this.issuer.stop();
    await this.nats.stop();
    await this.database.drop();
  }
}
