import { createHash } from 'node:crypto';
import { problem } from '#libs/contracts';
import { QueryIntegerField, TextField } from '../fields/decorators.js';
import { date, type FieldKind, instant, integer, text, uuid } from '../fields/kinds.js';

export const DEFAULT_LIMIT = 50;
export const MAX_LIMIT = 500;

/** Base of the query of a list. */
export class CursorQuery {
  @QueryIntegerField({
    description: 'Greatest number of items in the answer',
    min: 1,
    max: MAX_LIMIT,
    optional: true,
    default: DEFAULT_LIMIT,
  })
  limit: number = DEFAULT_LIMIT;

  @TextField({
    description: 'nextCursor of the page before; left out for the first page',
    max: 2_000,
    optional: true,
  })
  cursor?: string;
}

/** Sort key of the last item of a page. */
export type Position = readonly (string | number | null)[];

/** What each part of a position must be; a `?` allows null. A tampered cursor is refused before it meets the database. */
export type PositionKind = TextKind | 'integer' | `${TextKind}?` | 'integer?';
type TextKind = 'text' | 'date' | 'instant' | 'uuid';

type KindOf<Part> = null extends Part ? PositionKind : Part extends number ? 'integer' : TextKind;

const KINDS: Readonly<Record<string, FieldKind>> = {
  text: text({ min: 0, max: 1_000, multiline: true }),
  integer: integer({}),
  date: date(),
  instant: instant(),
  uuid: uuid(),
};

/** Text for `nextCursor`: opaque to the caller, bound to the filters of the list. */
export function encodeCursor(position: Position, filters: object = {}): string {
  return Buffer.from(JSON.stringify({ p: position, f: fingerprint(filters) })).toString('base64url');
}

/**
 * The position that a cursor stands for, undefined when there is none (first page). Throws 400 `invalid-cursor` for
 * one that was not made by {@link encodeCursor} with the same filters.
 */
export function decodeCursor<P extends Position>(
  cursor: string | undefined,
  filters: object,
  kinds: { readonly [Index in keyof P]: KindOf<P[Index]> },
): P | undefined {
  if (cursor === undefined) return undefined;
  const content = parse(cursor);
  if (content?.f !== fingerprint(filters) || !isPosition(content.p, kinds)) throw problem('invalid-cursor');
  return content.p as P;
}

function parse(cursor: string): { p?: unknown; f?: unknown } | null {
  if (!/^[A-Za-z0-9_-]+$/.test(cursor)) return null;
  try {
    const content: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return typeof content === 'object' ? content : null;
  } catch {
    return null;
  }
}

function isPosition(position: unknown, kinds: readonly PositionKind[]): boolean {
  if (!Array.isArray(position) || position.length !== kinds.length) return false;
  return kinds.every((kind, index) => {
    const part: unknown = position[index];
    if (part === null) return kind.endsWith('?');
    return KINDS[kind.replace('?', '')]?.check(part) === undefined;
  });
}

/** The same for the same filters in any order; limit and cursor are no filters. */
function fingerprint(filters: object): string {
  const entries = Object.entries(filters)
    .filter(([name, value]) => value !== undefined && name !== 'limit' && name !== 'cursor')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(entries)).digest('base64url').slice(0, 16);
}
