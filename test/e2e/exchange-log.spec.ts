import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeliverPolicy, type JsMsg } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { createHash } from 'node:crypto';
import { AcknowledgementRecorder } from '../../apps/registry/src/exchange-log/acknowledgements/acknowledgement-recorder.js';
import type { RecordedMessage } from '../../apps/registry/src/exchange-log/records.js';
import { BusAdmin } from '../support/bus-admin.js';
import { until } from '../support/until.js';
import { type Caller, itemsOf } from './data-service.js';
import { ExchangeLogLab, GRANT } from './exchange-log-lab.js';

/** What the condition finds, once it does. */
async function eventually<T>(condition: () => Promise<T | null>): Promise<T> {
  let found: T | null = null;
  await until(async () => (found = await condition()) !== null);
  return found!;
}

let lab: ExchangeLogLab;
let base: string;
let keeper: Caller;

interface RecordAnswer {
  sequence: number;
  kind: string;
  count: number | null;
  content: Record<string, unknown>;
}

beforeAll(async () => {
  lab = await ExchangeLogLab.open();
  base = await lab.service.start();
  keeper = await lab.service.as(base, 'SKHCN', 'sharing:decide');
});

afterAll(async () => {
  await lab.close();
});

describe('the exchange log', () => {
  it('begins with the key that signs it', async () => {
    await lab.deliver(1, 3);
    await lab.sealed();
    const records = itemsOf<RecordAnswer>(await keeper('/v1/exchange-records'));
    expect(records.map(({ sequence, kind, count }) => [sequence, kind, count])).toEqual([
      [2, 'delivery', 3],
      [1, 'key-change', null],
    ]);
    expect(records[0]?.content).toMatchObject({
      channel: 'http',
      grant: GRANT.id,
      dataset: 'registry.database',
      provider: 'SKHCN',
      receiver: 'STC',
      firstSequence: 1,
      lastSequence: 3,
      count: 3,
    });
  });

  it('tells agencies what they are a party of, and the keepers everything', async () => {
    await lab.run((log) => {
      log.refused({
        requestId: '01990000-aaaa-7000-8000-000000000002',
        datasetCode: 'budget.item',
        provider: 'STC',
        requester: 'SXD',
        reason: 'Không thuộc chức năng của cơ quan yêu cầu',
        legalGround: 'Điều 16 Nghị định số 194/2025/NĐ-CP',
        document: null,
      });
      log.denied({
        who: { agency: 'SNV', grantId: null, credential: 'UABC' },
        channel: 'bus',
        attempted: 'ioc.budget.>',
        why: 'permissions violation',
        count: 7,
      });
    });
    await lab.sealed();
    const kindsFor = async (agency: string | null, query = ''): Promise<string[]> => {
      const caller = await lab.service.as(base, agency, 'sharing:request');
      return itemsOf<RecordAnswer>(await caller(`/v1/exchange-records${query}`)).map(({ kind }) => kind);
    };
    expect(await kindsFor('STC')).toEqual(['refusal', 'delivery']);
    expect(await kindsFor('SXD')).toEqual(['refusal']);
    expect(await kindsFor('SNV')).toEqual(['denial']);
    expect(await kindsFor('VPUBND')).toEqual([]);
    expect(await kindsFor('CAT')).toEqual(['denial', 'refusal', 'delivery', 'key-change']);
    expect(await kindsFor('CAT', '?kind=refusal')).toEqual(['refusal']);
    expect(await kindsFor('CAT', '?agency=STC&dataset=registry.database')).toEqual(['delivery']);
    expect(await kindsFor('CAT', '?provider=STC')).toEqual(['refusal']);
    expect(await kindsFor('CAT', '?receiver=STC')).toEqual(['delivery']);
    expect(await kindsFor('CAT', '?provider=SKHCN&receiver=STC')).toEqual(['delivery']);
    expect(await kindsFor('CAT', '?provider=SKHCN&receiver=SXD')).toEqual([]);
    expect(await kindsFor('SXD', '?provider=STC')).toEqual(['refusal']);
    expect(await kindsFor('SXD', '?receiver=STC')).toEqual([]);
    expect(await kindsFor('SNV', '?agency=STC')).toEqual([]);
    expect(await kindsFor('STC', '?message=message-2')).toEqual(['delivery']);
    expect(await kindsFor('STC', '?message=message-4')).toEqual([]);
    const now = lab.service.clock.now().toISOString();
    expect(await kindsFor('STC', `?to=${now}`)).toEqual([]);
    expect(await kindsFor('STC', `?from=${now}`)).toHaveLength(2);
    const pages: unknown[] = [];
    for (let cursor: unknown = ''; cursor !== null;) {
      const page = await keeper(
        `/v1/exchange-records?limit=1${cursor === '' ? '' : `&cursor=${cursor as string}`}`,
      );
      pages.push(...itemsOf<RecordAnswer>(page).map(({ sequence }) => sequence));
      cursor = page.body['nextCursor'];
    }
    expect(pages).toEqual([4, 3, 2, 1]);
  });

  it('shows a record to its parties only', async () => {
    const stc = await lab.service.as(base, 'STC', 'sharing:request');
    expect((await stc('/v1/exchange-records/2')).body['messages']).toHaveLength(3);
    const snv = await lab.service.as(base, 'SNV', 'sharing:request');
    expect((await snv('/v1/exchange-records/2')).status).toBe(404);
    expect((await snv('/v1/exchange-records/2/receipt?message=message-2')).status).toBe(404);
    expect((await snv('/v1/exchange-log/export')).status).toBe(403);
    expect((await lab.service.anonymous(base)('/v1/exchange-records')).status).toBe(401);
  });

  it('tells where a record stands in the chain, and its text as it was hashed', async () => {
    await lab.signed();
    const [first, second] = await Promise.all([
      keeper('/v1/exchange-records/1'),
      keeper('/v1/exchange-records/2'),
    ]);
    expect(second.body['previousHash']).toBe(first.body['hash']);
    expect(second.body['checkpoint']).toMatchObject({ at: lab.service.clock.now().toISOString() });
    const authorization = `Bearer ${await lab.service.token('STC', 'sharing:request')}`;
    const text = await fetch(`${base}/v1/exchange-records/2/text`, { headers: { authorization } });
    const sha256 = (of: string): string => createHash('sha256').update(of).digest('hex');
    const lineHash = sha256(await text.text());
    expect(sha256(`${String(second.body['previousHash'])}\n${lineHash}`)).toBe(second.body['hash']);
    const snv = await lab.service.as(base, 'SNV', 'sharing:request');
    expect((await snv('/v1/exchange-records/2/text')).status).toBe(404);
  });

  it('tells at first sight how it stands, and counts what the caller sees', async () => {
    await until(async () => {
      const { body } = await keeper('/v1/exchange-log/standing');
      return (body['chain'] as { verifiedAt: string | null }).verifiedAt;
    });
    // Those of the bus, and calls above that were refused: SNV's, and somebody's without a token.
    const today = { deliveries: 1, messages: 3, refusals: 1, denied: 7 + 4 + 1 };
    const newest = 4 + 4 + 1;
    await until(async () => {
      const { body } = await keeper('/v1/exchange-log/standing');
      return (body['chain'] as { signedUpTo: number }).signedUpTo === newest;
    });
    expect((await keeper('/v1/exchange-log/standing')).body).toMatchObject({
      agency: 'SKHCN',
      seesAll: true,
      chain: { sequence: newest, signedUpTo: newest, fault: null },
      today,
      hour: today,
    });
    const stc = await lab.service.as(base, 'STC', 'sharing:request');
    expect((await stc('/v1/exchange-log/standing')).body).toMatchObject({
      agency: 'STC',
      seesAll: false,
      today: { ...today, denied: 0 },
    });
    const other = await lab.service.as(base, 'STC', 'tasks:read');
    expect((await other('/v1/exchange-log/standing')).status).toBe(403);
    expect((await other('/v1/exchange-log/names')).status).toBe(403);
  });

  it('names the agencies and datasets that its records tell by code', async () => {
    await until(async () => {
      const { body } = await keeper('/v1/exchange-log/names');
      return (body['datasets'] as { code: string }[]).some(({ code }) => code === GRANT.datasetCode);
    });
    const { body } = await keeper('/v1/exchange-log/names');
    expect(body['agencies']).toContainEqual({ code: 'STC', name: 'Sở Tài chính' });
    expect((body['agencies'] as { code: string }[]).map(({ code }) => code)).toContain('22333');
    expect((body['agencies'] as { code: string }[]).map(({ code }) => code)).not.toContain('CSBN');
  });

  it('does not let its rows be changed, dropped or emptied by its own database user', async () => {
    const attempts = [
      "UPDATE exchange_record SET line = replace(line, 'STC', 'SXD')",
      'DELETE FROM exchange_record',
      'DELETE FROM exchange_checkpoint',
      'TRUNCATE exchange_record',
      'UPDATE exchange_head SET sequence = 1',
      'DELETE FROM exchange_head',
      "UPDATE exchange_key SET public_key = ''",
      "INSERT INTO exchange_pending (kind, content) VALUES ('denial', '{}'); DELETE FROM exchange_pending",
    ];
    const before = itemsOf(await keeper('/v1/exchange-records'));
    for (const attempt of attempts) await expect(lab.service.rows(attempt)).rejects.toThrow();
    // Refusals of calls above may still come in; they stand before the others.
    const after = itemsOf(await keeper('/v1/exchange-records'));
    expect(after.slice(after.length - before.length)).toEqual(before);
  });
});

describe('what receivers take from the bus', () => {
  const consumer = `g${GRANT.id.replaceAll('-', '')}`;
  let admin: BusAdmin;

  beforeAll(async () => {
    admin = await BusAdmin.connect(lab.service['nats']);
    await lab.insertGrant();
    await until(async () => (await admin.lastSequence('REGISTRY')) >= 9);
    await ensureConsumer();
  });

  afterAll(async () => {
    await admin.close();
  });

  async function ensureConsumer(): Promise<void> {
    const known = await admin.manager.consumers.info('REGISTRY', consumer).catch(() => null);
    if (known) return;
    await admin.manager.consumers.add('REGISTRY', {
      durable_name: consumer,
      ack_policy: 'explicit',
      deliver_policy: DeliverPolicy.LastPerSubject,
      filter_subject: 'ioc.registry.database.*',
      ack_wait: nanos(1_000),
      sample_freq: '100',
    });
  }

  async function take(count: number): Promise<JsMsg[]> {
    const pulled = await admin.jetstream.consumers.get('REGISTRY', consumer);
    const messages: JsMsg[] = [];
    for await (const message of await pulled.fetch({ max_messages: count, expires: 10_000 })) {
      messages.push(message);
      if (messages.length === count) break;
    }
    return messages;
  }

  async function recorded(): Promise<RecordedMessage[]> {
    const stc = await lab.service.as(base, 'STC', 'sharing:request');
    const records = itemsOf<RecordAnswer>(await stc('/v1/exchange-records?kind=delivery'));
    const ofBus = records.filter(({ content }) => content['channel'] === 'bus');
    const details = await Promise.all(ofBus.map(({ sequence }) => stc(`/v1/exchange-records/${sequence}`)));
    return details.flatMap(({ body }) => body['messages'] as RecordedMessage[]);
  }

  it('becomes a record with the digest of each message', async () => {
    const messages = await take(5);
    for (const message of messages) message.ack();
    await until(async () => (await recorded()).length === 5);
    const expected = messages.map((message) => {
      const id = message.headers!.get('ce-id');
      return {
        sequence: message.seq,
        id,
        digest: createHash('sha256').update(`${id}\n`).update(message.data).digest('hex'),
      };
    });
    expect(await recorded()).toEqual(expected);
  });

  it('counts a message that was sent twice once, and says how often it was sent', async () => {
    const [first] = await take(1);
    const [again] = await take(1);
    expect(again!.seq).not.toBe(first!.seq);
    again!.ack();
    const third = await eventually(async () => {
      const [message] = await take(1);
      if (message?.seq === first!.seq) return message;
      message?.ack();
      return null;
    });
    third.ack();
    await until(async () => (await recorded()).some(({ sequence }) => sequence === first!.seq));
    const ofIt = (await recorded()).filter(({ sequence }) => sequence === first!.seq);
    expect(ofIt).toMatchObject([{ deliveries: 2 }]);
  });

  it('is not recorded twice when the report comes again', async () => {
    const before = (await recorded()).length;
    // As after a crash between the commit and the answer to the bus.
    const recorder = lab.get(AcknowledgementRecorder);
    const [report] = await lab.service.rows<{ created: string; sequence: string }>(
      'SELECT stream_created AS created, max(sequence) AS sequence FROM exchange_acknowledgement GROUP BY 1',
    );
    const message = {
      seq: Number(report!.sequence),
      json: () => ({
        timestamp: lab.service.clock.now().toISOString(),
        stream: 'REGISTRY',
        consumer,
        stream_seq: 1,
        ack_time: 1_000,
        deliveries: 1,
      }),
      ack: () => undefined,
    } as unknown as JsMsg;
    await recorder['record'](report!.created, [message]);
    await lab.sealed();
    expect(await recorded()).toHaveLength(before);
  });

  it('says so when the stream was made anew before a message could be read', async () => {
    const writer = await lab.service.as(base, 'SKHCN', 'registry:write');
    const json = { name: 'CSDL thử nghiệm trao đổi', kind: 'provincial' };
    expect((await writer('/v1/databases', { json })).status).toBe(201);
    const before = await lastTaken();
    const [message] = await take(1);
    await lab.service.stopReplicas();
    message!.ack();
    await until(async () => (await admin.lastSequence('EXCHANGE_ACKS')) > Number(before));
    await admin.manager.streams.delete('REGISTRY');
    // What was stored within half a second of the sending counts as the same: clocks of two brokers may differ by that.
    const deleted = performance.now();
    await until(() => performance.now() > deleted + 600);
    base = await lab.service.start();
    const lost = async (): Promise<RecordedMessage[]> =>
      (await recorded()).filter(({ digest }) => digest === null);
    // A report that was on its way to the replica that stopped comes again when its time is over, after 10 s.
    await until(async () => (await lost()).length > 0, 30_000);
    expect(await lost()).toMatchObject([{ sequence: message!.seq, id: null, missing: expect.any(String) }]);
  });

  it('says so when reports are lost', async () => {
    const last = Number(await lastTaken());
    await admin.manager.streams.delete('EXCHANGE_ACKS');
    const gaps = async (): Promise<RecordAnswer[]> =>
      itemsOf<RecordAnswer>(await keeper('/v1/exchange-records?kind=gap'));
    keeper = await lab.service.as(base, 'SKHCN', 'sharing:decide');
    await until(async () => (await gaps()).length > 0);
    expect((await gaps()).map(({ content }) => content)).toMatchObject([
      { firstAcknowledgement: last + 1, lastAcknowledgement: null },
    ]);
    // What comes afterwards is recorded as ever.
    await until(async () => (await admin.lastSequence('REGISTRY')) >= 1);
    await ensureConsumer();
    const before = (await recorded()).length;
    for (const message of await take(2)) message.ack();
    await until(async () => (await recorded()).length === before + 2);
  });

  async function lastTaken(): Promise<string> {
    const [row] = await lab.service.rows<{ sequence: string }>(
      'SELECT max(sequence) AS sequence FROM exchange_acknowledgement',
    );
    return row!.sequence;
  }
});

describe('the figures', () => {
  it('count what was sealed', async () => {
    const answer = await keeper('/v1/exchange-statistics?from=2026-04-20&to=2026-04-20');
    const rows = itemsOf(answer);
    const [sums] = await lab.service.rows<{ messages: string; records: string }>(
      "SELECT sum((line::json ->> 'count')::int) AS messages, count(*) AS records FROM exchange_record WHERE kind = 'delivery'",
    );
    expect(rows).toContainEqual({
      provider: 'SKHCN',
      receiver: 'STC',
      dataset: 'registry.database',
      requests: 0,
      granted: 0,
      refused: 0,
      inTime: 0,
      refusals: [],
      exchanges: Number(sums!.records),
      messages: Number(sums!.messages),
      denied: 0,
    });
    expect(rows).toContainEqual(expect.objectContaining({ receiver: 'SNV', denied: 7 + 4 }));
    const snv = await lab.service.as(base, 'SNV', 'sharing:request');
    expect(itemsOf(await snv('/v1/exchange-statistics?from=2026-04-01&to=2026-04-30'))).toHaveLength(1);
    expect(itemsOf(await keeper('/v1/exchange-statistics?from=2026-04-21&to=2026-04-30'))).toEqual([]);
    const response = await fetch(`${base}/v1/exchange-statistics.csv?from=2026-04-20&to=2026-04-20`, {
      headers: { authorization: `Bearer ${await lab.service.token('SKHCN', 'sharing:decide')}` },
    });
    expect(await response.text()).toContain(
      `SKHCN,STC,registry.database,0,0,0,0,,${sums!.records},${sums!.messages},0`,
    );
  });

  it('count requests and refusals with their grounds', async () => {
    await lab.service.rows(`
      INSERT INTO sharing_request (id, version, dataset_id, requester, purpose, legal_ground, valid_from, valid_until,
        method, contact, state, submitted_at, due_on, decided_at, decision)
      SELECT gen_random_uuid(), 1, id, 'SXD', 'x', 'x', '2026-01-01', '2026-12-31', 'query', '{}', 'refused',
        '2026-03-02T01:00:00Z', '2026-03-09', ('2026-03-' || day || 'T01:00:00Z')::timestamptz,
        '{"reason": "Không thuộc phạm vi", "legalGround": "Điều 16 Nghị định số 194/2025/NĐ-CP"}'
      FROM sharing_dataset, unnest(ARRAY['09', '10']) AS day WHERE code = '${GRANT.datasetCode}'`);
    const answer = await keeper('/v1/exchange-statistics?from=2026-03-01&to=2026-03-31');
    expect(itemsOf(answer)).toEqual([
      expect.objectContaining({
        receiver: 'SXD',
        requests: 2,
        granted: 0,
        refused: 2,
        inTime: 1,
        refusals: [{ legalGround: 'Điều 16 Nghị định số 194/2025/NĐ-CP', count: 2 }],
      }),
    ]);
  });
});
