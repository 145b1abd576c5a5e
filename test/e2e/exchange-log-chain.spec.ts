import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { EXCHANGE_STANDING_CHANGED, type ExchangeStandingState } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { Sealer } from '../../apps/registry/src/exchange-log/chain/sealer.js';
import { ExchangeLog } from '../../apps/registry/src/exchange-log/exchange-log.js';
import { SelfCheck } from '../../apps/registry/src/exchange-log/standing/self-check.js';
import { Standing } from '../../apps/registry/src/exchange-log/standing/standing.js';
import { FileCheck } from '../../apps/registry/src/exchange-log/verify/file-check.js';
import { TrustedKeys } from '../../apps/registry/src/exchange-log/verify/trusted-keys.js';
import { until } from '../support/until.js';
import { type Caller, itemsOf } from './data-service.js';
import { ExchangeLogLab, GRANT } from './exchange-log-lab.js';

let lab: ExchangeLogLab;
let base: string;
let keeper: Caller;

beforeAll(async () => {
  lab = await ExchangeLogLab.open();
  base = await lab.service.start();
  keeper = await lab.service.as(base, 'SKHCN', 'sharing:decide');
});

afterAll(async () => {
  await lab.close();
});

describe('sealing', () => {
  async function deliveredIds(): Promise<string[]> {
    const rows = await lab.service.rows<{ messages: string[] }>(
      'SELECT messages FROM exchange_record ORDER BY sequence',
    );
    return rows.flatMap(({ messages }) => messages);
  }

  it('gives what is told its place', async () => {
    await lab.deliver(1, 3);
    await lab.run((log) => {
      log.denied({
        who: { agency: 'SNV', grantId: null, credential: 'UABC' },
        channel: 'bus',
        attempted: 'ioc.budget.>',
        why: 'permissions violation',
        count: 7,
      });
    });
    await lab.sealed();
    expect(await deliveredIds()).toEqual(['message-1', 'message-2', 'message-3']);
  });

  it('seals what a process left that ended between commit and seal', async () => {
    await lab.service.stopReplicas();
    await lab.service.rows(
      "INSERT INTO exchange_pending (kind, content) SELECT kind, line::jsonb - 'sequence' - 'sealedAt' FROM exchange_record WHERE sequence = 2",
    );
    base = await lab.service.start();
    await lab.sealed();
    expect((await deliveredIds()).filter((id) => id === 'message-1')).toHaveLength(2);
    keeper = await lab.service.as(base, 'SKHCN', 'sharing:decide');
  });

  it('goes on when the replica that was sealing is killed', async () => {
    const other = new pg.Client({ connectionString: lab.service['database'].url });
    other.on('error', () => undefined);
    await other.connect();
    await other.query(
      'BEGIN; SELECT 1 FROM exchange_head FOR UPDATE; UPDATE exchange_head SET sequence = sequence + 1',
    );
    await lab.deliver(5_000, 1);
    lab.get(Sealer).wake();
    expect(await lab.get(Sealer).sealRound()).toBe('busy');
    expect(await deliveredIds()).not.toContain('message-5000');
    const { rows } = await other.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    await lab.service.rows(`SELECT pg_terminate_backend(${rows[0]!.pid})`);
    await lab.sealed();
    expect((await deliveredIds()).filter((id) => id === 'message-5000')).toHaveLength(1);
    await other.end().catch(() => undefined);
  });

  it('makes one chain out of what two replicas tell at the same time', async () => {
    await lab.service.start();
    await Promise.all(Array.from({ length: 200 }, (_, index) => lab.deliver(6_000 + index, 1, index % 2)));
    await lab.sealed();
    const ids = (await deliveredIds()).filter((id) => /^message-6\d\d\d$/.test(id));
    expect(new Set(ids).size).toBe(200);
    expect(ids).toHaveLength(200);
    expect(await lab.verify({ 'log.ndjson': await lab.export(base) })).toMatchObject({ code: 0 });
  });

  it('tells operators what waits', async () => {
    await lab.signed();
    const metrics = await (await fetch(`${base}/metrics`)).text();
    expect(metrics).toMatch(/^ioc_exchange_log_pending\S* 0/m);
    expect(metrics).toMatch(/^ioc_exchange_log_unsigned\S* 0/m);
  });

  it('keeps nothing of a transaction that failed', async () => {
    const scope = lab.get(TransactionScope);
    const failing = scope.run(() => {
      lab.get(ExchangeLog).denied({
        who: { agency: 'SXD', grantId: null, credential: null },
        channel: 'http',
        attempted: '/v1/feeds/none',
        why: 'no grant',
        count: 1,
      });
      return Promise.reject(new Error('the work failed'));
    });
    await expect(failing).rejects.toThrow('the work failed');
    await lab.deliver(7_000, 1);
    await lab.sealed();
    expect(itemsOf(await keeper('/v1/exchange-records?agency=SXD&kind=denial'))).toEqual([]);
  });

  it('takes in what cannot be stored as it is, and finds it again', async () => {
    const id = `ký\u0000tự\nlạ ${'x'.repeat(5_000)}`;
    await lab.run((log) => {
      log.delivered({
        channel: 'http',
        grant: GRANT,
        stream: 'REGISTRY',
        messages: [{ sequence: 1, id, digest: null, missing: 'test \u2028' }],
        firstSentAt: lab.service.clock.now(),
      });
    });
    await lab.sealed();
    const [found] = itemsOf<{ sequence: number }>(await keeper('/v1/exchange-records?limit=1'));
    expect((await keeper(`/v1/exchange-records/${found!.sequence}`)).body['messages']).toMatchObject([
      { id },
    ]);
    expect(await lab.verify({ 'log.ndjson': await lab.export(base) })).toMatchObject({ code: 0 });
  });
});

describe('the log about itself', () => {
  async function standing(): Promise<ExchangeStandingState> {
    const events = await lab.service.events();
    return events.findLast(({ type }) => type === EXCHANGE_STANDING_CHANGED)
      ?.data as unknown as ExchangeStandingState;
  }

  /** As somebody does who got hold of the database. */
  async function tamper(...statements: string[]): Promise<void> {
    const tables = ['exchange_record', 'exchange_head', 'exchange_checkpoint'];
    await lab.service.rows(
      [
        ...tables.map((table) => `ALTER TABLE ${table} DISABLE TRIGGER USER`),
        ...statements,
        ...tables.map((table) => `ALTER TABLE ${table} ENABLE TRIGGER USER`),
      ].join(';'),
    );
  }

  async function verdict(): Promise<{ ok: boolean; fault: string | null }> {
    await lab.get(SelfCheck).whole();
    const [row] = await lab.service.rows<{ ok: boolean; fault: string | null }>(
      'SELECT fault IS NULL AS ok, fault FROM exchange_standing',
    );
    return row!;
  }

  it('tells on the bus what was delivered, denied and verified, and where the chain ends', async () => {
    await lab.signed();
    expect(await verdict()).toEqual({ ok: true, fault: null });
    lab.service.clock.set('2026-04-20T05:10:00Z');
    await until(async () => (await standing()).chain.ok === true);
    const [end] = await lab.service.rows<{ sequence: string; hash: string; messages: string }>(
      `SELECT sequence, hash, (SELECT sum(cardinality(messages)) FROM exchange_record) AS messages FROM exchange_head`,
    );
    expect(await standing()).toMatchObject({
      hours: [{ from: '2026-04-20T05:00:00.000Z', count: Number(end!.messages) }],
      fiveMinutes: [{ from: '2026-04-20T05:00:00.000Z', count: Number(end!.messages) }],
      denied: [{ day: '2026-04-20', count: 7 }],
      chain: {
        verifiedAt: '2026-04-20T05:00:00.000Z',
        ok: true,
        head: { sequence: Number(end!.sequence), digest: end!.hash },
      },
    });
  });

  it('is not told more often than every ten seconds', async () => {
    const told = async (): Promise<number> =>
      (await lab.service.events()).filter(({ type }) => type === EXCHANGE_STANDING_CHANGED).length;
    const before = await told();
    lab.service.clock.set('2026-04-20T05:10:09Z');
    await lab.deliver(8_000, 1);
    await lab.sealed();
    for (let round = 0; round < 5; round += 1) await lab.get(Standing).tell();
    expect(await told()).toBe(before);
    lab.service.clock.set('2026-04-20T05:10:11Z');
    await lab.get(Standing).tell();
    await until(async () => (await told()) === before + 1);
  });

  it('notices an altered record, until it is as it was', async () => {
    await tamper("UPDATE exchange_record SET line = replace(line, 'STC', 'SXD') WHERE sequence = 2");
    expect(await verdict()).toEqual({ ok: false, fault: 'altered 2' });
    lab.service.clock.set('2026-04-20T05:11:00Z');
    await until(async () => (await standing()).chain.ok === false);
    await tamper("UPDATE exchange_record SET line = replace(line, 'SXD', 'STC') WHERE sequence = 2");
    lab.service.clock.set('2026-04-20T05:12:00Z');
    expect(await verdict()).toEqual({ ok: true, fault: null });
  });

  it('notices records that are gone, in the middle and at the end', async () => {
    await tamper(
      'CREATE TABLE kept AS SELECT * FROM exchange_record WHERE sequence = 7',
      'DELETE FROM exchange_record WHERE sequence = 7',
    );
    expect(await verdict()).toEqual({ ok: false, fault: 'missing 7' });
    await tamper('INSERT INTO exchange_record SELECT * FROM kept');
    lab.service.clock.set('2026-04-20T05:13:00Z');
    expect(await verdict()).toEqual({ ok: true, fault: null });

    await tamper(
      'CREATE TABLE head AS SELECT * FROM exchange_head',
      'CREATE TABLE last AS SELECT * FROM exchange_record WHERE sequence > (SELECT sequence - 3 FROM head)',
      'DELETE FROM exchange_record WHERE sequence > (SELECT sequence - 3 FROM head)',
      `UPDATE exchange_head SET sequence = (SELECT max(sequence) FROM exchange_record),
         hash = (SELECT hash FROM exchange_record ORDER BY sequence DESC LIMIT 1)`,
    );
    expect((await verdict()).fault).toMatch(/^cut-off /);
    await tamper(
      'INSERT INTO exchange_record SELECT * FROM last',
      'UPDATE exchange_head SET (sequence, hash) = (SELECT sequence, hash FROM head)',
    );
  });

  it('notices a checkpoint that nobody signed', async () => {
    await tamper(
      'UPDATE exchange_checkpoint SET signature = (SELECT max(signature) FROM exchange_checkpoint) WHERE signature <> (SELECT max(signature) FROM exchange_checkpoint)',
    );
    expect((await verdict()).fault).toMatch(/^checkpoint /);
  });
});

describe('ten thousand records', () => {
  it('are sealed, exported and verified in seconds', async () => {
    const cpu = process.cpuUsage();
    const started = performance.now();
    for (let batch = 0; batch < 20; batch += 1) {
      await lab.run((log) => {
        for (let index = 0; index < 500; index += 1) {
          const sequence = 10_000 + batch * 500 + index;
          log.delivered({
            channel: 'bus',
            grant: GRANT,
            stream: 'REGISTRY',
            messages: [{ sequence, id: `many-${sequence}`, digest: '0'.repeat(64) }],
            firstSentAt: lab.service.clock.now(),
          });
        }
      });
    }
    await lab.sealed();
    const sealed = performance.now();
    const { user, system } = process.cpuUsage(cpu);
    const text = await lab.export(base);
    const exported = performance.now();
    const check = new FileCheck(new TrustedKeys([]), () => undefined);
    for (const line of text.trimEnd().split('\n')) check.take(line);
    const verified = performance.now();
    process.stdout.write(
      `10,000 records: sealed in ${Math.round(sealed - started)} ms (processor ${Math.round((user + system) / 1000)} ms), ` +
        `exported in ${Math.round(exported - sealed)} ms, verified in ${Math.round(verified - exported)} ms\n`,
    );
    expect(check.lastSequence).toBeGreaterThan(10_000);
    expect(check.faults.filter(({ code }) => code !== 'checkpoint-altered')).toEqual([]);
    expect(verified - started).toBeLessThan(30_000);
  });
});
