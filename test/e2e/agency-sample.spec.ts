import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decode, encodeUser, fromPublic, fromSeed, type User } from '@nats-io/jwt';
import {
  AccessEnded,
  AgencyClient,
  fetchGrantAccess,
  type GrantAccess,
  type SharedEvent,
} from '#libs/agency-client';
import { grantsKeyFile } from '../support/bus-keeper.js';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';
import { BusLab, good, RECEIVER } from './sharing-bus-lab.js';

const ROOT = process.cwd();
const program = (path: string): string => join(ROOT, 'dist', path);

let lab: BusLab;
let folder: string;
let database: TestDatabase;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ioc-agency-'));
  [lab, database] = await Promise.all([BusLab.open(), createDatabase()]);
  for (const id of ['1', '2', '3']) await lab.publish(id, 1, { title: 'Nhiệm vụ', state: 'assigned' });
  await lab.publish('3', 2, { title: 'Nhiệm vụ', state: 'completed' });
});

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await lab.close();
  await database.drop();
  rmSync(folder, { recursive: true });
});

/** A program in a process of its own, as an agency would run it. */
function run(path: string, args: string[], environment: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [program(path), ...args], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], ...environment },
  });
  children.add(child);
  const running = { child, output: '', exitCode: null as number | null };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => (running.output += chunk.toString('utf8')));
  }
  child.once('close', (code) => {
    children.delete(child);
    running.exitCode = code ?? -1;
  });
  return running;
}

/** The access file of a new grant, by the command that agencies use. */
async function accessFile(grant: string): Promise<string> {
  const out = join(folder, `${grant}.json`);
  await until(async () => (await lab.connection(grant)).standing !== null);
  const token = await lab.lab.token(RECEIVER, 'sharing:request');
  const asked = run(
    'libs/agency-client/src/get-access.js',
    ['--registry', lab.bases[0]!, '--grant', grant, '--out', out],
    { TOKEN: token },
  );
  await until(() => asked.exitCode !== null);
  expect([asked.exitCode, asked.output]).toEqual([0, expect.stringContaining('It holds a secret')]);
  return out;
}

function read(file: string): GrantAccess {
  return JSON.parse(readFileSync(file, 'utf8')) as GrantAccess;
}

/** The same access with an end in so many seconds, as the registry would sign it. */
async function endingIn(seconds: number, access: GrantAccess): Promise<GrantAccess> {
  const [jwt] = /^[\w-]+\.[\w-]+\.[\w-]+$/m.exec(access.credentials)!;
  const { name, sub } = decode<User>(jwt);
  const { account, seed } = JSON.parse(readFileSync(grantsKeyFile(), 'utf8')) as Record<
    'account' | 'seed',
    string
  >;
  const shorter = await encodeUser(
    name,
    fromPublic(sub),
    fromPublic(account),
    {},
    {
      signer: fromSeed(Buffer.from(seed)),
      scopedUser: true,
      exp: Math.floor(Date.now() / 1_000) + seconds,
    },
  );
  return { ...access, credentials: access.credentials.replace(jwt, shorter) };
}

/** An issuer's token endpoint for a client of the receiving agency. */
async function tokenEndpoint(): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    const isKnown =
      request.headers.authorization ===
      `Basic ${btoa('stc-mau:bí mật'.split(':').map(encodeURIComponent).join(':'))}`;
    void lab.lab.token(RECEIVER, 'sharing:request').then((token) => {
      response.writeHead(isKnown ? 200 : 401, { 'content-type': 'application/json' });
      response.end(JSON.stringify(isKnown ? { access_token: token } : { error: 'invalid_client' }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
    close: () => server.close(),
  };
}

async function withdraw(grant: string): Promise<void> {
  const receiver = await lab.as(RECEIVER);
  const { version } = await good<{ version: number }>(receiver(`/v1/grants/${grant}`));
  await good(
    receiver(`/v1/grants/${grant}/withdrawal`, {
      json: { reason: 'Không còn nhu cầu khai thác' },
      headers: { 'if-match': `"${version}"` },
    }),
  );
}

describe('the sample service of an agency', () => {
  it('is short enough to be read and copied', () => {
    const text = readFileSync(join(ROOT, 'apps/agency-sample/src/main.ts'), 'utf8');
    expect(text.split('\n').length).toBeLessThan(150);
  });

  it('holds the state, follows changes, goes on after kill -9, and ends with its grant', async () => {
    const grant = await lab.grant();
    const file = await accessFile(grant);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const start = async () => {
      const environment = {
        DATABASE_URL: database.url,
        AGENCY_ACCESS: file,
        AGENCY_CODE: RECEIVER,
        PORT: '0',
      };
      const sample = run('apps/agency-sample/src/main.js', [], environment);
      await until(() => sample.output.includes('the current state is here'));
      const port = /listening on (\d+)/.exec(sample.output)![1]!;
      const held = async () => {
        const rows = (await (await fetch(`http://127.0.0.1:${port}/`)).json()) as {
          state: string;
          tasks: number;
        }[];
        return Object.fromEntries(rows.map(({ state, tasks }) => [state, tasks]));
      };
      return { sample, held };
    };

    const first = await start();
    expect(await first.held()).toEqual({ assigned: 2, completed: 1 });
    await lab.publish('1', 2, { title: 'Nhiệm vụ', state: 'in-progress' });
    await until(async () => (await first.held())['in-progress'] === 1);

    first.sample.child.kill('SIGKILL');
    await until(() => first.sample.exitCode !== null);
    await lab.publish('2', 2, { title: 'Nhiệm vụ', state: 'completed' });
    const second = await start();
    // What was on its way to the dead process comes again when its time to be acknowledged is over, after 30 s.
    await until(async () => (await second.held())['completed'] === 2, 45_000);
    expect(await second.held()).toEqual({ 'in-progress': 1, completed: 2 });

    await withdraw(grant);
    await until(() => second.sample.exitCode !== null);
    expect([second.sample.exitCode, second.sample.output]).toEqual([
      3,
      expect.stringContaining('ask the registry'),
    ]);
  });
});

describe('the sample service with a client of its own at the issuer', () => {
  it('renews its access, keeps it for the next start, and goes on over the former end', async () => {
    const grant = await lab.grant();
    const file = await accessFile(grant);
    const endOfFormer = Date.now() + 9_000;
    const former = await endingIn(9, read(file));
    writeFileSync(file, JSON.stringify(former));
    const endpoint = await tokenEndpoint();
    const own = await createDatabase();
    const sample = run('apps/agency-sample/src/main.js', [], {
      DATABASE_URL: own.url,
      AGENCY_ACCESS: file,
      AGENCY_CODE: RECEIVER,
      PORT: '0',
      TOKEN_URL: endpoint.url,
      CLIENT_ID: 'stc-mau',
      CLIENT_SECRET: 'bí mật',
      REGISTRY_URL: lab.bases[0]!,
      GRANT_ID: grant,
    });
    await until(() => sample.output.includes('the access has been renewed'));
    expect(read(file).credentials).not.toBe(former.credentials);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await until(() => Date.now() > endOfFormer + 1_000);
    await lab.publish('1', 3, { title: 'Nhiệm vụ', state: 'after-the-end' });
    const port = /listening on (\d+)/.exec(sample.output)![1]!;
    await until(async () =>
      (await (await fetch(`http://127.0.0.1:${port}/`)).text()).includes('after-the-end'),
    );
    expect(sample.output).not.toContain('tried again');
    sample.child.kill('SIGTERM');
    await until(() => sample.exitCode === 0);
    endpoint.close();
    await own.drop();
  });
});

describe('a program in any language', () => {
  it('follows a grant by the four messages of the guide, without JetStream in its client', async () => {
    const grant = await lab.grant();
    const access = read(await accessFile(grant));
    const { inboxPrefix, apiPrefix, stream, consumer } = access.connection;
    const connection = await lab.receive({ credentials: access.credentials, inboxPrefix });
    const reply = `${inboxPrefix}.1`;
    const records: string[] = [];
    connection.subscribe(reply, {
      callback: (_, message) => {
        if (!message.reply) return;
        records.push(message.headers!.get('ce-subject'));
        connection.publish(message.reply, '+ACK');
      },
    });
    const request = JSON.stringify({ batch: 100, expires: 30_000_000_000 });
    connection.publish(`${apiPrefix}.CONSUMER.MSG.NEXT.${stream}.${consumer}`, request, { reply });
    await until(async () => (await lab.logged(grant)).length === 3);
    expect(records.sort()).toEqual(['1', '2', '3']);
  });
});

describe('the client for agencies', () => {
  it('hands over again what was refused, whole batches, and says so', async () => {
    const grant = await lab.grant();
    const file = await accessFile(grant);
    const client = await AgencyClient.connect(read(file), RECEIVER);
    const troubles: string[] = [];
    const held = new Map<string, number>();
    let refusals = 1;
    const following = client.follow(
      (events: readonly SharedEvent[]) => {
        if (refusals-- > 0) return Promise.reject(new Error('the database is away'));
        for (const event of events) held.set(event.recordId, event.sequence);
        return Promise.resolve();
      },
      { onTrouble: (error) => troubles.push(error.message) },
    );
    await until(() => held.size === 3);
    expect(troubles).toEqual(['the database is away']);
    expect(held.get('3')).toBe(2);
    await client.close();
    await following;
  });

  it('has the digest that the exchange log has', async () => {
    const grant = await lab.grant();
    const access = read(await accessFile(grant));
    const client = await AgencyClient.connect(access, RECEIVER);
    const digests = new Map<string, string>();
    const following = client.follow((events: readonly SharedEvent[]) => {
      for (const event of events) digests.set(event.id, event.digest());
      return Promise.resolve();
    });
    const logged = async (): Promise<Map<string, string>> => {
      const rows = await lab.lab.rows<{ id: string; digest: string }>(
        `SELECT message ->> 'id' AS id, message ->> 'digest' AS digest
         FROM exchange_record, jsonb_array_elements(line::jsonb -> 'messages') message
         WHERE kind = 'delivery' AND line::jsonb ->> 'grant' = '${grant}'`,
      );
      return new Map(rows.map(({ id, digest }) => [id, digest]));
    };
    await until(async () => (await logged()).size === 3);
    expect(await logged()).toEqual(digests);
    await client.close();
    await following;
  });

  it('says that the access has ended when the credentials were replaced', async () => {
    const grant = await lab.grant();
    const access = read(await accessFile(grant));
    const client = await AgencyClient.connect(access, RECEIVER);
    const following = client.follow(() => Promise.resolve());
    await fetchGrantAccess(lab.bases[0]!, await lab.lab.token(RECEIVER, 'sharing:request'), grant);
    await expect(following).rejects.toThrow(AccessEnded);
    await client.close();
  });

  it("publishes records of an agency's own dataset, which come to whoever holds a grant of it", async () => {
    const provider = await lab.as('SYT');
    const dataset = await good<{ id: string; code: string }>(
      provider('/v1/datasets', {
        json: {
          slug: 'giuong-benh',
          title: { vi: 'Giường bệnh', en: 'Hospital beds' },
          meaning: { vi: 'Số giường bệnh còn trống', en: 'Free hospital beds' },
          fields: [
            { name: 'id', type: 'string' },
            { name: 'free', type: 'integer' },
          ],
          access: 'mandatory',
          legalGround: 'Kế hoạch của UBND tỉnh',
        },
      }),
    );
    const issued = await good<{ credentials: string; inboxPrefix: string; apiPrefix: string }>(
      provider(`/v1/datasets/${dataset.id}/credentials`, { json: {} }),
    );
    const publisher = await AgencyClient.connect(
      {
        connection: {
          servers: [lab.nats.url],
          stream: '',
          consumer: '',
          inboxPrefix: issued.inboxPrefix,
          apiPrefix: issued.apiPrefix,
        },
        credentials: issued.credentials,
        datasets: [dataset.code],
      },
      'SYT',
    );
    await publisher.publish({
      dataset: dataset.code,
      recordId: 'bv-tinh',
      sequence: 1,
      state: { id: 'bv-tinh', free: 12 },
    });
    const receiver = await lab.as(RECEIVER);
    const { grantId } = await good<{ grantId: string }>(
      receiver('/v1/sharing-requests', {
        json: {
          datasetId: dataset.id,
          purpose: 'Tổng hợp báo cáo phục vụ chỉ đạo, điều hành',
          legalGround: 'Kế hoạch của UBND tỉnh',
          validFrom: lab.lab.clock.today(),
          validUntil: lab.lab.clock.today(),
          method: 'sync',
          contact: { name: 'Phòng Chuyển đổi số' },
        },
      }),
    );
    const access = read(await accessFile(grantId));
    const client = await AgencyClient.connect(access, RECEIVER);
    const free: unknown[] = [];
    const following = client.follow<{ free: number }>((events) => {
      free.push(...events.map(({ data }) => data.free));
      return Promise.resolve();
    });
    await until(() => free.length === 1);
    await publisher.publish({
      dataset: dataset.code,
      recordId: 'bv-tinh',
      sequence: 2,
      state: { id: 'bv-tinh', free: 11 },
      changed: ['free'],
    });
    await until(() => free.length === 2);
    expect(free).toEqual([12, 11]);
    await Promise.all([client.close(), publisher.close()]);
    await following;
  });
});
