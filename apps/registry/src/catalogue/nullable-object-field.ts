import type { Type } from '@nestjs/common';
import { ValidateIf } from 'class-validator';
import { type FieldOptions, ObjectField } from '#libs/http';

/**
 * ObjectField that may be null, which takes the value off. ObjectField alone hands null on to class-validator's check of
 * nested objects, which refuses it since version 0.15.
 */
export function NullableObjectField(type: () => Type<object>, options: FieldOptions): PropertyDecorator {
  const field = ObjectField(type, { ...options, nullable: true });
  const unlessNull = ValidateIf((_, value) => value !== null);
  return (target, property) => {
    field(target, property);
    unlessNull(target, property);
  };
}
