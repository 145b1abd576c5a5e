import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { eventSchemas } from './event-schemas.js';
import { eventDataSchema, parseEventType } from './events.js';
import * as contracts from './index.js';
import { SERVICES } from './services.js';

/** What services name their events by: every exported text that has the form of an event type. */
const EVENT_TYPES = Object.values<unknown>(contracts).filter(
  (value): value is string => typeof value === 'string' && parseEventType(value) !== null,
);

describe('the schemas of the events', () => {
  it('are there for every event type, and for nothing else', () => {
    expect(Object.keys(eventSchemas).sort()).toEqual([...EVENT_TYPES].sort());
  });

  it('cover all four services', () => {
    const services = new Set(Object.keys(eventSchemas).map((type) => parseEventType(type)?.service));
    expect([...services].sort()).toEqual([...SERVICES].sort());
  });

  it.each(Object.entries(eventSchemas))(
    '%s is valid JSON Schema and refuses what is no event',
    (type, schema) => {
      const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
      addFormats.default(ajv);
      const validate = ajv.compile(schema);
      expect(schema).toMatchObject({ $id: eventDataSchema(type), title: type });
      expect(validate({ id: '01980000-0000-7000-8000-000000000000', version: 1 })).toBe(false);
      expect(validate.errors?.map((error) => error.params['missingProperty'] as unknown)).toContain(
        'changed',
      );
    },
  );
});
