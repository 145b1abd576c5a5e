import type { Type } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type as NestedType } from 'class-transformer';
import { registerDecorator, ValidateIf, ValidateNested } from 'class-validator';
import type { Fault } from './faults.js';
import * as kinds from './kinds.js';
import type { FieldKind } from './kinds.js';

/** What every field decorator takes. */
export interface FieldOptions {
  /** What the field means, for the reader of the API's documentation. */
  description: string;
  /** May be left out (undefined). A value set in the class is its default. */
  optional?: boolean;
  /** May be null. */
  nullable?: boolean;
  example?: unknown;
  /** Shown in the documentation when the field is left out. */
  default?: unknown;
}

/** Name under which class-validator knows the check of a field; its message is the fault as JSON. */
export const FIELD_CONSTRAINT = 'field';

/**
 * Declares a field of a request or answer: brought into one form, checked and documented by a single decorator. The
 * decorators below are this one with a kind; use it directly for a kind of your own.
 */
export function Field(kind: FieldKind, options: FieldOptions): PropertyDecorator {
  const faultOf = (value: unknown): Fault | undefined => {
    if (value === undefined) return options.optional ? undefined : { code: 'required' };
    if (value === null) return options.nullable ? undefined : { code: 'required' };
    return kind.check(value);
  };
  return (target, property) => {
    const propertyName = property as string;
    ApiProperty(documentation(kind, options))(target, property);
    Transform(({ value }: { value: unknown }) => kind.normalise(value), { toClassOnly: true })(
      target,
      property,
    );
    registerDecorator({
      name: FIELD_CONSTRAINT,
      target: target.constructor,
      propertyName,
      validator: {
        validate: (value: unknown) => faultOf(value) === undefined,
        defaultMessage: (details) => JSON.stringify(faultOf(details?.value)),
      },
    });
    if (kind.nested) {
      NestedType(kind.nested)(target, propertyName);
      ValidateNested()(target, propertyName);
      // class-validator takes null for a nested value that is none.
      if (options.nullable) ValidateIf((_, value) => value !== null)(target, propertyName);
    }
  };
}

function documentation(kind: FieldKind, options: FieldOptions): ApiPropertyOptions {
  return {
    ...kind.schema,
    description: options.description,
    required: options.optional !== true,
    ...(options.nullable && { nullable: true }),
    ...(options.example !== undefined && { example: options.example }),
    ...(options.default !== undefined && { default: options.default }),
  } as ApiPropertyOptions;
}

/** Text: NFC, trimmed, without control characters; `multiline` allows line breaks. */
export const TextField = (options: FieldOptions & kinds.TextOptions) => Field(kinds.text(options), options);

/** Whole number; a number written as text is refused. */
export const IntegerField = (options: FieldOptions & kinds.IntegerOptions) =>
  Field(kinds.integer(options), options);

/** Money in whole đồng, from 0 unless `min` says otherwise. */
export const MoneyField = (options: FieldOptions & kinds.IntegerOptions) =>
  Field(kinds.integer({ min: 0, ...options }), options);

/** Calendar day yyyy-MM-dd. */
export const DateField = (options: FieldOptions & kinds.DateOptions) => Field(kinds.date(options), options);

/** ISO 8601 instant with a time zone, brought into UTC. */
export const InstantField = (options: FieldOptions) => Field(kinds.instant(), options);

/** One of the given words. */
export const EnumField = (values: readonly string[], options: FieldOptions) =>
  Field(kinds.oneOf(values), options);

export const BooleanField = (options: FieldOptions) => Field(kinds.boolean(), options);

/** Code of a fixed form, at most `max` characters (64). */
export const CodeField = (pattern: RegExp, options: FieldOptions & { max?: number }) =>
  Field(kinds.code(pattern, options.max), options);

/** UUID, brought into lower case. */
export const UuidField = (options: FieldOptions) => Field(kinds.uuid(), options);

/** http(s) address. */
export const UrlField = (options: FieldOptions) => Field(kinds.url(), options);

/** Object of a class with field decorators. */
export const ObjectField = (type: () => Type<object>, options: FieldOptions) =>
  Field(kinds.object(type), options);

/** List of values of a kind: `@ListField(kinds.text({ max: 100 }), { max: 20, … })`, `@ListField(kinds.object(() => Item), …)`. */
export const ListField = (of: FieldKind, options: FieldOptions & kinds.ListOptions) =>
  Field(kinds.list(of, options), options);

/** Whole number in a query string. */
export const QueryIntegerField = (options: FieldOptions & kinds.IntegerOptions) =>
  Field(kinds.integerText(options), options);

/** `true` or `false` in a query string. */
export const QueryBooleanField = (options: FieldOptions) => Field(kinds.booleanText(), options);

/** List in a query string: `a,b` or the parameter repeated. */
export const QueryListField = (of: FieldKind, options: FieldOptions & kinds.ListOptions) =>
  Field(kinds.listText(of, options), options);
