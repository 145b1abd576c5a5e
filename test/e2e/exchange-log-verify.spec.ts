import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonical, nextHash, sha256 } from '../../apps/registry/src/exchange-log/verify/canonical.js';
import { FileCheck } from '../../apps/registry/src/exchange-log/verify/file-check.js';
import { TrustedKeys } from '../../apps/registry/src/exchange-log/verify/trusted-keys.js';
import { recordOf, rewrite, lines, text } from './exchange-log-files.js';
import { ExchangeLogLab, verifyInProcessOfItsOwn } from './exchange-log-lab.js';

let lab: ExchangeLogLab;
let base: string;
/** The whole log: a key change, deliveries of one message each, in the middle another key change. */
let log: string[];
/** Before the second key. */
let older: string;

const FIRST_KEY_RECORDS = 8;

beforeAll(async () => {
  lab = await ExchangeLogLab.open();
  base = await lab.service.start();
  await lab.deliverOneByOne(1, FIRST_KEY_RECORDS);
  older = await lab.export(base);
  await lab.service.stopReplicas();
  lab.addKey('0002');
  base = await lab.service.start();
  await lab.deliverOneByOne(FIRST_KEY_RECORDS + 1, 6);
  log = lines(await lab.export(base));
}, 120_000);

afterAll(async () => {
  await lab.close();
});

/** Place of a record's line. */
function at(sequence: number): number {
  const index = log.findIndex((line) => recordOf(line)?.sequence === sequence);
  if (index < 0) throw new Error(`no record ${sequence}`);
  return index;
}

/** What the verifier says of changed lines, and that it says no to them. */
async function found(changed: readonly string[], ...options: string[]): Promise<string> {
  const { code, output } = await lab.verify({ 'changed.ndjson': text(changed) }, ...options);
  expect(code).toBe(1);
  return output.replaceAll(`${lab.folder}/changed.ndjson: `, '').trim();
}

describe('verify-exchange-log', () => {
  it('finds nothing wrong with what the log exported, over a change of the key', async () => {
    const { code, output } = await lab.verify({ 'log.ndjson': text(log) });
    expect(output).toMatch(/^Intact: records 1–16, /);
    expect(output).toContain('was taken from the file itself');
    expect(code).toBe(0);
    const withKeys = await lab.verify(
      { 'log.ndjson': text(log) },
      '--keys',
      lab.keysFile(await lab.publishedKeys(base)),
    );
    expect(withKeys.output).not.toContain('was taken from the file itself');
    expect(withKeys.code).toBe(0);
  });

  it('trusts the keys that the one it was given hands over to, or vouches for', async () => {
    const [first, second] = await lab.publishedKeys(base);
    for (const keys of [[first!], [second!]]) {
      expect(await lab.verify({ 'log.ndjson': text(log) }, '--keys', lab.keysFile(keys))).toMatchObject({
        code: 0,
      });
    }
  });

  it('names the record of which one bit was flipped', async () => {
    const line = log[at(5)]!;
    const place = line.indexOf('"purpose":"') + 12;
    const flipped =
      line.slice(0, place) + String.fromCharCode(line.charCodeAt(place) ^ 1) + line.slice(place + 1);
    expect(await found(log.with(at(5), flipped))).toBe(
      'Record 5 was altered: its content does not fit its hash.',
    );
  });

  it('finds every flipped bit, wherever it is', () => {
    const whole = Buffer.from(text(log), 'utf8');
    // All bits of the places at a prime distance: every kind of line and every part of them.
    for (let place = 0; place < whole.length; place += 101) {
      for (const bit of [0, 3, 6]) {
        const copy = Buffer.from(whole);
        copy[place] = copy[place]! ^ (1 << bit);
        const check = new FileCheck(new TrustedKeys([]), () => undefined);
        for (const line of copy.toString('utf8').replace(/\n$/, '').split('\n')) check.take(line);
        check.end();
        if (check.faults.length === 0) throw new Error(`not found: bit ${bit} of byte ${place}`);
      }
    }
  });

  it('takes no other spelling of the same content', async () => {
    const spaced = log[at(5)]!.replace('{"hash"', '{ "hash"');
    expect(await found(log.with(at(5), spaced))).toContain(`Line ${at(5) + 1} cannot be read`);
    // The last digit of 64 bytes in base64 has four bits that mean nothing.
    const place = log.findIndex((line) => line.startsWith('{"checkpoint"'));
    const [, digit = ''] = /(.)=="}$/.exec(log[place]!) ?? [];
    const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    const other = digits[digits.indexOf(digit) ^ 1]!;
    const respelled = log[place]!.replace(/.=="}$/, `${other}=="}`);
    expect(await found(log.with(place, respelled))).toMatch(/^The checkpoint at record \d+ was altered/);
  });

  it('names the record that was replaced together with its hash', async () => {
    const line = JSON.parse(log[at(5)]!) as {
      hash: string;
      previous: string;
      record: Record<string, unknown>;
    };
    line.record['receiver'] = 'SXD';
    line.hash = nextHash(line.previous, sha256(canonical(line.record)));
    expect(await found(log.with(at(5), canonical(line)))).toBe(
      'Record 5 was altered: its content does not fit its hash.',
    );
  });

  it('names the range in which everything was written anew', async () => {
    const rewritten = rewrite(log, 5);
    // Only the checkpoints tell.
    const [, first, last] =
      /^Records (\d+) to (\d+) were rewritten: they do not fit the signed/.exec(await found(rewritten)) ?? [];
    expect([Number(first) <= 5, Number(last) >= 5, Number(last) < 16]).toEqual([true, true, true]);
    const unsigned = rewritten.filter((line) => !line.startsWith('{"checkpoint"'));
    expect(await found(unsigned)).toMatch(/^Records 1 to 16 were rewritten/);
  });

  it('names the record that was dropped', async () => {
    expect(await found(log.toSpliced(at(6), 1))).toBe('Records 6 to 6 are missing.');
    const without = log.filter((line) => ![3, 4, 9].includes(recordOf(line)?.sequence ?? 0));
    expect(await found(without)).toBe('Records 3 to 4 are missing.\nRecords 9 to 9 are missing.');
  });

  it('names two records that changed places', async () => {
    const [third, seventh] = [at(3), at(7)];
    expect(await found(log.with(third, log[seventh]!).with(seventh, log[third]!))).toMatch(
      /^Record 3 stands out of order \(behind record 7\)/,
    );
    expect(await found(log.toSpliced(at(4), 0, log[at(4)]!))).toBe('Record 4 stands there twice.');
  });

  it('notices that the end is cut off', async () => {
    expect(await found(log.slice(0, at(12) + 1))).toContain(
      'The end was cut off: the file stops after record 12 without its closing line.',
    );
    const tailGone = [...log.slice(0, at(12) + 1), log.at(-1)!];
    expect(await found(tailGone)).toBe('Records 13 to 16 are missing.');
    expect(await found([...log, log[at(2)]!])).toBe(`Line ${log.length + 1} stands behind the closing line.`);
    expect(await found(log.slice(1))).toContain('The file has no opening line.');
  });

  it('notices that the log was cut off later, by a checkpoint known from elsewhere', async () => {
    const head = await lab.service.anonymous(base)('/v1/exchange-log/head');
    const file = join(lab.folder, 'head.json');
    writeFileSync(file, JSON.stringify(head.body));
    expect(await lab.verify({ 'log.ndjson': text(log) }, '--head', file)).toMatchObject({ code: 0 });
    const cut = await lab.verify({ 'older.ndjson': older }, '--head', file);
    expect(cut.output).toContain(
      'The log is known to have reached record 16; the copy ends before record 10.',
    );
    expect(cut.code).toBe(1);
    expect(await found(log, '--head', `4:${'0'.repeat(64)}`)).toContain(
      'Record 4 is not the one that is known',
    );
  });

  it('does not take a foreign key, nor a changed checkpoint', async () => {
    const { publicKey } = generateKeyPairSync('ed25519');
    const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url').toString('base64');
    expect(await found(log, '--keys', lab.keysFile([{ id: '', publicKey: raw }]))).toMatch(
      /^The signature at record 1 is by key [0-9a-f]{16}, which is none of the trusted keys/m,
    );
    const index = log.findIndex((line) => line.startsWith('{"checkpoint"'));
    const changed = log[index]!.replace('"at":"2026', '"at":"2025');
    expect(await found(log.with(index, changed))).toMatch(/^The checkpoint at record \d+ was altered/);
  });

  it('does not take a change of the key that the key before has not signed', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    expect(privateKey.asymmetricKeyType).toBe('ed25519');
    const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url').toString('base64');
    const place = log.findLastIndex((line) => line.includes('"kind":"key-change"'));
    const line = JSON.parse(log[place]!) as { record: Record<string, unknown>; sequence: number };
    line.record['publicKey'] = raw;
    expect(await found(log.with(place, canonical(line)))).toContain(
      'without a valid signature of the key before',
    );
  });

  it('runs by itself, in Vietnamese, and says what it cannot read', async () => {
    const file = join(lab.folder, 'by-itself.ndjson');
    writeFileSync(file, text(log.toSpliced(at(6), 1)));
    const missing = await verifyInProcessOfItsOwn([file]);
    expect(missing.output).toContain('Thiếu bản ghi 6 đến 6.');
    expect(missing.code).toBe(1);
    expect(await verifyInProcessOfItsOwn(['/nowhere/log.ndjson'])).toMatchObject({ code: 2 });
    expect(await found(['what is this'])).toContain('Line 1 cannot be read');
  });
});
