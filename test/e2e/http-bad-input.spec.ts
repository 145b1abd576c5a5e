import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { startSample } from './http-sample-service.js';
import { type Answer, type Call, caller, contentsOf, sendAllThenRead, sendRaw } from './http-support.js';

let database: TestDatabase;
let app: NestFastifyApplication;
let base: string;
let call: (path: string, call?: Call) => Promise<Answer>;
let noteId: string;
let before: unknown;

beforeAll(async () => {
  database = await createDatabase();
  app = await startSample(database.url);
  base = await app.getUrl();
  call = caller(base);
  noteId = (await call('/v1/notes', { json: { title: 'Có sẵn' } })).body['id'] as string;
  before = await contentsOf(database.url);
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

/** A refusal is a problem document with a code of ours, says nothing of the inside, and has changed nothing. */
async function expectRefusal(answer: Answer, status: number, code: string): Promise<void> {
  expect({ status: answer.status, code: answer.body['code'], text: answer.text }).toMatchObject({
    status,
    code,
  });
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.body).toMatchObject({ type: `urn:ioc:problem:${code}`, status });
  expect(answer.body['title']).toEqual(expect.any(String));
  expect(answer.text).not.toMatch(/node_modules|\.ts:|QueryFailed|syntax error/);
  expect(await contentsOf(database.url)).toEqual(before);
}

function errorsOf(answer: Answer): string[] {
  const errors = answer.body['errors'] as { field: string; code: string }[];
  return errors.map(({ field, code }) => `${field} ${code}`);
}

const nested = (levels: number): string => `{"title":"ab","x":${'['.repeat(levels)}${']'.repeat(levels)}}`;

describe('a body that cannot be read', () => {
  it.each<[string, string | Buffer<ArrayBuffer>]>([
    ['no JSON', 'title=a'],
    ['JSON cut off', '{"title":"ab"'],
    ['JSON with a comma too many', '{"title":"ab",}'],
    ['JSON with a comment', '{"title":"ab"/**/}'],
    ['two documents', '{"title":"ab"}{"title":"cd"}'],
    ['NaN', '{"title":"ab","cost":NaN}'],
    [
      'broken UTF-8',
      Buffer.from([0x7b, 0x22, 0x74, 0x69, 0x74, 0x6c, 0x65, 0x22, 0x3a, 0x22, 0xc3, 0x28, 0x22, 0x7d]),
    ],
    ['UTF-8 cut off', Buffer.concat([Buffer.from('{"title":"a'), Buffer.from([0xe1, 0xba])])],
    ['UTF-16', Buffer.from('{"title":"ab"}', 'utf16le')],
    ['a name twice', '{"title":"ab","title":"cd"}'],
    ['a name twice, once escaped', '{"title":"ab","\\u0074itle":"cd"}'],
    ['a name twice inside', '{"title":"ab","part":{"name":"a","name":"b"}}'],
    ['__proto__', '{"title":"ab","__proto__":{"done":true}}'],
    ['__proto__ escaped', '{"title":"ab","\\u005f_proto__":{"done":true}}'],
    ['constructor.prototype', '{"title":"ab","constructor":{"prototype":{"done":true}}}'],
    ['deep nesting', nested(30)],
    ['very deep nesting', nested(200_000)],
  ])('is refused: %s', async (_, body) => {
    await expectRefusal(await call('/v1/notes', { body }), 400, 'bad-request');
  });

  it('is refused when it is larger than the limit, by its length or while it comes', async () => {
    const large = JSON.stringify({ title: 'ab', text: 'x'.repeat(10_000_000) });
    await expectRefusal(await call('/v1/notes', { body: large }), 413, 'body-too-large');
    const chunked = new Blob([large]).stream();
    const answer = await fetch(`${base}/v1/notes`, {
      method: 'POST',
      headers: { 'x-client': 'first', 'content-type': 'application/json' },
      body: chunked,
      duplex: 'half',
    });
    expect(answer.status).toBe(413);
    expect(await contentsOf(database.url)).toEqual(before);
  });

  it('is refused in a way that also a client sees that first sends all of it', async () => {
    const body = Buffer.alloc(10_000_000, 'x');
    const head = `POST /v1/notes HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
    const answer = await sendAllThenRead(base, head, body);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toContain('urn:ioc:problem:body-too-large');
  });

  it.each([
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'nonsense',
  ])('is refused as %s', async (type) => {
    const answer = await call('/v1/notes', { body: '{"title":"ab"}', headers: { 'content-type': type } });
    await expectRefusal(answer, 415, 'unsupported-media-type');
  });
});

describe('a body of the wrong shape', () => {
  it.each<[string, unknown, string[]]>([
    ['nothing in it', {}, ['title required']],
    ['null', null, [' not-object']],
    ['a list', [{ title: 'ab' }], [' not-object']],
    ['a text', 'title', [' not-object']],
    ['unknown fields', { title: 'ab', id: 'x', titel: 'ab' }, ['id unknown-field', 'titel unknown-field']],
    ['a number as title', { title: 12 }, ['title not-text']],
    ['an object as title', { title: { toString: 'ab' } }, ['title not-text']],
    ['null as title', { title: null }, ['title required']],
    ['blanks as title', { title: ' \u00a0\t ' }, ['title required']],
    ['a title too short once trimmed', { title: ' a ' }, ['title too-short']],
    ['a title too long', { title: 'ắ'.repeat(51) }, ['title too-long']],
    ['a NUL character', { title: 'a\u0000b' }, ['title control-character']],
    ['a line break in a title', { title: 'a\nb' }, ['title control-character']],
    ['an escape character in a text', { title: 'ab', text: '\u001b[31m' }, ['text control-character']],
    ['a lone surrogate', { title: 'ab\ud800' }, ['title control-character']],
    ['writing direction turned', { title: 'ab\u202excod' }, ['title control-character']],
    ['a number as text', { title: 'ab', cost: '12' }, ['cost not-number']],
    ['half a đồng', { title: 'ab', cost: 1.5 }, ['cost not-integer']],
    ['negative money', { title: 'ab', cost: -1 }, ['cost too-small']],
    ['money beyond exact numbers', { title: 'ab', cost: 9_007_199_254_740_992 }, ['cost too-large']],
    ['a true as money', { title: 'ab', cost: true }, ['cost not-number']],
    ['a day that does not exist', { title: 'ab', day: '2026-02-30' }, ['day not-date']],
    ['a day in another form', { title: 'ab', day: '20/4/2026' }, ['day not-date']],
    ['a day with a time', { title: 'ab', day: '2026-04-20T00:00:00Z' }, ['day not-date']],
    ['a day of the year 9999', { title: 'ab', day: '9999-12-31' }, ['day too-large']],
    ['an instant without time zone', { title: 'ab', at: '2026-04-20T08:00:00' }, ['at not-instant']],
    ['an instant of no day', { title: 'ab', at: '2026-02-30T08:00:00Z' }, ['at not-instant']],
    ['a word not in the list', { title: 'ab', weight: 'toString' }, ['weight not-one-of']],
    ['a true as text', { title: 'ab', done: 'true' }, ['done not-boolean']],
    ['a code in lower case', { title: 'ab', agency: 'stc' }, ['agency wrong-pattern']],
    ['a javascript address', { title: 'ab', link: 'javascript:alert(1)' }, ['link not-url']],
    ['an address with a password', { title: 'ab', link: 'https://a:b@c.vn/' }, ['link not-url']],
    ['a text as list', { title: 'ab', labels: 'a' }, ['labels not-list']],
    ['an object as list', { title: 'ab', labels: { 0: 'a', length: 1 } }, ['labels not-list']],
    ['too many labels', { title: 'ab', labels: ['a', 'b', 'c', 'd'] }, ['labels too-many']],
    ['a label twice once normalised', { title: 'ab', labels: ['Hòa', 'Ho\u0300a'] }, ['labels duplicate']],
    ['a wrong label', { title: 'ab', labels: ['a', 7] }, ['labels[1] not-text']],
    ['null in a list', { title: 'ab', labels: [null] }, ['labels[0] required']],
    ['a list as object', { title: 'ab', part: [{ name: 'a' }] }, ['part not-object']],
    ['a text as object', { title: 'ab', part: 'a' }, ['part not-object']],
    ['an unknown field inside', { title: 'ab', part: { name: 'a', x: 1 } }, ['part.x unknown-field']],
    [
      'a wrong field in a list of objects',
      { title: 'ab', parts: [{ name: 'a' }, { name: 'b', count: '1' }] },
      ['parts[1].count not-number'],
    ],
    ['a list in a list of objects', { title: 'ab', parts: [[{ name: 'a' }]] }, ['parts[0] not-object']],
    [
      'everything at once',
      { title: 1, cost: 'x', q: 2 },
      ['cost not-number', 'q unknown-field', 'title not-text'],
    ],
  ])('is refused: %s', async (_, json, expected) => {
    const answer = await call('/v1/notes', { json });
    await expectRefusal(answer, 400, 'validation-failed');
    expect(errorsOf(answer).sort()).toEqual(expected);
  });

  it('is refused with numbers that JSON can write and nothing can hold', async () => {
    const answer = await call('/v1/notes', { body: '{"title":"ab","cost":1e400}' });
    await expectRefusal(answer, 400, 'validation-failed');
    expect(errorsOf(answer)).toEqual(['cost too-large']);
  });

  it('is refused without any body', async () => {
    await expectRefusal(await call('/v1/notes', { method: 'POST' }), 400, 'validation-failed');
    const empty = await call('/v1/notes', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    await expectRefusal(empty, 400, 'validation-failed');
  });

  it('names at most fifty wrong fields', async () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`x${index}`, 1]));
    const answer = await call('/v1/notes', { json: { title: 'ab', ...many } });
    await expectRefusal(answer, 400, 'validation-failed');
    expect(errorsOf(answer)).toHaveLength(50);
  });
});

describe('a bad address', () => {
  it.each<[string, string, number, string]>([
    ['an unknown path', '/v1/nothing', 404, 'not-found'],
    ['the root', '/', 404, 'not-found'],
    ['an id that is none', '/v1/notes/1', 400, 'validation-failed'],
    ['an id of another row', '/v1/notes/01900000-0000-7000-8000-000000000000', 404, 'not-found'],
    ['SQL in the id', "/v1/notes/1'%20OR%20'1'='1", 400, 'validation-failed'],
    ['a NUL in the id', '/v1/notes/%00', 400, 'validation-failed'],
    ['percent signs that encode nothing', '/v1/notes/%zz', 400, 'bad-request'],
    ['broken UTF-8 in the path', '/v1/notes/%ff', 400, 'bad-request'],
    ['a path part too long', `/v1/notes/${'a'.repeat(300)}`, 414, 'uri-too-long'],
    ['a limit of zero', '/v1/notes?limit=0', 400, 'validation-failed'],
    ['a limit too large', '/v1/notes?limit=501', 400, 'validation-failed'],
    ['a limit that is no number', '/v1/notes?limit=ten', 400, 'validation-failed'],
    ['a limit in other digits', '/v1/notes?limit=1e2', 400, 'validation-failed'],
    ['a parameter twice', '/v1/notes?limit=1&limit=2', 400, 'validation-failed'],
    ['an unknown parameter', '/v1/notes?page=2', 400, 'validation-failed'],
    ['a parameter named __proto__', '/v1/notes?__proto__=1', 400, 'validation-failed'],
    ['a NUL in the search', '/v1/notes?q=a%00', 400, 'validation-failed'],
    ['a boolean that is none', '/v1/notes?costed=1', 400, 'validation-failed'],
    ['a word not in the list', '/v1/notes?weight=low,heavy', 400, 'validation-failed'],
    ['a cursor of nothing', '/v1/notes?cursor=abc', 400, 'invalid-cursor'],
    ['an empty cursor', '/v1/notes?cursor=', 400, 'validation-failed'],
  ])('is refused: %s', async (_, path, status, code) => {
    await expectRefusal(await call(path), status, code);
  });

  it('is refused with the methods that it knows', async () => {
    const answer = await call(`/v1/notes/${noteId}`, { method: 'DELETE' });
    await expectRefusal(answer, 405, 'method-not-allowed');
    expect(answer.headers.get('allow')).toBe('GET, HEAD, PATCH');
  });

  it('is refused by its length', async () => {
    const raw = await sendRaw(base, `GET /v1/notes?q=${'a'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`);
    expect(raw).toMatch(/^HTTP\/1\.1 431 /);
    expect(raw).toContain('urn:ioc:problem:headers-too-large');
  });
});

describe('a request that is no HTTP', () => {
  it.each<[string, string]>([
    ['another protocol', '\u0016\u0003\u0001\u0002\u0000'],
    ['a header without a colon', 'GET / HTTP/1.1\r\nhost x\r\n\r\n'],
    ['two lengths', 'POST /v1/notes HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}'],
    [
      'length and chunks',
      'POST /v1/notes HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a length that is no number', 'POST /v1/notes HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n'],
  ])('is answered with a problem and the end of the connection: %s', async (_, bytes) => {
    const raw = await sendRaw(base, bytes);
    expect(raw).toMatch(/^HTTP\/1\.1 400 /);
    expect(raw).toContain('application/problem+json');
    expect(raw).toContain('urn:ioc:problem:bad-request');
    expect(await contentsOf(database.url)).toEqual(before);
  });
});

describe('who is not known', () => {
  it.each(['', 'Basic YTpi', 'Bearer', 'Bearer abc', `Bearer ${'a.'.repeat(3_000)}`])(
    'is refused: %s',
    async (authorization) => {
      const response = await fetch(`${base}/v1/notes`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(authorization && { authorization }) },
        body: '{"title":"ab"}',
      });
      const text = await response.text();
      const answer: Answer = {
        status: response.status,
        headers: response.headers,
        text,
        body: JSON.parse(text) as Record<string, unknown>,
      };
      await expectRefusal(answer, 401, 'unauthenticated');
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    },
  );
});

describe('what validation let through', () => {
  it.each([
    ['a text that the database cannot hold', { text: 'a\u0000b' }],
    ['a number that is none', { number: 'x' }],
    ['a number out of range', { number: '99999999999' }],
  ])('is still no 500: %s', async (_, json) => {
    await expectRefusal(await call('/v1/notes/unchecked', { json }), 400, 'unacceptable-value');
  });

  it('is a conflict when the row is there already', async () => {
    await expectRefusal(await call('/v1/notes', { json: { title: 'Có sẵn' } }), 409, 'conflict');
  });
});
