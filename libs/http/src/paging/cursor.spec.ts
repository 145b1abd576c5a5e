import { describe, expect, it } from '@jest/globals';
import { decodeCursor, encodeCursor } from './cursor.js';
import { toPage } from './page.js';

const id = '01900000-0000-7000-8000-000000000001';

describe('cursors', () => {
  it('come back as they went, with the same filters in any order', () => {
    const cursor = encodeCursor(['2026-04-20', id], { q: 'a', state: undefined, lead: 'STC', limit: 5 });
    expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
    expect(
      decodeCursor<[string, string]>(cursor, { lead: 'STC', q: 'a', cursor: 'x' }, ['date', 'uuid']),
    ).toEqual(['2026-04-20', id]);
    expect(decodeCursor<[string]>(undefined, {}, ['uuid'])).toBeUndefined();
  });

  it('keep null and numbers', () => {
    const cursor = encodeCursor([null, 7, 'x']);
    expect(decodeCursor<[string | null, number, string]>(cursor, {}, ['date?', 'integer', 'text'])).toEqual([
      null,
      7,
      'x',
    ]);
  });

  it.each<[unknown[]]>([
    [['2026-02-30', id]],
    [['2026-04-20', 'x']],
    [[null, id]],
    [['2026-04-20']],
    [[1, id]],
    [[]],
  ])('are refused with another content: %j', (position) => {
    const cursor = encodeCursor(position as string[]);
    expect(() => decodeCursor<[string, string]>(cursor, {}, ['date', 'uuid'])).toThrow('invalid-cursor');
  });
});

describe('pages', () => {
  it('have a next one only when there was a row too many', () => {
    const rows = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
    const page = toPage(rows, 2, (row) => [row.id]);
    expect(page.items).toEqual([{ id: 'a' }, { id: 'b' }]);
    expect(decodeCursor<[string]>(page.nextCursor ?? '', {}, ['text'])).toEqual(['b']);
    expect(toPage(rows, 3, (row) => [row.id]).nextCursor).toBeNull();
    expect(toPage([], 3, () => []).nextCursor).toBeNull();
  });
});
