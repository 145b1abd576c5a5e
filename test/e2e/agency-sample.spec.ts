import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccessEnded, AgencyClient, fetchGrantAccess, type SharedEvent } from '#libs/agency-client';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { until } from '../support/until.js';
import { AgencyPrograms, endingIn, readAccess } from './agency-programs.js';
import { BusLab, good, RECEIVER } from './sharing-bus-lab.js';

let lab: BusLab;
let programs: AgencyPrograms;
let database: TestDatabase;

beforeAll(async () => {
  [lab, database] = await Promise.all([BusLab.open(), createDatabase()]);
  programs = new AgencyPrograms(lab);
  for (const id of ['1', '2', '3']) await lab.publish(id, 1, { title: 'Nhiệm vụ', state: 'assigned' });
  await lab.publish('3', 2, { title: 'Nhiệm vụ', state: 'completed' });
});

afterAll(async () => {
  programs.stop();
  await lab.close();
  await database.drop();
});

describe('the sample service of an agency', () => {
  it('is short enough to be read and copied', () => {
    const text = readFileSync('apps/agency-sample/src/main.ts', 'utf8');
    expect(text.split('\n').length).toBeLessThan(150);
  });

  it('holds the state, follows changes, goes on after kill -9, and ends with its grant', async () => {
    const grant = await lab.grant();
    const file = await programs.accessFile(grant);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const start = async () => {
      const environment = {
        DATABASE_URL: database.url,
        AGENCY_ACCESS: file,
        AGENCY_CODE: RECEIVER,
        PORT: '0',
      };
      const sample = programs.run('apps/agency-sample/src/main.js', [], environment);
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

    await programs.withdraw(grant);
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
    const file = await programs.accessFile(grant);
    const endOfFormer = Date.now() + 9_000;
    const former = await endingIn(9, readAccess(file));
    writeFileSync(file, JSON.stringify(former));
    const endpoint = await programs.tokenEndpoint();
    const own = await createDatabase();
    const sample = programs.run('apps/agency-sample/src/main.js', [], {
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
    expect(readAccess(file).credentials).not.toBe(former.credentials);
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
    const access = readAccess(await programs.accessFile(grant));
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
    const file = await programs.accessFile(grant);
    const client = await AgencyClient.connect(readAccess(file), RECEIVER);
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
    const access = readAccess(await programs.accessFile(grant));
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
    const access = readAccess(await programs.accessFile(grant));
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
    const access = readAccess(await programs.accessFile(grantId));
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
