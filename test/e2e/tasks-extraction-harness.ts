import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { FixedClock } from '#libs/calendar';
import type { Scope } from '#libs/contracts';
import { createService } from '#libs/http';
import pg from 'pg';
import { workerLaunch } from '../../apps/tasks/src/extraction/document-reader.js';
import { tasksService } from '../../apps/tasks/src/service.js';
import { LocalIssuer } from '../../libs/auth/src/testing/issuer.js';
import { startNats, type TestNats } from '../support/nats.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';

export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

export interface Request {
  type?: string;
  agency?: string;
  scopes?: Scope[];
  headers?: Record<string, string>;
}

const ALL: Scope[] = ['tasks:read', 'tasks:write', 'tasks:assign'];

/** The tasks service with its surroundings, for documents: bodies are sent as they are. */
export class ExtractionHarness {
  private constructor(
    private readonly app: NestFastifyApplication,
    private readonly url: string,
    private readonly database: TestDatabase,
    private readonly nats: TestNats,
    private readonly issuer: LocalIssuer,
  ) {}

  static async start(): Promise<ExtractionHarness> {
    // Suites run from the source; the worker's thread has to read TypeScript, too.
    workerLaunch.file = new URL(
      '../../apps/tasks/src/extraction/readers/extraction-worker.ts',
      import.meta.url,
    );
    workerLaunch.execArgv = ['--import', new URL('./http-typescript.mjs', import.meta.url).href];
    const [database, nats, issuer] = await Promise.all([createDatabase(), startNats(), LocalIssuer.start()]);
    const config = {
      databaseUrl: database.url,
      natsUrl: nats.url,
      natsCredentials: nats.credentials('tasks'),
      referenceDirectory: undefined,
      streamReplicas: 1 as const,
    };
    const app = await createService({
      ...tasksService(config),
      auth: { issuer: issuer.url },
      clock: new FixedClock('2026-04-20'),
      logLevel: 'error',
    });
    await app.listen(0, '127.0.0.1');
    return new ExtractionHarness(app, await app.getUrl(), database, nats, issuer);
  }

  /** Sends a body as it is, or an object as JSON; as Sở KH&CN unless told otherwise. */
  async post(path: string, body: string | Uint8Array | object, request: Request = {}): Promise<Answer> {
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    return this.send(path, request, {
      method: 'POST',
      headers: { 'content-type': request.type ?? (raw ? 'text/plain; charset=utf-8' : 'application/json') },
      body: raw ? new Uint8Array(Buffer.from(body as string)) : JSON.stringify(body),
    });
  }

  get(path: string): Promise<Answer> {
    return this.send(path, {}, {});
  }

  async count(table: string): Promise<number> {
    const client = new pg.Client({ connectionString: this.database.url });
    await client.connect();
    try {
      const { rows } = await client.query<{ count: string }>(`SELECT count(*) FROM ${table}`);
      return Number(rows[0]?.count);
    } finally {
      await client.end();
    }
  }

  async stop(): Promise<void> {
    await this.app.close();
    await Promise.all([this.nats.stop(), this.issuer.stop()]);
    await this.database.drop();
  }

  private async send(
    path: string,
    { agency = 'SKHCN', scopes = ALL, headers }: Request,
    init: RequestInit,
  ): Promise<Answer> {
    const token = await this.issuer.token({ agency, scope: scopes.join(' ') });
    const response = await fetch(this.url + path, {
      ...init,
      headers: { authorization: `Bearer ${token}`, ...(init.headers as Record<string, string>), ...headers },
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
    };
  }
}
