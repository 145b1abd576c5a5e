import type { Type } from '@nestjs/common';
import type { ApiPropertyOptions } from '@nestjs/swagger';
import type { Fault } from './faults.js';
import { hasForbiddenCharacter, lengthOf, normaliseText } from './text.js';

/** JSON Schema of a value, as OpenAPI writes it. */
export type FieldSchema = ApiPropertyOptions & Record<string, unknown>;

/** What a field may hold: how a value is brought into its one form, checked and documented. */
export interface FieldKind {
  schema: FieldSchema;
  /** The one form of a value; a value of a wrong type is left as it is, for `check` to refuse. */
  normalise: (value: unknown) => unknown;
  /** Undefined when the normalised value (neither null nor undefined) is good. */
  check: (value: unknown) => Fault | undefined;
  /** Class of nested objects, which bring the checks of their own fields. */
  nested?: () => Type<object>;
}

const unchanged = (value: unknown): unknown => value;

export interface TextOptions {
  /** Least length in characters after trimming; default 1. */
  min?: number;
  /** Greatest length in characters. */
  max: number;
  /** Line breaks and tabs are allowed. */
  multiline?: boolean;
}

export function text({ min = 1, max, multiline = false }: TextOptions): FieldKind {
  return {
    schema: { type: 'string', minLength: min, maxLength: max },
    normalise: (value) => (typeof value === 'string' ? normaliseText(value) : value),
    check: (value): Fault | undefined => {
      if (typeof value !== 'string') return { code: 'not-text' };
      if (hasForbiddenCharacter(value, multiline)) return { code: 'control-character' };
      if (value === '' && min > 0) return { code: 'required' };
      const length = lengthOf(value);
      if (length < min) return { code: 'too-short', parameters: { min } };
      return length > max ? { code: 'too-long', parameters: { max } } : undefined;
    },
  };
}

export interface IntegerOptions {
  /** Default −(2^53 − 1). */
  min?: number;
  /** Default 2^53 − 1. */
  max?: number;
}

export function integer(options: IntegerOptions): FieldKind {
  const { min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = options;
  return {
    schema: { type: 'integer', format: 'int64', minimum: min, maximum: max },
    normalise: (value) => (value === 0 ? 0 : value),
    check: (value): Fault | undefined => {
      if (typeof value !== 'number') return { code: 'not-number' };
      if (value < min) return { code: 'too-small', parameters: { min } };
      if (value > max) return { code: 'too-large', parameters: { max } };
      return Number.isSafeInteger(value) ? undefined : { code: 'not-integer' };
    },
  };
}

const INTEGER_TEXT = /^-?\d{1,16}$/;

/** A whole number written in a query string. */
export function integerText(options: IntegerOptions): FieldKind {
  const kind = integer(options);
  return {
    ...kind,
    normalise: (value) =>
      typeof value === 'string' && INTEGER_TEXT.test(value) ? Number(value) || 0 : value,
    check: (value) => (typeof value === 'string' ? { code: 'not-integer' } : kind.check(value)),
  };
}

export function boolean(): FieldKind {
  return {
    schema: { type: 'boolean' },
    normalise: unchanged,
    check: (value) => (typeof value === 'boolean' ? undefined : { code: 'not-boolean' }),
  };
}

/** `true` or `false` written in a query string. */
export function booleanText(): FieldKind {
  return {
    ...boolean(),
    normalise: (value) => (value === 'true' ? true : value === 'false' ? false : value),
  };
}

export interface DateOptions {
  /** First day allowed, yyyy-MM-dd; default 1900-01-01. */
  min?: string;
  /** Last day allowed, yyyy-MM-dd; default 2199-12-31. */
  max?: string;
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A calendar day, yyyy-MM-dd. */
export function date({ min = '1900-01-01', max = '2199-12-31' }: DateOptions = {}): FieldKind {
  return {
    schema: { type: 'string', format: 'date' },
    normalise: unchanged,
    check: (value): Fault | undefined => {
      if (typeof value !== 'string' || !isCalendarDate(value)) return { code: 'not-date' };
      if (value < min) return { code: 'too-small', parameters: { min } };
      return value > max ? { code: 'too-large', parameters: { max } } : undefined;
    },
  };
}

/** True for yyyy-MM-dd of a day that exists. */
export function isCalendarDate(text: string): boolean {
  const match = DATE.exec(text);
  if (!match) return false;
  const parsed = new Date(`${text}T00:00:00Z`);
  // 2026-02-30 would roll over into March.
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
}

const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-](0\d|1[0-4]):[0-5]\d)$/;

/** An instant; brought into UTC with milliseconds (2026-04-20T01:00:00.000Z). */
export function instant(): FieldKind {
  const isInstant = (value: unknown): value is string => {
    const day = typeof value === 'string' ? INSTANT.exec(value)?.[1] : undefined;
    return day !== undefined && isCalendarDate(day);
  };
  return {
    schema: { type: 'string', format: 'date-time' },
    normalise: (value) => (isInstant(value) ? new Date(value).toISOString() : value),
    check: (value) => (isInstant(value) ? undefined : { code: 'not-instant' }),
  };
}

/** One of the given words. */
export function oneOf(values: readonly string[]): FieldKind {
  return {
    schema: { type: 'string', enum: [...values] },
    normalise: unchanged,
    check: (value) =>
      typeof value === 'string' && values.includes(value)
        ? undefined
        : { code: 'not-one-of', parameters: { values: values.join(', ') } },
  };
}

/** A code of a fixed form, such as an agency's; the pattern must be anchored with ^ and $. */
export function code(pattern: RegExp, max = 64): FieldKind {
  return {
    schema: { type: 'string', pattern: pattern.source, maxLength: max },
    normalise: unchanged,
    check: (value): Fault | undefined => {
      if (typeof value !== 'string') return { code: 'not-text' };
      if (value === '') return { code: 'required' };
      if (value.length > max) return { code: 'too-long', parameters: { max } };
      return pattern.test(value)
        ? undefined
        : { code: 'wrong-pattern', parameters: { pattern: pattern.source } };
    },
  };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function uuid(): FieldKind {
  return {
    schema: { type: 'string', format: 'uuid' },
    normalise: (value) => (typeof value === 'string' ? value.toLowerCase() : value),
    check: (value) => (typeof value === 'string' && UUID.test(value) ? undefined : { code: 'not-uuid' }),
  };
}

const MAX_URL_LENGTH = 2_000;

/** An http or https address without a password in it. */
export function url(): FieldKind {
  return {
    schema: { type: 'string', format: 'uri', maxLength: MAX_URL_LENGTH },
    normalise: (value) => (typeof value === 'string' ? value.trim() : value),
    check: (value): Fault | undefined => {
      if (typeof value !== 'string') return { code: 'not-text' };
      if (value.length > MAX_URL_LENGTH) return { code: 'too-long', parameters: { max: MAX_URL_LENGTH } };
      if (hasForbiddenCharacter(value, false)) return { code: 'control-character' };
      const parsed = URL.parse(value);
      const web = parsed !== null && /^https?:$/.test(parsed.protocol);
      return web && parsed.username === '' && parsed.password === '' ? undefined : { code: 'not-url' };
    },
  };
}

/** Objects of a class whose own fields are declared with field decorators. */
export function object(type: () => Type<object>): FieldKind {
  return {
    // Swagger knows a function that answers the class by its name, "type".
    schema: { type: () => type() },
    normalise: unchanged,
    check: (value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? undefined
        : { code: 'not-object' },
    nested: type,
  };
}

export interface ListOptions {
  /** Least number of elements; default 0. */
  min?: number;
  /** Greatest number of elements. */
  max: number;
  /** Refuses an element that comes twice; only for elements that are not objects. */
  unique?: boolean;
}

export function list(of: FieldKind, { min = 0, max, unique = false }: ListOptions): FieldKind {
  const bounds = { minItems: min, maxItems: max };
  return {
    schema: of.nested
      ? { ...of.schema, isArray: true, ...bounds }
      : {
          type: 'array',
          items: of.schema as Record<string, string>,
          ...bounds,
          ...(unique && { uniqueItems: true }),
        },
    normalise: (value) => (Array.isArray(value) ? value.map((element) => of.normalise(element)) : value),
    check: (value): Fault | undefined => {
      if (!Array.isArray(value)) return { code: 'not-list' };
      if (value.length < min) return { code: 'too-few', parameters: { min } };
      if (value.length > max) return { code: 'too-many', parameters: { max } };
      for (const [index, element] of value.entries()) {
        const fault: Fault | undefined =
          element === null || element === undefined ? { code: 'required' } : of.check(element);
        if (fault) return { ...fault, path: `[${index}]${fault.path ?? ''}` };
      }
      return unique && new Set(value).size < value.length ? { code: 'duplicate' } : undefined;
    },
    nested: of.nested,
  };
}

/** A list in a query string: `a,b`, or the parameter repeated. */
export function listText(of: FieldKind, options: ListOptions): FieldKind {
  const kind = list(of, options);
  return {
    ...kind,
    normalise: (value) => {
      const parts: unknown = typeof value === 'string' ? [value] : value;
      if (!Array.isArray(parts) || !parts.every((part) => typeof part === 'string')) return value;
      const elements = parts.flatMap((part) => part.split(',')).map((element) => element.trim());
      return kind.normalise(elements.filter((element) => element !== ''));
    },
  };
}
