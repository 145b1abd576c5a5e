import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LogArchive } from '../../apps/registry/src/exchange-log/export/log-archive.js';
import { lines, recordOf, rewrite, text } from './exchange-log-files.js';
import { ExchangeLogLab, GRANT } from './exchange-log-lab.js';

let lab: ExchangeLogLab;
let base: string;

beforeAll(async () => {
  lab = await ExchangeLogLab.open();
  base = await lab.service.start();
  await lab.deliverOneByOne(1, 4);
});

afterAll(async () => {
  await lab.close();
});

describe('a receipt', () => {
  const data = '{"id":"1","name":"CSDL đất đai"}';
  let receipt: string;
  let sequence: number;

  beforeAll(async () => {
    const id = '01990000-cccc-7000-8000-000000000001';
    const digest = createHash('sha256').update(`${id}\n${data}`).digest('hex');
    await lab.run((exchangeLog) => {
      exchangeLog.delivered({
        channel: 'webhook',
        grant: GRANT,
        stream: 'REGISTRY',
        messages: [
          { sequence: 100, id, digest },
          { sequence: 101, id: 'other', digest: '0'.repeat(64) },
        ],
        firstSentAt: lab.service.clock.now(),
      });
    });
    // Two more behind it, of others: of these the receipt tells hashes only.
    await lab.deliver(200, 1);
    await lab.deliver(201, 1);
    await lab.signed();
    const stc = await lab.service.as(base, 'STC', 'sharing:request');
    const list = await stc(`/v1/exchange-records?message=${id}`);
    sequence = (list.body['items'] as { sequence: number }[])[0]!.sequence;
    const answer = await stc(`/v1/exchange-records/${sequence}/receipt?message=${id}`);
    expect(answer.status).toBe(200);
    receipt = JSON.stringify(answer.body);
  });

  async function verdict(content: string, message?: string): Promise<{ code: number; output: string }> {
    const file = join(lab.folder, 'data.json');
    if (message !== undefined) writeFileSync(file, message);
    const keys = lab.keysFile(await lab.publishedKeys(base));
    return lab.verify(
      { 'receipt.json': content },
      ...['--keys', keys, ...(message === undefined ? [] : ['--message', file])],
    );
  }

  it('proves that what the receiver holds is what was sent, and to whom', async () => {
    const { code, output } = await verdict(receipt, data);
    expect(output).toContain('was sent by SKHCN to STC (webhook)');
    expect(code).toBe(0);
  });

  it('shows nothing of other records', () => {
    expect(receipt).not.toContain('message-200');
  });

  it('does not prove anything else', async () => {
    expect((await verdict(receipt, data.replace('đất đai', 'đất'))).output).toContain('is not what was sent');
    for (const [what, instead, says] of [
      ['"receiver":"STC"', '"receiver":"SXD"', 'does not lead to the signed checkpoint'],
      ['"previousHash":"', '"previousHash":"0', 'does not lead to the signed checkpoint'],
      [`"sequence":${sequence + 2},"type":"checkpoint"`, `"sequence":99,"type":"checkpoint"`, 'was altered'],
    ] as const) {
      expect(receipt).toContain(what);
      const { code, output } = await verdict(receipt.replace(what, instead));
      expect(output).toContain(says);
      expect(code).toBe(1);
    }
    const parsed = JSON.parse(receipt) as { receipt: { message: { id: string } } };
    parsed.receipt.message.id = 'another';
    expect((await verdict(JSON.stringify(parsed))).output).toContain('Message another is not in record');
  });
});

describe('the archive', () => {
  it('takes old records without breaking the chain', async () => {
    const last = Number(
      (await lab.service.rows<{ s: string }>('SELECT sequence AS s FROM exchange_head'))[0]!.s,
    );
    lab.service.clock.set('2027-05-01');
    while (await lab.get(LogArchive).moveFile());
    await lab.deliverOneByOne(300, 2);
    const answer = await (await lab.service.as(base, 'CAT', 'registry:read'))('/v1/exchange-log/archives');
    const [archive] = answer.body['items'] as { file: string; sha256: string; lastSequence: number }[];
    expect(archive).toMatchObject({ firstSequence: 1, lastSequence: last });
    const archived = readFileSync(join(lab.archiveDirectory, archive!.file));
    expect(createHash('sha256').update(archived).digest('hex')).toBe(archive!.sha256);
    const live = await lab.export(base);
    expect(live).not.toContain('"sequence":2,');
    expect(live).toContain('"kind":"archive"');

    const old = archived.toString('utf8');
    const both = await lab.verify({ 'live.ndjson': live, 'old.ndjson': old });
    expect(both.output).toMatch(/^Intact: records 1–\d+, /);
    expect(both.code).toBe(0);
    expect((await lab.verify({ 'live.ndjson': live })).code).toBe(0);
    const known = await lab.verify({ 'live.ndjson': live }, '--head', `3:${'0'.repeat(64)}`);
    expect(known.output).toContain('Record 3, which is known, is not in these files.');
    const gone = await (await lab.service.as(base, 'STC', 'sharing:request'))('/v1/exchange-records/3');
    expect(gone).toMatchObject({ status: 410, body: { code: 'record-archived' } });

    // Another log's archive, and one whose end was cut off, do not fit.
    const cut = lines(old).filter((line) => recordOf(line)?.sequence !== last);
    expect((await lab.verify({ 'live.ndjson': live, 'old.ndjson': text(cut) })).output).toContain(
      `Records ${last} to ${last} are missing.`,
    );
    const rewritten = text(rewrite(lines(old), last));
    expect((await lab.verify({ 'live.ndjson': live, 'old.ndjson': rewritten })).output).toMatch(/rewritten/);
  });
});

describe('a lost key', () => {
  it('is replaced by one that only those trust who were told of it', async () => {
    const [first] = await lab.publishedKeys(base);
    await lab.service.stopReplicas();
    rmSync(lab.keysDirectory, { recursive: true });
    lab.addKey('0003');
    base = await lab.service.start();
    await lab.deliverOneByOne(400, 1);
    const live = { 'live.ndjson': await lab.export(base) };
    const before = await lab.verify(live, '--keys', lab.keysFile([first!]));
    expect(before.output).toContain('without a valid signature of the key before');
    expect(before.code).toBe(1);
    const told = await lab.verify(live, '--keys', lab.keysFile(await lab.publishedKeys(base)));
    expect(told).toMatchObject({ code: 0 });
  });
});
