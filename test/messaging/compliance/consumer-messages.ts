import { expect, it } from '@jest/globals';
import { headers as natsHeaders, type MsgHdrs } from '@nats-io/transport-node';
import type { DeadLetter } from '#libs/messaging';
import { v7 as uuidv7 } from 'uuid';
import { until } from '../../support/until.js';
import { type ConsumerStage, MAX_DELIVERIES, RETRY_MILLISECONDS } from './consumer-stage.js';
import type { PublisherSubject } from './publisher-subject.js';
import { watchAnswers } from './watch-answers.js';

/** Cases about messages that come twice, that are no events, or whose handler fails. */
export function consumerMessages(stage: () => ConsumerStage): void {
  it('drops a repetition far outside the duplicate window of the broker', async () => {
    const { admin, publishers } = stage();
    const changes = await stage().changeAll();
    await stage().untilApplied(changes);
    const known = await duplicatesOf(stage());
    for (const { publisher, target } of changes) {
      const last = await admin.manager.streams.getMessage(publisher.stream, {
        last_by_subj: publisher.busSubject(target),
      });
      // What the broker takes for another message, as it does once its window is over.
      const headers = copy(last!.header, { 'Nats-Msg-Id': uuidv7() });
      const answer = await admin.jetstream.publish(last!.subject, last!.data, { headers });
      expect(answer.duplicate).toBe(false);
    }
    await stage().untilAllAnswered();
    expect(await stage().repeated()).toEqual([]);
    await until(async () => (await duplicatesOf(stage())) === known + publishers.length);
  });

  it('never goes back to an older version', async () => {
    const { admin } = stage();
    const older = await stage().changeAll();
    const newer = await stage().changeAll();
    await stage().untilApplied(newer);
    for (const { publisher, target, version } of older) {
      const events = await admin.eventsAfter(publisher.stream, 0);
      const { streamSequence } = events.findLast((event) => {
        return event.aggregateId === target.id && event.sequence === version;
      })!;
      const message = await admin.manager.streams.getMessage(publisher.stream, { seq: streamSequence });
      const headers = copy(message!.header, { 'ce-id': uuidv7(), 'Nats-Msg-Id': uuidv7() });
      await admin.jetstream.publish(message!.subject, message!.data, { headers });
    }
    await stage().untilAllAnswered();
    for (const { target, version } of newer) expect((await stage().effects(target)).at(-1)).toBe(version);
    await stage().untilCaughtUp();
  });

  it('puts aside what is no event, with the reason, and goes on with the others', async () => {
    const { admin } = stage();
    const before = await lastDeadLetter(stage());
    const sent: (Junk & { stream: string; seq: number })[] = [];
    for (const { stream, subject } of stage().publishers) {
      for (const junk of junkOf(subject)) {
        const headers = copy(undefined, junk.headers);
        const { seq } = await admin.jetstream.publish(junk.subject, junk.data, { headers });
        sent.push({ ...junk, stream, seq });
      }
    }
    await until(async () => (await deadLetters(stage(), before)).length === sent.length);
    for (const letter of await deadLetters(stage(), before)) {
      const cause = sent.find(
        ({ seq, stream }) => seq === letter.streamSequence && stream === letter.stream,
      )!;
      expect(letter).toMatchObject({ reason: cause.reason, deliveries: 1 });
      expect(letter.error).toMatch(cause.error);
    }
    await stage().untilApplied(await stage().changeAll(1));
    await stage().untilAllAnswered();
  });

  it('retries a failing handler with delays, puts the event aside at the last try, replays it when asked', async () => {
    const { admin, publishers, sql, subject } = stage();
    const before = await lastDeadLetter(stage());
    const answers = await watchAnswers(admin, stage().subject.process);
    const ids = publishers.map(({ targets }) => `'${targets[0]!.id}'`).join(',');
    await sql.query(
      `ALTER TABLE ${subject.table} ADD CONSTRAINT test_refusal CHECK (aggregate_id NOT IN (${ids})) NOT VALID`,
    );
    // While the first is held the other two gather, so that the failing one has company in its batch.
    const release = await stage().holdHandlers();
    const healthy = await stage().changeAll(2);
    await until(async () => (await stage().waitingSessions()) === publishers.length);
    const failing = await stage().changeAll();
    healthy.push(...(await stage().changeAll(1)));
    await stage().untilHandedOut(3);
    await release();
    await stage().untilApplied(healthy);
    await until(async () => (await deadLetters(stage(), before)).length === publishers.length);
    await sql.query(`ALTER TABLE ${subject.table} DROP CONSTRAINT test_refusal`);
    const letters = await deadLetters(stage(), before);
    for (const letter of letters) {
      expect(letter).toMatchObject({
        reason: 'handler-failed',
        deliveries: MAX_DELIVERIES,
        replayedAt: null,
      });
      expect(letter.error).toMatch(/test_refusal/);
      const times = answers.times(letter.stream, letter.streamSequence);
      expect(times).toHaveLength(MAX_DELIVERIES);
      for (const [index, time] of times.slice(1).entries()) {
        expect(time - times[index]!).toBeGreaterThanOrEqual(RETRY_MILLISECONDS);
      }
    }
    // None of the others was handed back.
    expect(answers.count).toBe(publishers.length * MAX_DELIVERIES);
    answers.stop();
    await stage().untilAllAnswered();
    for (const { target } of failing) expect(await stage().effects(target)).toEqual([]);

    for (const { sequence } of letters) {
      await stage().call('POST', `/v1/operations/dead-letters/${sequence}/replay`);
    }
    for (const { target, version } of failing) expect(await stage().effects(target)).toEqual([version]);
    const replayed = await deadLetters(stage(), before);
    expect(replayed.filter(({ replayedAt }) => replayedAt === null)).toEqual([]);
  });

  it('waits for its database without spending a try of any message', async () => {
    const { admin, databaseLink, publishers } = stage();
    const before = await lastDeadLetter(stage());
    const answers = await watchAnswers(admin, stage().subject.process);
    databaseLink.cut();
    const attempts = databaseLink.attempts;
    const changes = await stage().changeAll();
    // Each stream's consumer has tried more often than a message may fail.
    await until(() => databaseLink.attempts > attempts + publishers.length * (MAX_DELIVERIES + 1));
    expect(answers.count).toBe(0);
    answers.stop();

    databaseLink.restore();
    await stage().untilApplied(changes);
    await stage().untilAllAnswered();
    expect(await deadLetters(stage(), before)).toEqual([]);
    expect(await stage().repeated()).toEqual([]);
  });
}

interface Junk {
  subject: string;
  headers: Record<string, string>;
  data: string | Uint8Array;
  reason: string;
  error: RegExp;
}

/** Messages that are no events of the service, or none that anybody handles. */
function junkOf({ service, aggregate }: PublisherSubject): Junk[] {
  const id = uuidv7();
  const subject = `ioc.${service}.${aggregate}.${id}`;
  const type = `vn.ioc.${service}.${aggregate}.changed.v1`;
  const good = {
    'ce-id': uuidv7(),
    'ce-type': type,
    'ce-subject': id,
    'ce-sequence': '1',
    'ce-time': '2026-04-20T00:00:00Z',
  };
  const data = '{"changed":[]}';
  const reason = 'undecodable';
  return [
    { subject, headers: { 'ce-type': type }, data, reason, error: /header ce-id is missing/ },
    { subject, headers: good, data: '{"changed":', reason, error: /no JSON in UTF-8/ },
    { subject, headers: good, data: new Uint8Array([0x22, 0xff, 0x22]), reason, error: /no JSON in UTF-8/ },
    { subject, headers: good, data: '[]', reason, error: /no aggregate state/ },
    { subject, headers: { ...good, 'ce-sequence': '0' }, data, reason, error: /ce-sequence/ },
    { subject, headers: { ...good, 'ce-subject': uuidv7() }, data, reason, error: /different aggregates/ },
    {
      subject,
      headers: { ...good, 'ce-type': `${type}0` },
      data,
      reason: 'unroutable',
      error: /no handler for/,
    },
  ];
}

function copy(original: MsgHdrs | undefined, changes: Record<string, string>): MsgHdrs {
  const headers = natsHeaders();
  for (const [name, values] of original ?? []) for (const value of values) headers.append(name, value);
  for (const [name, value] of Object.entries(changes)) headers.set(name, value);
  return headers;
}

async function deadLetters(stage: ConsumerStage, after: number): Promise<DeadLetter[]> {
  const path = `/v1/operations/dead-letters?limit=100&after=${after}`;
  return ((await stage.call('GET', path)) as { items: DeadLetter[] }).items;
}

async function lastDeadLetter(stage: ConsumerStage): Promise<number> {
  return stage.admin.lastSequence('DEAD_LETTERS').catch(() => 0);
}

/** Messages that the consumer took for known ones, by its own count. */
async function duplicatesOf({ process }: ConsumerStage): Promise<number> {
  const metrics = await (await fetch(`${process.url}/metrics`)).text();
  const counts = metrics.matchAll(/^ioc_consumer_handled_total\{[^}]*outcome="duplicate"[^}]*\} (\d+)/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}
