import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { eventSchemas } from '#libs/contracts';

/** What of an event the contract describes. */
export interface PublishedEvent {
  type: string;
  data: unknown;
}

/** What the published schemas say against real events, and the types that were seen. */
export function checkAgainstSchemas(events: readonly PublishedEvent[]): {
  types: string[];
  faults: string[];
} {
  const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
  addFormats.default(ajv);
  const faults = events.flatMap(({ type, data }) => {
    const schema = eventSchemas[type];
    if (!schema) return [`${type} has no schema`];
    // Compiled once for each type: the validator remembers a schema it has seen.
    return ajv.validate(schema, data) ? [] : [`${type}: ${ajv.errorsText()}`];
  });
  return { types: [...new Set(events.map(({ type }) => type))].sort(), faults };
}
