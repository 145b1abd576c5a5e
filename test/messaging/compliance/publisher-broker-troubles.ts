import { expect, it } from '@jest/globals';
import { DiscardPolicy } from '@nats-io/jetstream';
import { until } from '../../support/until.js';
import { backUp, restore } from './broker-backup.js';
import type { PublisherStage } from './publisher-stage.js';

/** More than the client's own limit of attempts to reconnect, which is 10. */
const ATTEMPTS = 12;

/** Cases in which the broker refuses, is away, or has lost what it had. */
export function publisherBrokerTroubles(stage: () => PublisherStage): void {
  it('sends again what the broker refused', async () => {
    const { admin, publisher } = stage();
    const target = publisher.targets[0]!;
    const attempts = await countPublications(stage());
    const { state } = await admin.manager.streams.info(publisher.stream);
    await admin.manager.streams.update(publisher.stream, {
      max_msgs: state.messages,
      discard: DiscardPolicy.New,
    });
    const versions = [await publisher.change(target), await publisher.change(target)];
    await until(() => attempts.count >= 3);
    attempts.stop();
    expect(await publisher.unpublished(target)).toBe(2);

    await admin.manager.streams.update(publisher.stream, { max_msgs: -1, discard: DiscardPolicy.Old });
    await stage().untilSettled();
    const sent = await stage().sentAfter(state.last_seq, [target]);
    expect(sent.map(({ sequence }) => sequence)).toEqual(versions);
    expect((await stage().applied(target)).slice(-2)).toEqual(versions);
  });

  it('lets no event overtake an older one of its aggregate that the broker refused', async () => {
    const { admin, link, publisher } = stage();
    const target = publisher.targets[0]!;
    await publisher.change(target);
    await stage().untilSettled();
    const before = await admin.lastSequence(publisher.stream);
    const last = await admin.manager.streams.getMessage(publisher.stream, { seq: before });
    // Room for headers and a short remark.
    await admin.manager.streams.update(publisher.stream, { max_msg_size: last!.data.length + 1_000 });
    const attempts = await countPublications(stage());
    link.cut();
    const versions = [await publisher.change(target, { length: 2_000 }), await publisher.change(target)];
    link.restore();
    await until(() => attempts.count >= 2);
    attempts.stop();
    await admin.manager.streams.update(publisher.stream, { max_msg_size: -1 });
    await stage().untilSettled();
    const sent = await stage().sentAfter(before, [target]);
    expect(sent.map(({ sequence }) => sequence)).toEqual(versions);
  });

  it('makes a deleted stream again and sends everything it held', async () => {
    const { admin, probe, publisher } = stage();
    await admin.manager.streams.delete(publisher.stream);
    await publisher.change(publisher.targets[0]!);
    await stage().untilSettled();
    const newest = new Map(
      (await admin.eventsAfter(publisher.stream, 0)).map((event) => [event.aggregateId, event.sequence]),
    );
    expect(newest).toEqual(await publisher.heads());
    expect(await probe.repeated()).toEqual([]);
  });

  it('starts, accepts changes and stops while the broker is away', async () => {
    const { link, publisher } = stage();
    const target = publisher.targets[0]!;
    link.cut();
    await publisher.process.stop();
    publisher.process = await publisher.start();
    await publisher.change(target);
    await publisher.process.stop();

    publisher.process = await publisher.start();
    const before = link.attempts;
    const version = await publisher.change(target);
    await until(() => link.attempts >= before + 3);
    link.restore();
    await stage().untilSettled();
    expect(await stage().lastOnBus(target)).toBe(version);
  });

  it('outlasts an absence of the broker longer than any limit of reconnecting', async () => {
    const { link, publisher } = stage();
    const target = publisher.targets[0]!;
    link.cut();
    const first = await publisher.change(target);
    const before = link.attempts;
    await until(() => link.attempts >= before + ATTEMPTS);
    const second = await publisher.change(target);
    link.restore();
    await stage().untilSettled();
    expect((await stage().applied(target)).slice(-2)).toEqual([first, second]);
  });

  it('sends again what the broker acknowledged and lost', async () => {
    const { admin, nats, probe, publisher } = stage();
    const [one, other] = [publisher.targets[0]!, publisher.targets[1]!];
    const kept = await admin.lastSequence(publisher.stream);
    const backup = await backUp(nats);
    const versions = [await publisher.change(one), await publisher.change(other)];
    await stage().untilSettled();
    await restore(nats, backup);

    await until(async () => (await stage().lastOnBus(other)) === versions[1]);
    await stage().untilSettled();
    const again = await stage().sentAfter(kept, [one, other]);
    expect(again.map(({ sequence }) => sequence)).toEqual(versions);
    expect(await probe.repeated()).toEqual([]);
  });

  it('keeps the order within an aggregate under load while the broker crashes', async () => {
    const { admin, nats, probe, publisher } = stage();
    const { targets } = publisher;
    const before = await publisher.heads();
    let changes = 0;
    const load = targets.map(async (target) => {
      for (let count = 0; count < 40; count += 1) {
        await publisher.change(target);
        changes += 1;
      }
    });
    for (const reached of [25, 70]) {
      await until(() => changes >= reached);
      await nats.kill();
      await nats.restart();
    }
    await Promise.all(load);
    await stage().untilSettled();
    const onBus = await admin.eventsAfter(publisher.stream, 0);
    for (const target of targets) {
      const old = before.get(target.id)!;
      const sent = onBus
        .filter(({ aggregateId, sequence }) => aggregateId === target.id && sequence > old)
        .map(({ sequence }) => sequence);
      expect(sent).toEqual([...sent].sort((one, other) => one - other));
      expect(sent.at(-1)).toBe(old + 40);
      await until(
        async () => (await stage().applied(target)).filter((sequence) => sequence > old).length === 40,
      );
    }
    expect(await probe.repeated()).toEqual([]);
  });
}

/** Sees every attempt to publish, also what the stream refuses. */
async function countPublications({
  admin,
  publisher,
}: PublisherStage): Promise<{ count: number; stop(): void }> {
  const subscription = admin.connection.subscribe(`ioc.${publisher.subject.service}.>`, {
    callback: () => {
      attempts.count += 1;
    },
  });
  const attempts = {
    count: 0,
    stop: (): void => {
      subscription.unsubscribe();
    },
  };
  await admin.connection.flush();
  return attempts;
}
