import { changedFields } from '#libs/contracts';

/** Data of an event as far as a view shows it. */
export type ReducedData = Record<string, unknown> & { changed: string[] };

/** The state alone, with the fields that a grant names, and always `id` and `version`, which the envelope tells, too. */
export function reduceState(
  data: Readonly<Record<string, unknown>>,
  fields: readonly string[],
): Record<string, unknown> {
  const granted = new Set(['id', 'version', ...fields]);
  return Object.fromEntries(Object.entries(data).filter(([name]) => name !== 'changed' && granted.has(name)));
}

/**
 * What a view says of an aggregate after it said `before` (null: nothing yet). Null when nothing that is granted has
 * changed: an event that says so would tell that something hidden has.
 */
export function nextOfView(
  before: Readonly<Record<string, unknown>> | null,
  data: Readonly<Record<string, unknown>>,
  fields: readonly string[],
): ReducedData | null {
  const state = reduceState(data, fields);
  if (before === null) {
    const changed = Array.isArray(data['changed']) ? (data['changed'] as unknown[]) : [];
    return {
      ...state,
      changed: changed.filter((name): name is string => Object.hasOwn(state, String(name))),
    };
  }
  const previous = reduceState(before, fields);
  const gone = Object.keys(previous).filter((name) => !Object.hasOwn(state, name));
  const changed = [...changedFields(previous, state), ...gone];
  return changed.length === 0 ? null : { ...state, changed };
}
