import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { generateKeyPair, SignJWT } from 'jose';
import pg from 'pg';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, credsAuthenticator } from '@nats-io/transport-node';
import { EXCHANGE_STANDING, PROCESSES, type ProcessName, SERVICES } from '#libs/contracts';
import { LocalIssuer } from '../../libs/auth/src/testing/issuer.js';
import { ensureStream, eventStream } from '../../libs/messaging/src/bus/streams.js';
import { startNats, type TestNats } from '../support/nats.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { ServiceProcess } from '../support/service-process.js';
import { until } from '../support/until.js';
import { keptOpenApi } from './kept-openapi.js';

interface Operation {
  method: string;
  path: string;
  /** Whether a scope is asked for beside a good token. */
  scoped: boolean;
  /** Whether it answers without a token, too: less than with one, but never to a bad one. */
  optional: boolean;
}

/** Routes that ask for no token. Whoever opens another one has to say so here. */
const PUBLIC: Partial<Record<ProcessName, string[]>> = {
  gateway: ['GET /asyncapi.json', 'GET /display/{token}', 'GET /schemas/{type}'],
  registry: [
    // Open data, for harvesters of the open-data portal.
    'GET /v1/catalog',
    'GET /v1/catalog.jsonld',
    'GET /v1/catalog.ttl',
    'GET /v1/catalog/datasets/{id}',
    // What a receipt is verified with.
    'GET /v1/exchange-log/head',
    'GET /v1/exchange-log/keys',
  ],
};
const PUBLIC_EVERYWHERE = ['GET /health/live', 'GET /health/ready', 'GET /metrics'];

const SECRET = 'developer-secret-of-the-tests';

let issuer: LocalIssuer;
let nats: TestNats;

beforeAll(async () => {
  [issuer, nats] = await Promise.all([LocalIssuer.start(), startNats()]);
  await makeStreams();
});

afterAll(async () => {
  await Promise.all([issuer.stop(), nats.stop()]);
});

/** Services consume each other's streams: each of them is alone here and finds them all, as after a first start. */
async function makeStreams(): Promise<void> {
  const credentials = readFileSync(nats.credentials('admin')!);
  const bus = await connect({ servers: nats.url, authenticator: credsAuthenticator(credentials) });
  try {
    const manager = await jetstreamManager(bus);
    for (const service of SERVICES) await ensureStream(manager, eventStream(service, 1));
  } finally {
    await bus.close();
  }
}

const epoch = () => Math.floor(Date.now() / 1000);
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Bad tokens in the name of an issuer whose key identifier and public key are known to everybody. */
function badTokens(
  iss: string,
  kid: string,
  publicKey: object,
): Record<string, () => Promise<string | null>> {
  const claims = {
    iss,
    aud: 'urn:ioc',
    sub: 'x',
    client_id: 'x',
    exp: epoch() + 60,
    scope: 'admin tasks:read ioc:read',
  };
  return {
    'no token': () => Promise.resolve(null),
    'no JWT': () => Promise.resolve('nonsense'),
    'a forged signature': async () => {
      const { privateKey } = await generateKeyPair('ES256');
      return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid, typ: 'at+jwt' }).sign(privateKey);
    },
    'no signature': () => Promise.resolve(`${part({ alg: 'none' })}.${part(claims)}.`),
    'the public key as secret': () => {
      const signed = `${part({ alg: 'HS256', kid })}.${part(claims)}`;
      return Promise.resolve(
        `${signed}.${createHmac('sha256', JSON.stringify(publicKey)).update(signed).digest('base64url')}`,
      );
    },
  };
}

describe.each(PROCESSES)('%s', (name) => {
  let database: TestDatabase;
  let service: ServiceProcess;
  let operations: Operation[];
  let open: string[];
  let before: string;

  beforeAll(async () => {
    database = await createDatabase();
    service = await ServiceProcess.start(name, {
      DATABASE_URL: database.url,
      NATS_URL: nats.url,
      NATS_CREDENTIALS: nats.credentials(name),
      ISSUER_URL: issuer.url,
      DEVELOPER_CLIENT_SECRET: SECRET,
      LOG_LEVEL: 'warn',
      // Its rounds tell again and again how the exchange log stands: not within these tests.
      ...(name === 'registry' && { ROUND_MILLISECONDS: '3600000' }),
    });
    ({ operations, open } = await readOperations(service.url));
    if (name !== 'identity') await until(() => nothingWaits(service.url));
    // Its first rounds come a second after the start, and leave reminders of what the documents ordered long ago.
    if (name === 'tasks') await until(() => hasRows(database.url, 'reminder'));
  }, 120_000);

  beforeEach(async () => {
    before = await quietContents(database.url);
  });

  afterEach(async () => {
    expect(await quietContents(database.url)).toBe(before);
  });

  afterAll(async () => {
    await service.stop();
    await database.drop();
  });

  /** Every route that needs a token refuses this one in the same way. */
  async function expectRefused(
    token: string | null,
    status: number,
    code: string,
    which = operations,
  ): Promise<void> {
    expect(which.length).toBeGreaterThan(0);
    for (const { method, path, optional } of which) {
      if (optional && token === null) continue;
      const response = await fetch(
        service.url + path.replaceAll(/\{[^}]+\}/g, '0190a0a0-0000-7000-8000-000000000000'),
        {
          method,
          headers: {
            ...(token !== null && { authorization: `Bearer ${token}` }),
            ...(method !== 'GET' && method !== 'DELETE' && { 'content-type': 'application/json' }),
          },
          ...(method !== 'GET' && method !== 'DELETE' && { body: '{}' }),
        },
      );
      const text = await response.text();
      expect({ method, path, status: response.status, text }).toMatchObject({ method, path, status });
      expect(response.headers.get('content-type')).toContain('application/problem+json');
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
      expect(JSON.parse(text)).toMatchObject({ code, status });
    }
  }

  it('answers the documentation that is checked in; else run: npm run openapi', async () => {
    expect(await (await fetch(`${service.url}/openapi.json`)).json()).toEqual(keptOpenApi(name));
  });

  it('asks for a token everywhere but at the routes named above', () => {
    expect(open).toEqual([...PUBLIC_EVERYWHERE, ...(PUBLIC[name] ?? [])].sort());
  });

  it('refuses tokens that anybody could make, at every route', async () => {
    const { keys } = (await (
      await fetch(
        `${name === 'identity' ? service.url : issuer.url}/${name === 'identity' ? 'jwks' : 'keys'}`,
      )
    ).json()) as {
      keys: { kid: string }[];
    };
    const key = keys[0]!;
    for (const token of Object.values(badTokens(issuer.url, key.kid, key))) {
      await expectRefused(await token(), 401, 'unauthenticated');
    }
  });

  it('refuses good tokens without the scope, at every route that asks for one', async () => {
    const token =
      name === 'identity' ? await identityToken(service.url) : await issuer.token({ scope: 'openid' });
    const scoped = operations.filter((operation) => operation.scoped);
    await expectRefused(token, 403, 'insufficient-scope', scoped);
  });

  // The issuer signs no such token of its own; libs/auth has seen to it in its own tests.
  if (name !== 'identity') {
    it('refuses tokens that are expired, of another issuer or for others', async () => {
      const scope = 'admin tasks:read ioc:read';
      await expectRefused(await issuer.token({ scope, exp: epoch() - 60 }), 401, 'unauthenticated');
      await expectRefused(await issuer.token({ scope, iss: 'http://127.0.0.1:1' }), 401, 'unauthenticated');
      await expectRefused(await issuer.token({ scope, aud: 'urn:other' }), 401, 'unauthenticated');
      await expectRefused(await issuer.token({ scope }, { typ: 'logout+jwt' }), 401, 'unauthenticated');
    });
  }

  it('logged the refusals without the tokens', () => {
    expect(service.log).toContain('refused');
    expect(service.log).not.toMatch(/eyJ[\w-]+\.eyJ/);
  });
});

async function readOperations(base: string): Promise<{ operations: Operation[]; open: string[] }> {
  const document = (await (await fetch(`${base}/openapi.json`)).json()) as {
    paths: Record<string, Record<string, { security?: object[]; description?: string }>>;
  };
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security, description }]) => ({
      method: method.toUpperCase(),
      path,
      closed: (security ?? []).length > 0,
      optional: (security ?? []).some((one) => Object.keys(one).length === 0),
      scoped: description?.includes('Scope: ') === true,
    })),
  );
  return {
    operations: all.filter(({ closed }) => closed),
    open: all
      .filter(({ closed, optional }) => !closed || optional)
      .map(({ method, path }) => `${method} ${path}`)
      .sort(),
  };
}

/** Whether all events that lie in the streams have been taken over: two looks between two batches may show the same rows. */
async function nothingWaits(base: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${await issuer.token({ scope: 'admin' })}` };
  const response = await fetch(`${base}/v1/operations/consumers`, { headers });
  const { items } = (await response.json()) as { items: { lag: number | null }[] };
  return items.every(({ lag }) => lag === 0);
}

async function hasRows(databaseUrl: string, table: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query(`SELECT FROM ${table} LIMIT 1`)).rowCount === 1;
  } finally {
    await client.end();
  }
}

/** A good token of the issuer under test that carries a right, but not the one asked for. */
async function identityToken(base: string): Promise<string> {
  const response = await fetch(`${base}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`developer:${SECRET}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'ioc:read' }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}

/** The registry's exchange log holds what it refused on routes of sharing, which is no change that anybody asked for. */
const EVIDENCE = /^(exchange_|relay_state$)/;
const ROWS: Record<string, string> = {
  outbox: `(SELECT * FROM outbox WHERE aggregate <> '${EXCHANGE_STANDING}')`,
};

/** Digest of all rows of all tables, once the work of the start (seeds, projections) has come to rest. */
async function quietContents(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    let last = '';
    await until(async () => {
      const now = await contents(client);
      const quiet = now === last;
      last = now;
      return quiet;
    });
    return last;
  } finally {
    await client.end();
  }
}

async function contents(client: pg.Client): Promise<string> {
  const tables = await client.query<{ name: string }>(
    "SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1",
  );
  const digests: string[] = [];
  for (const { name } of tables.rows.filter((table) => !EVIDENCE.test(table.name))) {
    const { rows } = await client.query<{ digest: string }>(
      `SELECT count(*) || ':' || coalesce(md5(string_agg(md5(t::text), '' ORDER BY md5(t::text))), '') AS digest FROM ${ROWS[name] ?? name} t`,
    );
    digests.push(`${name} ${rows[0]?.digest ?? ''}`);
  }
  return digests.join('\n');
}
