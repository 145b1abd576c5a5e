import { budgetEventSchemas } from './budget-events.js';
import { registryEventSchemas } from './registry-events.js';
import { staffingEventSchemas } from './staffing-events.js';
import { taskEventSchemas } from './tasks-events.js';

/** JSON Schema (draft 2020-12) of the data of every event on the bus, by event type. */
export const eventSchemas: Readonly<Record<string, object>> = {
  ...taskEventSchemas,
  ...budgetEventSchemas,
  ...registryEventSchemas,
  ...staffingEventSchemas,
};
