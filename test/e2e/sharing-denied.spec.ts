import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createUser } from '@nats-io/nkeys';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { jwtAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import { grantConsumer, SERVICES, streamOf } from '#libs/contracts';
import type { IssuedCredentialView } from '../../apps/registry/src/delivery/bus/credentials/credential.view.js';
import { connectAs } from '../support/bus-admin.js';
import { until } from '../support/until.js';
import { BusLab, DAY, good, type LogRecord, RECEIVER } from './sharing-bus-lab.js';

let lab: BusLab;
let grant: string;
let issued: IssuedCredentialView;
let agency: NatsConnection;
/** Of a grant whose credential ended; it was issued 90 days ago, less the three seconds that it had left. */
let expiring: IssuedCredentialView;
let expiringGrant: string;

beforeAll(async () => {
  lab = await BusLab.open(1, new Date(Date.now() - 90 * DAY + 3_000));
  await lab.publish('a', 1);
  [grant, expiringGrant] = [await lab.grant(), await lab.grant('SXD')];
  expiring = await lab.credentials(expiringGrant, 'SXD');
  lab.lab.clock.set(new Date().toISOString());
  issued = await lab.credentials(grant);
  agency = await lab.receive(issued);
  await lab.consumer(agency, grant);
});

afterAll(async () => {
  await lab.close();
});

/** What the broker said to an attempt. */
async function refusal(connection: NatsConnection, attempt: () => void): Promise<string> {
  const statuses = connection.status();
  attempt();
  await connection.flush();
  for await (const status of statuses) if (status.type === 'error') return status.error.message;
  throw new Error('the connection closed without a refusal');
}

/** The log's denials, once they have everything that is expected. */
async function denials(credential: string, attempted: readonly string[]): Promise<LogRecord[]> {
  const find = async () =>
    (await lab.records()).filter((record) => record.kind === 'denial' && record.credential === credential);
  await until(async () => {
    const logged = (await find()).map((record) => record.attempted);
    const missing = attempted.filter((attempt) => !logged.includes(attempt));
    if (missing.length > 0) throw new Error(`not in the log: ${missing.join()}`);
    return true;
  });
  return find();
}

/** Public key of the user whose credentials are in the file. */
function publicKeyIn(file: string): string {
  const claims = /^[\w-]+\.([\w-]+)\.[\w-]+$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
  return (JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as { sub: string }).sub;
}

const own = () => grantConsumer(grant);
const other = () => grantConsumer(expiringGrant);

describe("an agency's credential", () => {
  it('publishes nothing but what it was given: denied by the broker, each denial in the log', async () => {
    const answers = `${issued.inboxPrefix}.x`;
    const subjects = [
      // As a service.
      'ioc.tasks.task.a',
      'ioc.registry.database.x',
      'ioc.agencies.stc-gia.1',
      'feed.0123456789abcdef.a',
      'wake.tasks',
      'dlq.tasks.TASKS',
      'bus.denied.unknown',
      // A dataset of others.
      'intake.agencies.sxd-quy-hoach.1',
      // Requests to services.
      'svc.tasks.digest',
      'svc.registry.resend',
      'svc.bus.revoke',
      // Consumers of others, and of services.
      `agency.API.CONSUMER.MSG.NEXT.TASKS.${other()}`,
      `agency.API.CONSUMER.INFO.TASKS.${other()}`,
      'agency.API.CONSUMER.MSG.NEXT.TASKS.gateway',
      `$JS.ACK.TASKS.${other()}.1.1.1.1.1`,
      '$JS.ACK.TASKS.gateway.1.1.1.1.1',
      // Management of streams and consumers, by both names of the API.
      ...['$JS.API', 'agency.API'].flatMap((api) => [
        `${api}.INFO`,
        `${api}.STREAM.NAMES`,
        `${api}.STREAM.INFO.TASKS`,
        `${api}.STREAM.CREATE.THIEF`,
        `${api}.STREAM.DELETE.TASKS`,
        `${api}.STREAM.PURGE.TASKS`,
        `${api}.STREAM.MSG.GET.TASKS`,
        `${api}.DIRECT.GET.TASKS`,
        `${api}.CONSUMER.CREATE.TASKS.${own()}`,
        `${api}.CONSUMER.DURABLE.CREATE.TASKS.${own()}`,
        `${api}.CONSUMER.DELETE.TASKS.${own()}`,
      ]),
      `$JS.API.CONSUMER.MSG.NEXT.TASKS.${own()}`,
      '$SYS.REQ.CLAIMS.UPDATE',
    ];
    for (const subject of subjects) {
      const message = await refusal(agency, () => {
        agency.publish(subject, '{}', { reply: answers });
      });
      expect(message.toLowerCase()).toContain(
        `permissions violation for publish to "${subject.toLowerCase()}"`,
      );
    }
    const logged = await denials(
      issued.publicKey,
      subjects.map((subject) => `publish ${subject}`),
    );
    expect(logged.every((record) => record.agency === RECEIVER && record.grant === grant)).toBe(true);
    expect(logged.reduce((sum, { count }) => sum + count, 0)).toBe(subjects.length);
  });

  it('listens to nothing but its answers', async () => {
    const subjects = [
      '>',
      'ioc.>',
      'ioc.tasks.task.*',
      '_INBOX.>',
      `_INBOX.${other()}.>`,
      '$JS.ACK.>',
      '$SYS.>',
    ];
    for (const subject of subjects) {
      const message = await refusal(agency, () => {
        agency.subscribe(subject, { callback: () => undefined });
      });
      expect(message.toLowerCase()).toContain(
        `permissions violation for subscription to "${subject.toLowerCase()}"`,
      );
    }
    const logged = await denials(
      issued.publicKey,
      subjects.map((subject) => `subscribe ${subject}`),
    );
    expect(logged.every(({ why }) => why === 'no permission for this subject')).toBe(true);
  });

  it('cannot have the broker write or ask on its behalf, by naming a foreign subject for the answer', async () => {
    const before = await lab.admin.lastSequence('TASKS');
    const reached: string[] = [];
    const services: NatsConnection[] = [];
    for (const user of ['tasks', 'registry'] as const) {
      const service = await connectAs(lab.nats, user);
      service.subscribe(`svc.${user}.stolen`, { callback: (_, { subject }) => void reached.push(subject) });
      await service.flush();
      services.push(service);
    }
    for (const reply of ['ioc.tasks.task.stolen', 'svc.tasks.stolen', 'svc.registry.stolen', 'wake.tasks']) {
      agency.publish(`agency.API.CONSUMER.INFO.TASKS.${own()}`, '', { reply });
      agency.publish(`agency.API.CONSUMER.MSG.NEXT.TASKS.${own()}`, '1', { reply });
      agency.publish(`$JS.ACK.TASKS.${own()}.1.1.1.1.1`, '+NXT', { reply });
    }
    await agency.flush();
    // What the broker does with them is done before it answers the next request of the same connection.
    await agency.request(`agency.API.CONSUMER.INFO.TASKS.${own()}`);
    expect(await lab.admin.lastSequence('TASKS')).toBe(before);
    await Promise.all(services.map((service) => service.flush()));
    expect(reached).toEqual([]);
    await Promise.all(services.map((service) => service.close()));
  });

  it('opens nothing without its secret', async () => {
    const thief = createUser();
    await expect(
      lab.receive(issued, { authenticator: jwtAuthenticator(issued.jwt, thief.getSeed()) }),
    ).rejects.toThrow('Authorization Violation');
    await expect(lab.receive(issued, { authenticator: [] })).rejects.toThrow('Authorization Violation');
    await until(async () =>
      (await lab.records()).some(
        ({ kind, attempted, why }) =>
          kind === 'denial' && attempted === 'login' && why?.includes('without a credential'),
      ),
    );
  });

  it('ends by itself when its time is over, and opens nothing afterwards', async () => {
    // The broker counts whole seconds: in the very second of the end it still lets the user in, to cut it
    // off at once with another word.
    await until(() => Date.parse(expiring.expiresAt) + 1_000 < Date.now());
    lab.lab.clock.set(new Date().toISOString());
    await expect(lab.receive(expiring)).rejects.toThrow('Authorization Violation');
    const [denial] = await denials(expiring.publicKey, ['login']);
    expect(denial).toMatchObject({
      agency: 'SXD',
      grant: expiringGrant,
      why: 'login with an expired credential',
    });
  });

  it('is worth nothing once revoked', async () => {
    const theirs = await lab.grant('SNV');
    const first = await lab.credentials(theirs, 'SNV');
    const closed = (await lab.receive(first)).closed();
    await lab.credentials(theirs, 'SNV');
    await closed;
    await expect(lab.receive(first)).rejects.toThrow('Authorization Violation');
    const [denial] = await denials(first.publicKey, ['login']);
    expect(denial).toMatchObject({ agency: 'SNV', why: 'login with a revoked credential' });
  });
});

describe('the bus keeper', () => {
  it('is asked by the registry alone', async () => {
    for (const user of [...SERVICES.filter((service) => service !== 'registry'), 'gateway'] as const) {
      const connection = await connectAs(lab.nats, user);
      const message = await refusal(connection, () => {
        connection.publish('svc.bus.revoke', '{}');
      });
      expect(message).toMatch(/permissions violation/i);
      await connection.close();
    }
  });

  it('cannot be made to revoke a service', async () => {
    const tasks = await connectAs(lab.nats, 'tasks');
    const registry = await connectAs(lab.nats, 'registry');
    const request = JSON.stringify({ publicKeys: [publicKeyIn(lab.nats.credentials('tasks')!)] });
    expect((await registry.request('svc.bus.revoke', request, { timeout: 5_000 })).json()).toEqual({
      error: null,
    });
    await tasks.flush();
    expect(tasks.isClosed()).toBe(false);
    const again = await connectAs(lab.nats, 'tasks');
    await Promise.all([tasks.close(), again.close(), registry.close()]);
  });

  it('leaves the consumers of other processes out of what the registry may do', async () => {
    const registry = await connectAs(lab.nats, 'registry');
    for (const stream of SERVICES.map(streamOf)) {
      for (const action of ['DELETE', 'INFO', 'MSG.NEXT', 'DURABLE.CREATE', 'CREATE']) {
        const message = await refusal(registry, () => {
          registry.publish(`$JS.API.CONSUMER.${action}.${stream}.gateway`, '{}');
        });
        expect(message).toMatch(/permissions violation/i);
      }
    }
    await registry.close();
  });

  it('undoes no revocation with an older copy of the account', async () => {
    const file = join(lab.nats.dataDir, 'keeper', 'agencies.jwt');
    const older = readFileSync(file);
    const theirs = await lab.grant('SYT');
    const first = await lab.credentials(theirs, 'SYT');
    const closed = (await lab.receive(first)).closed();
    await lab.credentials(theirs, 'SYT');
    await closed;
    writeFileSync(file, older);
    const another = await lab.credentials(theirs, 'SYT');
    const cut = (await lab.receive(another)).closed();
    await lab.credentials(theirs, 'SYT');
    await cut;
    await expect(lab.receive(first)).rejects.toThrow('Authorization Violation');
  });

  it('refuses what is no public key', async () => {
    const registry = await connectAs(lab.nats, 'registry');
    const request = JSON.stringify({ publicKeys: ['*'] });
    const answer = await registry.request('svc.bus.revoke', request, { timeout: 5_000 });
    expect(answer.json<{ error: string }>().error).toContain('no public key');
    await registry.close();
  });
});

it('keeps what it is asked for to itself: credentials are for the receiver', async () => {
  const caller = await lab.as('SXD');
  const answer = await caller(`/v1/grants/${grant}/credentials`, { json: {} });
  expect(answer.status).toBe(403);
  await until(async () =>
    (await lab.records()).some(
      ({ kind, attempted, agency: who }) =>
        kind === 'denial' && who === 'SXD' && attempted === `POST /v1/grants/${grant}/credentials`,
    ),
  );
  expect(await good(caller(`/v1/grants/${expiringGrant}/credentials`))).toHaveProperty('items');
});
