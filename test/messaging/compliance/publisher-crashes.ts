import { expect, it } from '@jest/globals';
import pg from 'pg';
import { until } from '../../support/until.js';
import type { Publisher } from './publisher.js';
import type { PublisherStage } from './publisher-stage.js';

/** So long that nothing in a case can be owed to the relay's poll. */
const NO_POLL = { MESSAGING_RELAY_POLL: '600000' };

/** Cases in which a process of the service dies without a word. */
export function publisherCrashes(stage: () => PublisherStage): void {
  it('publishes after a crash between commit and publish', async () => {
    const { link, publisher } = stage();
    const target = publisher.targets[0]!;
    link.cut();
    const version = await publisher.change(target);
    await publisher.process.kill();
    expect(await publisher.unpublished(target)).toBe(1);

    link.restore();
    publisher.process = await publisher.start();
    await stage().untilSettled();
    expect((await stage().applied(target)).filter((sequence) => sequence === version)).toHaveLength(1);
  });

  it('has an effect once after a crash between publish and mark', async () => {
    const { admin, publisher } = stage();
    const target = publisher.targets[0]!;
    const before = await admin.lastSequence(publisher.stream);
    const release = await holdMarking(publisher);
    const version = await publisher.change(target);
    await until(async () => (await stage().lastOnBus(target)) === version);
    await publisher.process.kill();
    await endRelaySessions(publisher);
    await release();
    expect(await publisher.unpublished(target)).toBe(1);

    publisher.process = await publisher.start();
    await stage().untilSettled();
    const copies = await stage().sentAfter(before, [target]);
    expect(copies.map(({ sequence }) => sequence)).toEqual([version, version]);
    expect((await stage().applied(target)).filter((sequence) => sequence === version)).toHaveLength(1);
  });

  it('publishes from one of two replicas, and from the other at once when that one dies', async () => {
    const { admin, probe, publisher } = stage();
    const { targets } = publisher;
    await publisher.process.kill();
    const leader = await stage().startReplica(NO_POLL);
    await until(async () => (await relaySessions(publisher)) === 1);
    const standby = await publisher.start(NO_POLL);
    publisher.process = standby;
    await until(async () => (await relaySessions(publisher)) === 2);
    // Two that publish at the same time need not get in each other's way today; that one waits is what keeps them from it.
    await until(async () => (await relaySessions(publisher, 'waiting')) === 1);
    const before = await admin.lastSequence(publisher.stream);

    const ofStandby = await publisher.change(targets[0]!);
    await until(async () => (await stage().lastOnBus(targets[0]!)) === ofStandby);

    const load = Array.from({ length: 59 }, (_, index) =>
      publisher.change(targets[index % 3]!, { through: index % 2 === 0 ? leader : standby }),
    );
    await Promise.all(load);
    await stage().untilSettled();
    const sent = await stage().sentAfter(before, targets);
    expect(new Set(sent.map(({ eventId }) => eventId)).size).toBe(60);
    expect(sent).toHaveLength(60);
    for (const { id } of targets) {
      const sequences = sent.filter((event) => event.aggregateId === id).map(({ sequence }) => sequence);
      expect(sequences).toEqual([...sequences].sort((one, other) => one - other));
    }

    const more = Array.from({ length: 30 }, (_, index) => publisher.change(targets[index % 3]!));
    await Promise.race(more);
    await leader.kill();
    await Promise.all(more);
    await stage().untilSettled();
    expect(await probe.repeated()).toEqual([]);
  });
}

/** From now on the relay publishes, and hangs when it wants to note that it did; answers what lets it go on. */
async function holdMarking({ database }: Publisher): Promise<() => Promise<void>> {
  const holder = new pg.Client({ connectionString: database.url });
  await holder.connect();
  await holder.query('BEGIN');
  await holder.query('SELECT * FROM relay_state FOR UPDATE');
  return () => holder.end();
}

async function relaySessions({ sql }: Publisher, which: 'all' | 'waiting' = 'all'): Promise<number> {
  const { rows } = await sql.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity
     WHERE application_name = 'relay' AND datname = current_database() AND ($1 OR wait_event = 'advisory')`,
    [which === 'all'],
  );
  return rows[0]!.count;
}

/** PostgreSQL does not notice the death of a client whose statement still runs. */
async function endRelaySessions(publisher: Publisher): Promise<void> {
  await publisher.sql.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = 'relay' AND datname = current_database()`,
  );
  await until(async () => (await relaySessions(publisher)) === 0);
}
