import { expect } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, credsAuthenticator } from '@nats-io/transport-node';
import { FixedClock } from '#libs/calendar';
import { DATASET_DECLARED, EVENT_HEADERS, type Scope, type ServiceName, streamOf } from '#libs/contracts';
import { createService, type ServiceConfig, type ServiceOptions } from '#libs/http';
import pg from 'pg';
import { LocalIssuer } from '../../libs/auth/src/testing/issuer.js';
import { startNats, type TestNats } from '../support/nats.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';

/** An event as it lies in the stream. */
export interface StreamEvent {
  type: string;
  subject: string;
  aggregateId: string;
  sequence: number;
  data: Record<string, unknown> & { changed: string[] };
}

export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  json?: unknown;
  headers?: Record<string, string>;
}

export type Caller = (path: string, call?: Call) => Promise<Answer>;

/** The day on which these tests play. */
export const TODAY = '2026-04-20';

/** A data service's surroundings, all real: its database, the broker, an issuer; and replicas of the service in them. */
export class DataServiceLab {
  readonly clock = new FixedClock(TODAY);
  private readonly replicas: NestFastifyApplication[] = [];

  private constructor(
    private readonly name: ServiceName,
    private readonly serviceOf: (config: ServiceConfig) => ServiceOptions,
    private readonly database: TestDatabase,
    private readonly nats: TestNats,
    private readonly issuer: LocalIssuer,
  ) {}

  static async open(
    name: ServiceName,
    serviceOf: (config: ServiceConfig) => ServiceOptions,
  ): Promise<DataServiceLab> {
    const [database, nats, issuer] = await Promise.all([createDatabase(), startNats(), LocalIssuer.start()]);
    return new DataServiceLab(name, serviceOf, database, nats, issuer);
  }

  /** Starts one more replica and answers its address. */
  async start(referenceDirectory?: string): Promise<string> {
    const config: ServiceConfig = {
      databaseUrl: this.database.url,
      natsUrl: this.nats.url,
      natsCredentials: this.nats.credentials(this.name),
      referenceDirectory,
      streamReplicas: 1,
    };
    const app = await createService({
      ...this.serviceOf(config),
      auth: { issuer: this.issuer.url },
      clock: this.clock,
      logLevel: 'fatal',
    });
    this.replicas.push(app);
    await app.startAllMicroservices();
    await app.listen(0, '127.0.0.1');
    return app.getUrl();
  }

  async stopReplicas(): Promise<void> {
    await Promise.all(this.replicas.splice(0).map((app) => app.close()));
  }

  async close(): Promise<void> {
    await this.stopReplicas();
    await Promise.all([this.nats.stop(), this.issuer.stop()]);
    await this.database.drop();
  }

  /** Requests of an actor: of an agency (null: none) with scopes. */
  async as(base: string, agency: string | null, ...scopes: Scope[]): Promise<Caller> {
    return caller(base, { authorization: `Bearer ${await this.token(agency, ...scopes)}` });
  }

  /** An access token, for requests that are not JSON. */
  token(agency: string | null, ...scopes: Scope[]): Promise<string> {
    return this.issuer.token({ agency: agency ?? undefined, scope: scopes.join(' ') });
  }

  /** Requests without a token. */
  anonymous(base: string): Caller {
    return caller(base, {});
  }

  /** Rows of a query on the service's database. */
  async rows<Row extends pg.QueryResultRow>(query: string): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.database.url });
    await client.connect();
    try {
      return (await client.query<Row>(query)).rows;
    } finally {
      await client.end();
    }
  }

  /** Waits until the outbox is empty, then reads the whole stream but for what each start begins with: {@link declarations}. */
  async events(): Promise<StreamEvent[]> {
    return (await this.stream()).filter((event) => !isDeclaration(event));
  }

  /** The service's declarations of its datasets. */
  async declarations(): Promise<StreamEvent[]> {
    return (await this.stream()).filter(isDeclaration);
  }

  private async stream(): Promise<StreamEvent[]> {
    await until(
      async () => (await this.rows('SELECT 1 FROM outbox WHERE published_at IS NULL')).length === 0,
    );
    const credentials = this.nats.credentials('admin');
    const connection = await connect({
      servers: this.nats.url,
      ...(credentials !== undefined && { authenticator: credsAuthenticator(readFileSync(credentials)) }),
    });
    try {
      const stream = streamOf(this.name);
      const { messages } = (await (await jetstreamManager(connection)).streams.info(stream)).state;
      const consumer = await jetstream(connection).consumers.get(stream);
      const events: StreamEvent[] = [];
      while (events.length < messages) {
        const message = await consumer.next({ expires: 5_000 });
        if (!message) throw new Error(`the stream has ${messages} messages, ${events.length} came`);
        const header = (name: string) => message.headers?.get(name) ?? '';
        events.push({
          type: header(EVENT_HEADERS.type),
          subject: message.subject,
          aggregateId: header(EVENT_HEADERS.subject),
          sequence: Number(header(EVENT_HEADERS.sequence)),
          data: message.json(),
        });
      }
      return events;
    } finally {
      await connection.close();
    }
  }
}

function isDeclaration({ type }: StreamEvent): boolean {
  return Object.values(DATASET_DECLARED).includes(type);
}

function caller(base: string, ownHeaders: Record<string, string>): Caller {
  return async (path, { method, json, headers } = {}) => {
    const response = await fetch(base + path, {
      method: method ?? (json === undefined ? 'GET' : 'POST'),
      headers: {
        ...ownHeaders,
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: json === undefined ? undefined : JSON.stringify(json),
    });
    const text = await response.text();
    const body = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
    return { status: response.status, headers: response.headers, body };
  };
}

/** Items of a list answer. */
export function itemsOf<Item = Record<string, unknown>>(answer: Answer): Item[] {
  return answer.body['items'] as Item[];
}

/** `field: code` of every wrong field that a problem names. */
export function faultsOf(answer: Answer): string[] {
  const errors = (answer.body['errors'] ?? []) as { field: string; code: string }[];
  return errors.map(({ field, code }) => `${field}: ${code}`);
}

/** The body of an answer that must not be a refusal. */
export async function good<Body>(asked: Promise<Answer>): Promise<Body> {
  const answer = await asked;
  expect([answer.body['detail'], faultsOf(answer)]).toEqual([undefined, []]);
  return answer.body as Body;
}

/** Status and code of a refusal. */
export const codeOf = ({ status, body }: Answer): unknown[] => [status, body['code']];
