import { expect, it } from '@jest/globals';
import { until } from '../../support/until.js';
import { setAckWait } from './bus-tuning.js';
import type { ConsumerStage } from './consumer-stage.js';

/** Cases in which the consumer ends, mostly without a word, with messages of every stream in its hands. */
export function consumerCrashes(stage: () => ConsumerStage): void {
  it('has an effect once after a crash between handling and acknowledging', async () => {
    const { busLink, publishers } = stage();
    const release = await stage().holdHandlers();
    const changes = await stage().changeAll();
    await until(async () => (await stage().waitingSessions()) === publishers.length);
    busLink.holdBackClients();
    await release();
    await stage().untilApplied(changes);
    await stage().process.kill();
    busLink.restore();
    for (const { stream } of publishers) expect((await stage().consumer(stream)).num_ack_pending).toBe(1);

    stage().process = await stage().start();
    await stage().untilAllAnswered();
    for (const { target, version } of changes) expect(await stage().effects(target)).toEqual([version]);
  });

  it('applies what it was handling when it crashed', async () => {
    const { publishers } = stage();
    const release = await stage().holdHandlers();
    const changes = await stage().changeAll();
    await until(async () => (await stage().waitingSessions()) === publishers.length);
    await stage().process.kill();
    await stage().endSessions();
    await release();
    for (const { target } of changes) expect(await stage().effects(target)).toEqual([]);

    stage().process = await stage().start();
    await stage().untilApplied(changes);
    await stage().untilAllAnswered();
    expect(await stage().repeated()).toEqual([]);
  });

  it('hands back at its end what it has not handled', async () => {
    const { admin, publishers } = stage();
    for (const { stream } of publishers) await setAckWait(admin, stream, 120_000);
    const release = await stage().holdHandlers();
    const handled = await stage().changeAll();
    await until(async () => (await stage().waitingSessions()) === publishers.length);
    const unhandled = await stage().changeAll(1);
    await stage().untilHandedOut(2);
    const end = stage().process.stop();
    for (const { stream } of publishers) {
      await until(async () => (await stage().consumer(stream)).num_waiting === 0);
    }
    await release();
    await end;
    for (const { target, version } of handled) expect(await stage().effects(target)).toEqual([version]);
    for (const { target } of unhandled) expect(await stage().effects(target)).toEqual([]);

    stage().process = await stage().start();
    await stage().untilApplied(unhandled);
    await stage().untilAllAnswered();
    expect(await stage().repeated()).toEqual([]);
  });
}
