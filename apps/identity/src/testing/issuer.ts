import { createHash, randomBytes } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import pg from 'pg';
import { decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose';
import type { Clock } from '#libs/calendar';
import { createService } from '#libs/http';
import { freePort } from '../../../../deploy/embedded/free-port.js';
import { createDatabase, type TestDatabase } from '../../../../test/support/postgres.js';
import type { IdentityConfig } from '../config.js';
import { identityService } from '../service.js';
import { Browser, type Visit } from './browser.js';

export const DEVELOPER_SECRET = 'developer-secret-of-the-tests';
export const REDIRECT_URI = 'https://app.example.vn/callback';

export interface TokenAnswer {
  status: number;
  access_token: string;
  refresh_token?: string;
  id_token?: string;
  scope?: string;
  token_type?: string;
  expires_in?: number;
  error?: string;
  error_description?: string;
}

/** Answer of the administration API, or a problem document. */
export interface ApiAnswer {
  status: number;
  headers: Headers;

  body: unknown;
}

interface Settings extends Partial<IdentityConfig> {
  clock?: Clock;
  /** Default: nothing is logged. */
  logLevel?: string;
}

/** The whole issuer on a database of its own, listening on a real port. */
export class TestIssuer {
  private constructor(
    readonly url: string,
    private readonly port: number,
    private readonly database: TestDatabase,
    private settings: Settings,
    private app: NestFastifyApplication,
  ) {}

  static async start(settings: Settings = {}): Promise<TestIssuer> {
    // The address is part of the tokens, so the port has to be known before it listens.
    const [database, port] = await Promise.all([createDatabase(), freePort()]);
    const url = `http://127.0.0.1:${String(port)}`;
    return new TestIssuer(url, port, database, settings, await run(url, port, database.url, settings));
  }

  /** A part of the running application. */
  get<T>(type: abstract new (...parameters: never[]) => T): T {
    return this.app.get<T>(type, { strict: false });
  }

  /** What is in the database. */
  async query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.database.url });
    await client.connect();
    try {
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  /** Ends the process; what it knows stays. {@link restart} brings it back at the same address. */
  async halt(): Promise<void> {
    await this.app.close();
  }

  /** As after a crash or an update: a new process on the same database. */
  async restart(settings: Settings = this.settings): Promise<void> {
    await this.app.close();
    this.settings = settings;
    this.app = await run(this.url, this.port, this.database.url, settings);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.database.drop();
  }

  /** A second process beside this one, on another port. */
  async startReplica(): Promise<{ url: string; app: NestFastifyApplication }> {
    const port = await freePort();
    return {
      url: `http://127.0.0.1:${String(port)}`,
      app: await run(this.url, port, this.database.url, this.settings),
    };
  }

  async token(
    clientId: string,
    secret: string,
    parameters: Record<string, string> = {},
  ): Promise<TokenAnswer> {
    return this.post('/token', { grant_type: 'client_credentials', ...parameters }, [clientId, secret]);
  }

  async developerToken(scope: string, agency?: string): Promise<string> {
    const parameters = { scope, ...(agency !== undefined && { agency }) };
    return (await this.token('developer', DEVELOPER_SECRET, parameters)).access_token;
  }

  /** A form to the protocol's endpoints. */
  async post(path: string, form: Record<string, string>, client?: [string, string]): Promise<TokenAnswer> {
    const authorization = client && `Basic ${Buffer.from(client.join(':')).toString('base64')}`;
    const response = await fetch(this.url + path, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers: { ...(authorization && { authorization }) },
    });
    const text = await response.text();
    return { ...(text === '' ? {} : (JSON.parse(text) as object)), status: response.status } as TokenAnswer;
  }

  /** The administration API, as an administrator unless a token is given. */
  async api(
    method: string,
    path: string,
    body?: object,
    options: { token?: string; headers?: object } = {},
  ): Promise<ApiAnswer> {
    const token = options.token ?? (await this.developerToken('admin'));
    const response = await fetch(this.url + path, {
      method,
      ...(body && { body: JSON.stringify(body) }),
      headers: {
        authorization: `Bearer ${token}`,
        ...(body && { 'content-type': 'application/json' }),
        ...options.headers,
      },
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  }

  async addSystem(id: string, scopes: string[], agency: string | null = null): Promise<string> {
    const answer = await this.api('POST', '/v1/clients', { id, name: id, kind: 'system', scopes, agency });
    return (answer.body as { secret: string }).secret;
  }

  async addApplication(id: string, scopes: string[], more: object = {}): Promise<void> {
    const input = {
      id,
      name: `App <${id}>`,
      kind: 'browser',
      scopes,
      redirectUris: [REDIRECT_URI],
      firstParty: true,
      ...more,
    };
    const answer = await this.api('POST', '/v1/clients', input);
    if (answer.status !== 201) {
      throw new Error(JSON.stringify(answer.body));
    }
  }

  async addPerson(
    username: string,
    scopes: string[],
    agency: string | null = 'STC',
  ): Promise<{ id: string; password: string }> {
    const answer = await this.api('POST', '/v1/people', { username, scopes, agency, temporary: false });
    return answer.body as { id: string; password: string };
  }

  browser(): Browser {
    return new Browser(this.url);
  }

  /** Starts a login; `exchange` turns its outcome into tokens. */
  login(clientId: string, scope: string, more: Record<string, string> = {}): LoginAttempt {
    return new LoginAttempt(this, clientId, scope, more);
  }
}

/** A login with PKCE, as an application does it. */
export class LoginAttempt {
  private readonly verifier = randomBytes(32).toString('base64url');
  readonly address: string;

  constructor(
    private readonly issuer: TestIssuer,
    private readonly clientId: string,
    scope: string,
    more: Record<string, string>,
  ) {
    const query = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      redirect_uri: REDIRECT_URI,
      scope,
      state: 'state-1',
      code_challenge: createHash('sha256').update(this.verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...more,
    });
    this.address = `/auth?${query.toString()}`;
  }

  exchange(visit: Visit, form: Record<string, string> = {}): Promise<TokenAnswer> {
    return this.issuer.post('/token', {
      grant_type: 'authorization_code',
      client_id: this.clientId,
      code: visit.url.searchParams.get('code') ?? '',
      redirect_uri: REDIRECT_URI,
      code_verifier: this.verifier,
      ...form,
    });
  }

  /** All of it: page, password, code, tokens. */
  async complete(browser: Browser, username: string, password: string): Promise<TokenAnswer> {
    const page = await browser.open(this.address);
    return this.exchange(await browser.submit(page, { username, password }));
  }
}

export function claimsOf(token: string): JWTPayload {
  return decodeJwt(token);
}

export function headerOf(token: string) {
  return decodeProtectedHeader(token);
}

async function run(
  url: string,
  port: number,
  databaseUrl: string,
  settings: Settings,
): Promise<NestFastifyApplication> {
  const { clock, logLevel = 'silent', ...overrides } = settings;
  const config: IdentityConfig = {
    databaseUrl,
    issuerUrl: url,
    developerClientSecret: DEVELOPER_SECRET,
    administratorPassword: null,
    keyEncryptionSecret: null,
    registryUrl: null,
    ...overrides,
  };
  const app = await createService({ ...identityService(config), logLevel, ...(clock && { clock }) });
  await app.listen(port, '127.0.0.1');
  return app;
}
