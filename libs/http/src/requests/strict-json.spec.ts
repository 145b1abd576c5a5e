import { describe, expect, it } from '@jest/globals';
import { parseStrictJson } from './strict-json.js';

const parse = (text: string): unknown => parseStrictJson(Buffer.from(text, 'utf8'));

describe('strict JSON', () => {
  it.each([
    '{}',
    '[]',
    '"a"',
    '0',
    'null',
    ' {"a" : {"a":1} , "b":[{"a":1},{"a":2}]} ',
    '{"a":"\\"b\\":1","b":"{[\\\\"}',
    '{"a":":", ":":"a"}',
    '{"":1," ":2}',
    '{"Hòa":1,"Ho\u0300a":2}',
    '{"proto":1,"__proto":2}',
  ])('reads %s as JSON.parse does', (text) => {
    expect(parse(text)).toEqual(JSON.parse(text));
  });

  it.each([
    '{"a":1,"a":1}',
    '{"a":1,"b":{"a":1},"a":2}',
    '[{"a":[{"b":1,"b":2}]}]',
    '{"\\u0061":1,"a":2}',
    '{"a\\"":1,"a\\u0022":2}',
  ])('refuses a name that comes twice: %s', (text) => {
    expect(() => parse(text)).toThrow('bad-request');
  });

  it('refuses more than twenty levels', () => {
    const nested = (levels: number): string => `${'[{"a":'.repeat(levels / 2)}1${'}]'.repeat(levels / 2)}`;
    expect(parse(nested(20))).toBeDefined();
    expect(() => parse(nested(22))).toThrow('bad-request');
  });

  it('skips a byte order mark, as RFC 8259 section 8.1 allows', () => {
    expect(parseStrictJson(Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d]))).toEqual({});
  });

  it('reads a body of a megabyte in a moment', () => {
    const large = JSON.stringify({
      items: Array.from({ length: 20_000 }, (_, id) => ({ id, name: 'Đề án "số"', done: false })),
    });
    expect(large.length).toBeGreaterThan(900_000);
    const start = performance.now();
    parse(large);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
