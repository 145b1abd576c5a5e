import { describe, expect, it } from '@jest/globals';
import { allDatasets } from './datasets.js';
import { eventSchemas } from './event-schemas.js';
import { parseEventType } from './events.js';

describe('the datasets that services declare', () => {
  const datasets = allDatasets();

  it('have every event type exactly once', () => {
    const types = datasets.flatMap(({ eventTypes }) => eventTypes);
    expect([...types].sort()).toEqual(Object.keys(eventSchemas).sort());
  });

  it.each(datasets.map((dataset) => [dataset.code, dataset] as const))(
    '%s has one code, one subject, and one state under it',
    (code, { subject, eventTypes, fields }) => {
      expect(datasets.filter((other) => other.code === code || other.subject === subject)).toHaveLength(1);
      expect(eventTypes.length).toBeGreaterThan(0);
      for (const type of eventTypes) {
        const parts = parseEventType(type);
        expect(`ioc.${parts?.service ?? ''}.${parts?.aggregate ?? ''}.*`).toBe(subject);
        const { properties } = eventSchemas[type] as { properties: object };
        expect([...fields.map(({ name }) => name), 'changed'].sort()).toEqual(Object.keys(properties).sort());
      }
    },
  );
});
