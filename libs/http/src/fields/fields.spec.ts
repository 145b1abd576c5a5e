import { describe, expect, it } from '@jest/globals';
import { IsEmail } from 'class-validator';
import type { ProblemError } from '#libs/contracts';
import {
  BooleanField,
  Field,
  IntegerField,
  ListField,
  ObjectField,
  QueryListField,
  TextField,
} from './decorators.js';
import { fieldProblem } from './faults.js';
import * as kinds from './kinds.js';
import { hasForbiddenCharacter, normaliseText } from './text.js';
import { FieldValidationPipe } from './validation.pipe.js';

class Inner {
  @TextField({ description: 'Name', max: 10 })
  name!: string;

  @ListField(kinds.object(() => Inner), { description: 'Inside', max: 2, optional: true })
  inside?: Inner[];
}

class Outer {
  @IntegerField({ description: 'Count', min: 0, max: 10, optional: true })
  count = 3;

  @TextField({ description: 'May be null', max: 10, nullable: true })
  note!: string | null;

  @BooleanField({ description: 'Flag', optional: true, nullable: true })
  flag?: boolean | null;

  @ObjectField(() => Inner, { description: 'Inner', optional: true, nullable: true })
  inner?: Inner | null;

  @QueryListField(kinds.uuid(), { description: 'Ids', max: 3, optional: true })
  ids?: string[];

  @IsEmail()
  mail = 'a@b.vn';
}

/** A field whose kind is the service's own. */
class Special extends Inner {
  @Field(kinds.list(kinds.integer({ max: 5 }), { min: 1, max: 2 }), { description: 'Numbers' })
  numbers!: number[];
}

function read<T>(type: new () => T, value: unknown): T {
  return new FieldValidationPipe().transform(value, { type: 'body', metatype: type }) as T;
}

function faults(type: new () => unknown, value: unknown): unknown[] {
  try {
    read(type, value);
    return [];
  } catch (error) {
    const { errors } = (error as ProblemError).extensions as { errors: { field: string; code: string }[] };
    return errors.map(({ field, code }) => `${field} ${code}`);
  }
}

describe('fields', () => {
  it('keep defaults, nulls and nested instances', () => {
    const outer = read(Outer, { note: null, flag: null, inner: { name: ' a ', inside: [{ name: 'b' }] } });
    expect(outer).toBeInstanceOf(Outer);
    expect(outer).toMatchObject({ count: 3, note: null, flag: null });
    expect(outer.inner).toBeInstanceOf(Inner);
    expect(outer.inner?.inside?.[0]).toBeInstanceOf(Inner);
    expect(outer.inner?.name).toBe('a');
    expect('ids' in outer).toBe(false);
  });

  it('name a wrong field deep inside by its path', () => {
    const inner = { name: 'a', inside: [{ name: 'b' }, { name: 'c', inside: [{ name: 7, more: 1 }] }] };
    expect(faults(Outer, { note: null, inner }).sort()).toEqual([
      'inner.inside[1].inside[0].more unknown-field',
      'inner.inside[1].inside[0].name not-text',
    ]);
  });

  it('are inherited, and other checks of class-validator keep working', () => {
    expect(faults(Special, { name: 'a', numbers: [1, 6] })).toEqual(['numbers[1] too-large']);
    expect(faults(Outer, { note: null, mail: 'x' })).toEqual(['mail is-email']);
  });

  it('take null for a nested object only where it may be null', () => {
    expect(read(Outer, { note: null, inner: null }).inner).toBeNull();
    expect(faults(Inner, { name: 'a', inside: null })).toEqual(['inside required']);
  });

  it('turn -0 into 0', () => {
    expect(Object.is(read(Outer, { note: null, count: -0 }).count, 0)).toBe(true);
  });

  it('read lists of a query in both ways', () => {
    const id = '01900000-0000-7000-8000-00000000000A';
    expect(read(Outer, { note: null, ids: `${id}, ${id}` }).ids).toEqual([
      id.toLowerCase(),
      id.toLowerCase(),
    ]);
    expect(read(Outer, { note: null, ids: [id] }).ids).toEqual([id.toLowerCase()]);
    expect(faults(Outer, { note: null, ids: { a: id } })).toEqual(['ids not-list']);
  });

  it('do not let a value change the prototype of what is built', () => {
    const hostile: unknown = JSON.parse('{"note":null,"__proto__":{"count":9}}');
    expect(faults(Outer, hostile)).toEqual(['__proto__ unknown-field']);
  });

  it('carry rules of the service with texts of its own', () => {
    const texts = { vi: 'Sau ngày ban hành.', en: 'After the day of issue.' };
    const problem = fieldProblem({ field: 'due', code: 'due-before-issue', texts });
    expect(problem.extensions).toEqual({ errors: [{ field: 'due', code: 'due-before-issue', texts }] });
    expect(problem.parameters).toEqual({ count: 1 });
  });
});

describe('text', () => {
  it('is brought into one form', () => {
    expect(normaliseText('\uFEFF\tTo\u0300a \u00adnha\u0300\r\nA\rB \u2007')).toBe('Tòa nhà\nA\nB');
  });

  it.each([
    '\u0000',
    '\u001f',
    '\u007f',
    '\u0085',
    '\u2028',
    '\u202e',
    '\u2066',
    '\u200f',
    '\ufffe',
    '\ud800',
    '\udc00x',
  ])('is refused with %j, in one line and in many', (character) => {
    expect(hasForbiddenCharacter(`a${character}b`, false)).toBe(true);
    expect(hasForbiddenCharacter(`a${character}b`, true)).toBe(true);
  });

  it('may have line breaks and tabs only where many lines are meant', () => {
    expect(hasForbiddenCharacter('a\n\tb', true)).toBe(false);
    expect(hasForbiddenCharacter('a\nb', false)).toBe(true);
    expect(hasForbiddenCharacter('Đề án 06 – “số hóa” 𠀀 👍🏽', false)).toBe(false);
  });
});

describe('dates', () => {
  it.each(['2026-02-28', '2024-02-29', '1900-01-01', '2199-12-31'])('%s is one', (day) => {
    expect(kinds.date().check(day)).toBeUndefined();
  });
  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-4-1',
    '+02026-01-01',
    '2026-01-01 ',
    '٢٠٢٦-01-01',
    '',
  ])('%s is none', (day) => {
    expect(kinds.date().check(day)).toEqual({ code: 'not-date' });
  });
  it.each([
    ['2026-04-20T08:00:00+07:00', '2026-04-20T01:00:00.000Z'],
    ['2026-04-20T23:59:59.5Z', '2026-04-20T23:59:59.500Z'],
    ['2026-12-31T20:00:00-07:00', '2027-01-01T03:00:00.000Z'],
  ])('the instant %s is %s', (written, normal) => {
    expect(kinds.instant().normalise(written)).toBe(normal);
    expect(kinds.instant().check(normal)).toBeUndefined();
  });
  it.each([
    '2026-04-20',
    '2026-04-20T24:00:00Z',
    '2026-04-20T08:00Z',
    '2026-04-31T08:00:00Z',
    'Mon, 20 Apr 2026 08:00:00 GMT',
  ])('%s is no instant', (written) => {
    expect(kinds.instant().check(kinds.instant().normalise(written))).toEqual({ code: 'not-instant' });
  });
});
