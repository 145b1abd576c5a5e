import { Param, type PipeTransform } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { fieldProblem } from './faults.js';
import { code, type FieldKind, uuid } from './kinds.js';

class KindPipe implements PipeTransform {
  constructor(
    private readonly name: string,
    private readonly kind: FieldKind,
  ) {}

  transform(value: unknown): unknown {
    const normalised = this.kind.normalise(value);
    const fault = this.kind.check(normalised);
    if (fault) throw fieldProblem({ field: this.name, code: fault.code, parameters: fault.parameters });
    return normalised;
  }
}

/** Identifier in the path: `@UuidParam('id') id: string`; anything but a UUID is a 400. */
export function UuidParam(name: string, description = 'Identifier (UUID)'): ParameterDecorator {
  return pathParameter(name, uuid(), description);
}

/** Code of a fixed form in the path: `@CodeParam('code', /^[0-9]{5}$/, 'Statistical code of the commune')`. */
export function CodeParam(name: string, pattern: RegExp, description: string): ParameterDecorator {
  return pathParameter(name, code(pattern), description);
}

function pathParameter(name: string, kind: FieldKind, description: string): ParameterDecorator {
  const bind = Param(name, new KindPipe(name, kind));
  const document = ApiParam({
    name,
    description,
    required: true,
    schema: kind.schema as Record<string, string>,
  });
  return (target, method, index) => {
    bind(target, method, index);
    if (method === undefined) return;
    const descriptor = Object.getOwnPropertyDescriptor(target, method);
    if (descriptor) document(target, method, descriptor);
  };
}
