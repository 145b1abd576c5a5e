import type { OpenAPIObject } from '@nestjs/swagger';
import { PROBLEM_MEDIA_TYPE } from '../problems/render.js';

type Paths = OpenAPIObject['paths'];
type Response = NonNullable<Paths[string]['get']>['responses'][string];
type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

/** RFC 9457 problem document, see problems/render.ts. */
export const PROBLEM_SCHEMA: Schema = {
  type: 'object',
  description: 'Refusal (RFC 9457). `code` is stable; texts are Vietnamese or English by Accept-Language.',
  required: ['type', 'title', 'status', 'detail', 'code', 'instance'],
  properties: {
    type: { type: 'string', example: 'urn:ioc:problem:validation-failed' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string', example: 'validation-failed' },
    instance: { type: 'string', description: 'Path of the request' },
    traceId: { type: 'string', description: 'Finds the request in logs and traces' },
    errors: {
      type: 'array',
      description: 'Wrong fields of the request',
      items: {
        type: 'object',
        required: ['field', 'code', 'message'],
        properties: { field: { type: 'string' }, code: { type: 'string' }, message: { type: 'string' } },
      },
    },
  },
};

export const PROBLEM_RESPONSE: Response = {
  description: 'Refused',
  content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
};

const TAGS = ['health'];
const json = (description: string): Response => ({
  description,
  content: { 'application/json': { schema: { type: 'object' } } },
});

/** Routes that every service has and no controller declares. */
export const OPERATIONAL_PATHS: Paths = {
  '/health/live': {
    get: { tags: TAGS, summary: 'The process answers', security: [], responses: { '200': json('It does') } },
  },
  '/health/ready': {
    get: {
      tags: TAGS,
      summary: 'Database and bus have really been used within the last second',
      security: [],
      responses: { '200': json('Ready; each part with the time of its last use'), '503': PROBLEM_RESPONSE },
    },
  },
  '/metrics': {
    get: {
      tags: TAGS,
      summary: 'Metrics for Prometheus',
      security: [],
      responses: {
        '200': { description: 'Text format', content: { 'text/plain': { schema: { type: 'string' } } } },
      },
    },
  },
};
