import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createDatabase, type TestDatabase } from '../support/postgres.js';
import { startSample } from './http-sample-service.js';
import { type Answer, type Call, caller, contentsOf } from './http-support.js';

let database: TestDatabase;
let app: NestFastifyApplication;
let call: (path: string, call?: Call) => Promise<Answer>;

beforeAll(async () => {
  database = await createDatabase();
  app = await startSample(database.url);
  call = caller(await app.getUrl());
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

async function create(title: string): Promise<{ id: string; location: string }> {
  const { body, headers } = await call('/v1/notes', { json: { title } });
  return { id: body['id'] as string, location: headers.get('location') ?? '' };
}

describe('text', () => {
  it('is kept in one form: NFC, ordinary blanks, trimmed', async () => {
    const { body } = await call('/v1/notes', {
      json: { title: '\u00a0 Đề a\u0301n\u200b 06 ', text: 'dòng 1\r\ndòng 2\n', labels: ['  một '] },
    });
    expect(body).toMatchObject({ title: 'Đề án 06', text: 'dòng 1\ndòng 2', labels: ['một'] });
  });

  it('is counted in characters', async () => {
    const { status } = await call('/v1/notes', { json: { title: '𠀀'.repeat(50) } });
    expect(status).toBe(201);
  });

  it('becomes an instant in UTC and a UUID in lower case', async () => {
    const { body } = await call('/v1/notes', { json: { title: 'Giờ họp', at: '2026-04-20T08:00:00+07:00' } });
    expect(body['at']).toBe('2026-04-20T01:00:00.000Z');
    const again = await call(`/v1/notes/${(body['id'] as string).toUpperCase()}`);
    expect(again.status).toBe(200);
  });
});

describe('versions', () => {
  it('are in the ETag, and a reader that has the version gets no body again', async () => {
    const { location } = await create('Đọc lại');
    const first = await call(location);
    expect(first.headers.get('etag')).toBe('"1"');
    for (const condition of ['"1"', 'W/"1"', '"7", "1"', '*']) {
      const again = await call(location, { headers: { 'if-none-match': condition } });
      expect([condition, again.status, again.text, again.headers.get('etag')]).toEqual([
        condition,
        304,
        '',
        '"1"',
      ]);
    }
    const other = await call(location, { headers: { 'if-none-match': '"2"' } });
    expect([other.status, other.body['title']]).toEqual([200, 'Đọc lại']);
  });

  it('let a change through that is based on the current one', async () => {
    const { location } = await create('Sửa đúng');
    for (const ifMatch of ['"1"', '*', undefined]) {
      const headers: Record<string, string> = ifMatch === undefined ? {} : { 'if-match': ifMatch };
      const { status } = await call(location, {
        method: 'PATCH',
        json: { title: `Sửa ${String(ifMatch)}` },
        headers,
      });
      expect(status).toBe(200);
    }
    const { headers, body } = await call(location);
    expect([headers.get('etag'), body['title']]).toEqual(['"4"', 'Sửa undefined']);
  });

  it('refuse a change that is based on an old one, and name the current version', async () => {
    const { location } = await create('Sửa muộn');
    await call(location, { method: 'PATCH', json: { title: 'Đã sửa' }, headers: { 'if-match': '"1"' } });
    const late = await call(location, {
      method: 'PATCH',
      json: { title: 'Đè' },
      headers: { 'if-match': '"1"' },
    });
    expect([late.status, late.body['code']]).toEqual([412, 'stale-version']);
    expect(late.body['detail']).toContain('phiên bản 2');
    expect(late.headers.get('etag')).toBeNull();
    expect((await call(location)).body['title']).toBe('Đã sửa');
  });

  it('let only one of two changes through that are based on the same', async () => {
    const { location } = await create('Cùng lúc');
    const changes = await Promise.all(
      ['A', 'B'].map((name) =>
        call(location, { method: 'PATCH', json: { title: `Bản ${name}` }, headers: { 'if-match': '"1"' } }),
      ),
    );
    expect(changes.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  it.each(['W/"1"', '1', '"01"', '"1", "2"', '"abc"', '""', '"99999999999"'])(
    'are refused in another form: If-Match %s',
    async (ifMatch) => {
      const { location } = await create(`Sai ${ifMatch.length} ${ifMatch.slice(0, 3)}`);
      const answer = await call(location, {
        method: 'PATCH',
        json: { title: 'Không' },
        headers: { 'if-match': ifMatch },
      });
      expect([answer.status, answer.body['code']]).toEqual([400, 'invalid-if-match']);
    },
  );
});

describe('pages', () => {
  beforeAll(async () => {
    for (const name of ['một', 'hai', 'ba', 'bốn', 'năm']) await create(`Trang ${name}`);
  });

  it('follow each other without gap or repetition until nextCursor is null', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const next: string = cursor === null ? '' : `&cursor=${cursor}`;
      const { body, status } = await call(`/v1/notes?q=trang&limit=2${next}`);
      expect(status).toBe(200);
      seen.push(...(body['items'] as { title: string }[]).map(({ title }) => title));
      cursor = body['nextCursor'] as string | null;
    } while (cursor !== null);
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
  });

  it.each([
    ['trang bon', ['Trang bốn']],
    ['TRANG BỐN', ['Trang bốn']],
    ['trang%25', []],
    ['trang_', []],
    ['%5C', []],
  ])('are found without diacritics and case, and with no wildcard: %s', async (q, titles) => {
    const { body } = await call(`/v1/notes?q=${encodeURI(q).replaceAll('%25', '%')}`);
    expect((body['items'] as { title: string }[]).map(({ title }) => title)).toEqual(titles);
  });

  it('refuse a cursor that was changed or belongs to other filters', async () => {
    const { body } = await call('/v1/notes?q=trang&limit=2');
    const cursor = body['nextCursor'] as string;
    const content = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as { p: unknown[]; f: string };
    const forged = (p: unknown): string =>
      Buffer.from(JSON.stringify({ ...content, p })).toString('base64url');
    const before = await contentsOf(database.url);
    const paths = [
      `/v1/notes?limit=2&cursor=${cursor}`,
      `/v1/notes?q=khac&cursor=${cursor}`,
      `/v1/notes?q=trang&weight=low&cursor=${cursor}`,
      `/v1/notes?q=trang&cursor=${cursor.slice(0, -3)}`,
      `/v1/notes?q=trang&cursor=${cursor}!`,
      `/v1/notes?q=trang&cursor=${forged(['a'])}`,
      `/v1/notes?q=trang&cursor=${forged(['a', 'x'])}`,
      `/v1/notes?q=trang&cursor=${forged(['a', content.p[1], 1])}`,
      `/v1/notes?q=trang&cursor=${forged([null, content.p[1]])}`,
      `/v1/notes?q=trang&cursor=${forged(['\u0000', content.p[1]])}`,
      `/v1/notes?q=trang&cursor=${forged({ length: 2 })}`,
      `/v1/notes?q=trang&cursor=${Buffer.from('null').toString('base64url')}`,
    ];
    for (const path of paths) {
      const answer = await call(path);
      expect([path, answer.status, answer.body['code']]).toEqual([path, 400, 'invalid-cursor']);
    }
    expect((await call(`/v1/notes?q=trang&limit=1&cursor=${cursor}`)).status).toBe(200);
    expect(await contentsOf(database.url)).toEqual(before);
  });

  it('take lists in a query with commas or repeated', async () => {
    for (const query of ['weight=low,high', 'weight=low&weight=high', 'costed=true']) {
      expect([query, (await call(`/v1/notes?${query}`)).status]).toEqual([query, 200]);
    }
  });
});

describe('languages of problems', () => {
  it.each([
    [undefined, 'vi'],
    ['vi', 'vi'],
    ['en', 'en'],
    ['en-GB,en;q=0.9', 'en'],
    ['vi-VN,vi;q=0.9,en;q=0.8', 'vi'],
    ['fr,en;q=0.5,vi;q=0.4', 'en'],
    ['en;q=0', 'vi'],
    ['*', 'vi'],
    ['de', 'vi'],
    ['en;q=nonsense', 'vi'],
    [',;,', 'vi'],
  ])('Accept-Language %s is answered in %s', async (acceptLanguage, language) => {
    const headers: Record<string, string> =
      acceptLanguage === undefined ? {} : { 'accept-language': acceptLanguage };
    const { body, headers: answered } = await call('/v1/notes', { json: { titel: 1 }, headers });
    expect(answered.get('content-language')).toBe(language);
    expect(answered.get('vary')).toBe('Accept-Language');
    expect(body['title']).toBe(language === 'vi' ? 'Dữ liệu không hợp lệ' : 'Validation failed');
    expect(body['detail']).toContain('2');
    expect(body['errors']).toContainEqual({
      field: 'title',
      code: 'required',
      message: language === 'vi' ? 'Bắt buộc phải có.' : 'Is required.',
    });
  });
});

describe('a failure of our own', () => {
  it('tells the caller a trace id and nothing else', async () => {
    const { status, body, text } = await call('/v1/notes/failing/now');
    expect([status, body['code']]).toEqual([500, 'internal']);
    expect(body['traceId']).toMatch(/^[0-9a-f]{32}$/);
    expect(body['detail']).toContain(body['traceId']);
    expect(text).not.toContain('hunter2');
  });
});
