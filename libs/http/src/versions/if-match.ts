import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { problem } from '#libs/contracts';
import type { FastifyRequest } from 'fastify';

export interface IfMatchOptions {
  /** Without If-Match the request is refused with 428 `precondition-required`. */
  required?: boolean;
}

const STRONG_TAG = /^"([1-9][0-9]{0,9})"$/;

const readIfMatch = createParamDecorator((options: IfMatchOptions | undefined, context: ExecutionContext) => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  return parseIfMatch(header, options);
});

/** The version that an If-Match header names; undefined when it is absent or `*`. */
export function parseIfMatch(header: string | undefined, options: IfMatchOptions = {}): number | undefined {
  if (header === undefined) {
    if (options.required) throw problem('precondition-required');
    return undefined;
  }
  const tag = header.trim();
  if (tag === '*') return undefined;
  const version = STRONG_TAG.exec(tag)?.[1];
  if (version === undefined) throw problem('invalid-if-match');
  return Number(version);
}

/**
 * Version that the caller last read, from `If-Match: "<version>"`; undefined when it sent none, or `*`. A weak or
 * malformed tag is a 400 `invalid-if-match`. Hand it to {@link assertVersion} once the row is read and locked.
 */
export function IfMatch(options: IfMatchOptions = {}): ParameterDecorator {
  const bind = readIfMatch(options);
  const document = ApiHeader({
    name: 'If-Match',
    description:
      'ETag of the version that the change is based on, for example "3"; 412 when it is no longer current',
    required: options.required === true,
    schema: { type: 'string' },
  });
  return (target, method, index) => {
    bind(target, method, index);
    const descriptor = method === undefined ? undefined : Object.getOwnPropertyDescriptor(target, method);
    if (method !== undefined && descriptor) (document as MethodDecorator)(target, method, descriptor);
  };
}

/** Refuses a change based on another version than the current one: 412 `stale-version`. */
export function assertVersion(current: number, ifMatch: number | undefined): void {
  if (ifMatch !== undefined && ifMatch !== current) throw problem('stale-version', { current });
}
