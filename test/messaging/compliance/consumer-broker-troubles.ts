import { expect, it } from '@jest/globals';
import { until } from '../../support/until.js';
import { backUp, restore } from './broker-backup.js';
import type { ConsumerStage } from './consumer-stage.js';

/** More than the client's own limit of attempts to reconnect, which is 10. */
const ATTEMPTS = 12;

/** Cases in which the broker has lost something, or is away; and what is lost nevertheless. */
export function consumerBrokerTroubles(stage: () => ConsumerStage): void {
  it('makes a deleted consumer again and loses nothing', async () => {
    const { admin, publishers } = stage();
    for (const { stream } of publishers) await admin.manager.consumers.delete(stream, 'gateway');
    await stage().untilApplied(await stage().changeAll());
    await stage().untilCaughtUp();
    await stage().untilAllAnswered();
    expect(await stage().repeated()).toEqual([]);
  });

  it('goes on with a stream that was deleted and made again', async () => {
    const { admin, publishers } = stage();
    for (const { stream } of publishers) await admin.manager.streams.delete(stream);
    await stage().untilApplied(await stage().changeAll());
    await stage().untilCaughtUp();
    await stage().untilAllAnswered();
    expect(await stage().repeated()).toEqual([]);
  });

  it('starts while the broker is away, and outlasts an absence longer than any limit of reconnecting', async () => {
    const { busLink } = stage();
    busLink.cut();
    await stage().process.stop();
    const first = await stage().changeAll();
    const started = busLink.attempts;
    stage().process = await stage().start();
    await until(() => busLink.attempts >= started + 3);
    busLink.restore();
    await stage().untilApplied(first);

    busLink.cut();
    const lost = busLink.attempts;
    const second = await stage().changeAll();
    await until(() => busLink.attempts >= lost + ATTEMPTS);
    busLink.restore();
    await stage().untilApplied(second);
    await stage().untilAllAnswered();
    expect(await stage().repeated()).toEqual([]);
  });

  it('loses nothing and repeats nothing when the broker has lost what it acknowledged', async () => {
    const { nats } = stage();
    const backup = await backUp(nats);
    await stage().untilApplied(await stage().changeAll());
    await restore(nats, backup);
    await stage().untilApplied(await stage().changeAll());
    await stage().untilCaughtUp();
    await stage().untilAllAnswered();
    expect(await stage().repeated()).toEqual([]);
  });

  it('never goes back under load while the broker crashes', async () => {
    const { nats, publishers } = stage();
    let changes = 0;
    const load = publishers.map(async (publisher) => {
      for (let count = 0; count < 40; count += 1) {
        await publisher.change(publisher.targets[count % 2]!);
        changes += 1;
      }
    });
    for (const reached of [30, 80]) {
      await until(() => changes >= reached);
      await nats.kill();
      // Several versions of each wait to be sent at once, so that a wrong order cannot come right by itself.
      await until(() => changes >= reached + 40);
      await nats.restart();
    }
    await Promise.all(load);
    await stage().untilCaughtUp();
    for (const target of publishers.flatMap(({ targets }) => targets)) {
      const sequences = await stage().effects(target);
      expect(sequences).toEqual([...sequences].sort((one, other) => one - other));
    }
    expect(await stage().repeated()).toEqual([]);
  });

  it('finds a hole by comparing digests and has it filled', async () => {
    const { publishers, sql, subject } = stage();
    await stage().process.stop();
    for (const { targets } of publishers) {
      await sql.query(`DELETE FROM ${subject.table} WHERE aggregate_id = $1`, [targets[0]!.id]);
    }
    stage().process = await stage().start(subject.comparing(true));
    await stage().untilCaughtUp();
    await stage().process.stop();
  });
}
