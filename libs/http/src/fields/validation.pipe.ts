import type { ArgumentMetadata, PipeTransform, Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';
import { FIELD_CONSTRAINT } from './decorators.js';
import { type Fault, type FieldError, fieldProblem } from './faults.js';

/** A body of garbage must not be answered with a larger one. */
const MAX_ERRORS = 50;
const MAX_NAME_LENGTH = 100;

const PROTOTYPE_NAMES = ['__proto__', 'constructor', 'prototype'];
const BUILT_IN: ReadonlySet<unknown> = new Set([String, Boolean, Number, Array, Object, Date, Buffer]);

/**
 * Makes an instance of the parameter's class out of a body or query and checks it; unknown fields are refused.
 * Throws `validation-failed` with every wrong field.
 */
export class FieldValidationPipe implements PipeTransform {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (type === 'custom' || metatype === undefined || BUILT_IN.has(metatype)) return value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw fieldProblem({ field: '', code: value === undefined ? 'required' : 'not-object' });
    }
    for (const name of PROTOTYPE_NAMES) {
      if (Object.hasOwn(value, name)) throw fieldProblem({ field: name, code: 'unknown-field' });
    }
    return validate(metatype as Type<object>, value);
  }
}

function validate(metatype: Type<object>, value: object): object {
  const instance = plainToInstance(metatype, { ...value });
  const errors = validateSync(instance, {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
  });
  const [first, ...others] = errors.flatMap((error) => fieldErrors(error, ''));
  if (first) throw fieldProblem(first, ...others.slice(0, MAX_ERRORS - 1));
  return instance;
}

function fieldErrors(error: ValidationError, parent: string): FieldError[] {
  const name = error.property.slice(0, MAX_NAME_LENGTH);
  const field = /^\d+$/.test(name) ? `${parent}[${name}]` : parent ? `${parent}.${name}` : name;
  const constraints = error.constraints ?? {};
  const own = constraints[FIELD_CONSTRAINT];
  if (own !== undefined) {
    const { code, parameters, path = '' } = JSON.parse(own) as Fault;
    return [{ field: field + path, code, parameters }];
  }
  const others = Object.entries(constraints).map(([constraint, message]) =>
    foreignError(field, constraint, message),
  );
  return [...others, ...(error.children ?? []).flatMap((child) => fieldErrors(child, field))];
}

/** Checks of class-validator itself, which speak English only. */
function foreignError(field: string, constraint: string, message: string): FieldError {
  if (constraint === 'whitelistValidation' || constraint === 'unknownValue')
    return { field, code: 'unknown-field' };
  const code = constraint.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return { field, code, texts: { vi: `Không hợp lệ (${code}).`, en: message } };
}
