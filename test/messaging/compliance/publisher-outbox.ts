import { expect, it } from '@jest/globals';
import { createInbox, nanos } from '@nats-io/transport-node';
import { GATEWAY_ANSWERS } from '#libs/contracts';
import type { BucketDigest, DigestAnswer, ResendRequest } from '#libs/messaging';
import pg from 'pg';
import { DUPLICATE_WINDOW_MILLISECONDS } from '../../../libs/messaging/src/messaging-options.js';
import { connectAs } from '../../support/bus-admin.js';
import { until } from '../../support/until.js';
import type { Publisher } from './publisher.js';
import type { PublisherStage } from './publisher-stage.js';
import type { Changeable } from './publisher-subject.js';

/** Any number that no service uses. */
const HOLD = 4711;

/** Cases about what is read from the outbox, and when. */
export function publisherOutbox(stage: () => PublisherStage): void {
  it('publishes a change that committed after later ones were published', async () => {
    const { publisher } = stage();
    const [late, early] = [publisher.targets[0]!, publisher.targets[1]!];
    const release = await holdCommits(publisher, late);
    const lateVersion = publisher.change(late);
    await until(() => isHeld(publisher));
    const earlyVersion = await publisher.change(early);
    await until(async () => (await stage().lastOnBus(early)) === earlyVersion);
    await until(async () => (await publisher.unpublished()) === 0);

    await release();
    const version = await lateVersion;
    const { rows } = await publisher.sql.query<{ aggregate_id: string }>(
      'SELECT aggregate_id FROM outbox WHERE aggregate_id IN ($1, $2) ORDER BY id DESC LIMIT 2',
      [early.id, late.id],
    );
    expect(rows.map((row) => row.aggregate_id)).toEqual([early.id, late.id]);
    await stage().untilSettled();
    expect(await stage().lastOnBus(late)).toBe(version);
  });

  it('replays from a time and for one aggregate: the newest stays last, effects are not repeated', async () => {
    const { admin, probe, publisher } = stage();
    const [one, changedMeanwhile, other] = [
      publisher.targets[0]!,
      publisher.targets[1]!,
      publisher.targets[2]!,
    ];
    const call = publisher.call(publisher.process);
    // As in production: what was sent just before the request is still remembered by the broker.
    await admin.manager.streams.update(publisher.stream, {
      duplicate_window: nanos(DUPLICATE_WINDOW_MILLISECONDS),
    });
    const version = await publisher.change(one);
    await publisher.change(one);
    const since = (await timeOf(publisher, one, version)).toISOString();
    for (const target of [changedMeanwhile, other]) await publisher.change(target);
    await stage().untilSettled();
    const before = await admin.lastSequence(publisher.stream);

    await call('POST', '/v1/operations/replays', { since });
    await call('POST', '/v1/operations/replays', {
      aggregate: publisher.subject.aggregate,
      aggregateIds: [one.id],
    });
    await publisher.change(changedMeanwhile);
    await until(async () => {
      const { items } = (await call('GET', '/v1/operations/replays')) as {
        items: { doneAt: string | null }[];
      };
      return items.length >= 2 && items.every(({ doneAt }) => doneAt !== null);
    });
    await stage().untilSettled();

    const heads = await publisher.heads();
    for (const target of [one, changedMeanwhile, other]) {
      expect(await stage().lastOnBus(target)).toBe(heads.get(target.id));
    }
    const again = (await admin.eventsAfter(publisher.stream, before)).map(({ aggregateId }) => aggregateId);
    expect(again).toEqual(expect.arrayContaining([one.id, other.id]));
    expect(await probe.repeated()).toEqual([]);
  });

  it('answers a digest equal to that of a consumer, and sends again what the consumer is missing', async () => {
    const { nats, probe, publisher } = stage();
    const { subject, targets } = publisher;
    const gateway = await connectAs(nats, 'gateway');
    const ask = async <T>(what: string, request: object): Promise<T> => {
      const answer = await gateway.request(`svc.${subject.service}.${what}`, JSON.stringify(request), {
        timeout: 10_000,
        noMux: true,
        reply: createInbox(GATEWAY_ANSWERS),
      });
      return answer.json<T>();
    };
    const theirs = async (): Promise<BucketDigest[]> => (await ask<DigestAnswer>('digest', {})).buckets!;
    try {
      expect(await theirs()).toEqual(await probe.digest());
      await probe.forget(targets[0]!.id);
      const ours = await probe.digest();
      const different = (await theirs()).filter(
        (bucket) => !ours.some((own) => own.bucket === bucket.bucket && own.digest === bucket.digest),
      );
      expect(different).toHaveLength(1);
      const { heads } = await ask<DigestAnswer>('digest', different[0]!);
      expect(heads!.map(({ aggregateId }) => aggregateId)).toContain(targets[0]!.id);

      const request: ResendRequest = {
        aggregate: subject.aggregate,
        aggregateIds: [targets[0]!.id],
        by: 'test',
      };
      await ask('resend', request);
      await stage().untilSettled();
      expect(await theirs()).toEqual(await probe.digest());
    } finally {
      await gateway.close();
    }
  });
}

/** From now on a transaction that holds an event of this aggregate hangs in its commit; answers what lets it go on. */
async function holdCommits({ database, sql }: Publisher, { id }: Changeable): Promise<() => Promise<void>> {
  const holder = new pg.Client({ connectionString: database.url });
  await holder.connect();
  await holder.query('SELECT pg_advisory_lock($1)', [HOLD]);
  await sql.query(
    `CREATE OR REPLACE FUNCTION test_hold() RETURNS trigger LANGUAGE plpgsql AS
     $$ BEGIN PERFORM pg_advisory_xact_lock(${HOLD}); RETURN NULL; END $$`,
  );
  await sql.query(
    `CREATE CONSTRAINT TRIGGER test_hold AFTER INSERT ON outbox DEFERRABLE INITIALLY DEFERRED
     FOR EACH ROW WHEN (NEW.aggregate_id = '${id}') EXECUTE FUNCTION test_hold()`,
  );
  return async () => {
    await holder.end();
    await sql.query('DROP TRIGGER test_hold ON outbox');
  };
}

async function isHeld({ sql }: Publisher): Promise<boolean> {
  const { rows } = await sql.query(
    `SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = ${HOLD} AND NOT granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  );
  return rows.length > 0;
}

async function timeOf({ sql }: Publisher, { id }: Changeable, version: number): Promise<Date> {
  const { rows } = await sql.query<{ occurred_at: Date }>(
    'SELECT occurred_at FROM outbox WHERE aggregate_id = $1 AND sequence = $2',
    [id, version],
  );
  return rows[0]!.occurred_at;
}
