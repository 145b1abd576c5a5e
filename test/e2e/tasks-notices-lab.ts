import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import { SMTPServer } from 'smtp-server';
import { FixedClock } from '#libs/calendar';
import type { Scope } from '#libs/contracts';
import { createService, type Round } from '#libs/http';
import { SecretSealing } from '#libs/webhooks';
import { LocalIssuer } from '../../libs/auth/src/testing/issuer.js';
import { ExplanationReminderRound } from '../../apps/tasks/src/explanations/explanation-reminder-round.js';
import { DeliveryRound } from '../../apps/tasks/src/notices/delivery/delivery-round.js';
import { TaskReminderRound } from '../../apps/tasks/src/reminders/task-reminder-round.js';
import { tasksService } from '../../apps/tasks/src/service.js';
import { startNats, type TestNats } from '../support/nats.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';

export interface LabAnswer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
  bytes: Uint8Array;
}

export interface LabRequest {
  agency?: string | null;
  scopes?: Scope[];
  method?: string;
  json?: unknown;
  headers?: Record<string, string>;
}

/** A replica of the tasks service inside this process. */
export interface Replica {
  app: NestFastifyApplication;
  url: string;
  /** Reminds and delivers what is due at the clock's present moment; the rounds of others are left out for speed. */
  rounds(): Promise<void>;
  stop(): Promise<void>;
}

const OWN_ROUNDS = [SecretSealing, TaskReminderRound, ExplanationReminderRound, DeliveryRound];
const ALL: Scope[] = ['tasks:read', 'tasks:write', 'tasks:assign'];

/** Replicas of the tasks service that come and go on one database and bus, at the times of a clock of the test. */
export class NoticesLab {
  readonly clock = new FixedClock('2026-04-20');
  readonly replicas: Replica[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly nats: TestNats,
    private readonly issuer: LocalIssuer,
  ) {}

  static async open(settings: Record<string, string> = {}): Promise<NoticesLab> {
    // The lab runs the rounds itself, at the moments it chooses.
    Object.assign(process.env, { ROUND_MILLISECONDS: '3600000', ...settings });
    const [database, nats, issuer] = await Promise.all([createDatabase(), startNats(), LocalIssuer.start()]);
    return new NoticesLab(database, nats, issuer);
  }

  async start(): Promise<Replica> {
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
      logLevel: 'fatal',
    });
    await app.startAllMicroservices();
    await app.listen(0, '127.0.0.1');
    const replica: Replica = {
      app,
      url: await app.getUrl(),
      rounds: async () => {
        for (const round of OWN_ROUNDS) await app.get<Round>(round, { strict: false }).run();
      },
      stop: async () => {
        this.replicas.splice(this.replicas.indexOf(replica), 1);
        await app.close();
      },
    };
    this.replicas.push(replica);
    return replica;
  }

  /** The rounds of all running replicas, at the same time. */
  async rounds(): Promise<void> {
    await Promise.all(this.replicas.map((replica) => replica.rounds()));
  }

  /** To the first replica, as Sở KH&CN with all scopes of tasks, unless told otherwise. */
  async send(path: string, request: LabRequest = {}): Promise<LabAnswer> {
    const { json, headers } = request;
    const response = await fetch(`${this.replicas[0]?.url ?? ''}${path}`, {
      method: request.method ?? (json === undefined ? 'GET' : 'POST'),
      headers: {
        authorization: await this.authorization(request),
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: json === undefined ? undefined : JSON.stringify(json),
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    const text = isJson ? new TextDecoder().decode(bytes) : '{}';
    const body = JSON.parse(text) as Record<string, unknown>;
    return { status: response.status, headers: response.headers, body, bytes };
  }

  get issuerUrl(): string {
    return this.issuer.url;
  }

  async authorization({ agency = 'SKHCN', scopes = ALL }: LabRequest): Promise<string> {
    return `Bearer ${await this.issuer.token({ agency: agency ?? undefined, scope: scopes.join(' ') })}`;
  }

  /** Items of all pages of a list. */
  async all<Item>(path: string, request: LabRequest = {}): Promise<Item[]> {
    const items: Item[] = [];
    let cursor = '';
    for (;;) {
      const separator = path.includes('?') ? '&' : '?';
      const { status, body } = await this.send(`${path}${separator}limit=500${cursor}`, request);
      if (status !== 200) throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`);
      items.push(...(body['items'] as Item[]));
      const next = body['nextCursor'] as string | null;
      if (next === null) return items;
      cursor = `&cursor=${next}`;
    }
  }

  /** A task of the Provincial Office's own, led by STC. */
  async assignTask(changes: Record<string, unknown> = {}): Promise<{ id: string; version: number }> {
    const [directive] = await this.all<{ id: string }>('/v1/directives?issuer=VPUBND');
    const answer = await this.send('/v1/tasks', {
      agency: 'VPUBND',
      json: {
        directiveId: directive?.id,
        clause: '5',
        title: 'Thẩm định dự toán thuê đường truyền',
        leads: ['STC'],
        collaborators: ['SNV'],
        due: { date: '2026-05-15' },
        ...changes,
      },
    });
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    return answer.body as unknown as { id: string; version: number };
  }

  async rows<Row extends pg.QueryResultRow>(query: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.database.url });
    await client.connect();
    try {
      return (await client.query<Row>(query, values)).rows;
    } finally {
      await client.end();
    }
  }

  async close(): Promise<void> {
    for (const replica of [...this.replicas]) await replica.stop();
    await Promise.all([this.nats.stop(), this.issuer.stop()]);
    await this.database.drop();
  }
}

export interface ReceivedMail {
  to: string[];
  messageId: string;
  source: string;
}

/** A real SMTP server that keeps what it is given, and refuses as told. */
export class MailSink {
  readonly mails: ReceivedMail[] = [];
  /** Reply code to RCPT TO by address; none: accepted. */
  readonly refusals = new Map<string, number>();

  private constructor(private readonly server: SMTPServer) {}

  static async open(): Promise<MailSink> {
    const server = new SMTPServer({
      authOptional: true,
      disableReverseLookup: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      onRcptTo: ({ address }, _session, callback) => {
        const code = sink.refusals.get(address);
        callback(code === undefined ? null : Object.assign(new Error('refused'), { responseCode: code }));
      },
      onData: (stream, { envelope }, callback) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const source = Buffer.concat(chunks).toString('utf8');
          const messageId = /^Message-ID: (.+)$/im.exec(source)?.[1]?.trim() ?? '';
          sink.mails.push({ to: envelope.rcptTo.map(({ address }) => address), messageId, source });
          callback();
        });
      },
    });
    const sink = new MailSink(server);
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return sink;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => {
        resolve();
      });
    });
  }
}

export interface ReceivedCall {
  headers: IncomingMessage['headers'];
  body: string;
}

/** A real HTTP server that keeps what is posted to it, and answers the status it is told to. */
export class WebhookSink {
  readonly calls: ReceivedCall[] = [];
  status = 204;

  private constructor(private readonly server: Server) {}

  static async open(): Promise<WebhookSink> {
    const server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        sink.calls.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
        response.writeHead(sink.status).end();
      });
    });
    const sink = new WebhookSink(server);
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return sink;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/notices`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
