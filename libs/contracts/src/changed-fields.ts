/**
 * Names of the fields whose values differ between two states of an aggregate, for `changed` of its event. The version
 * is left out: it differs by definition.
 */
export function changedFields<State extends object>(before: State, after: State): string[] {
  const names = Object.keys(after) as (keyof State & string)[];
  return names.filter((name) => name !== 'version' && !isEqual(before[name], after[name]));
}

/** Equal as JSON, whatever the order of keys. */
function isEqual(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const [first, second] = [Object.entries(one), new Map(Object.entries(other))];
  return (
    Array.isArray(one) === Array.isArray(other) &&
    first.length === second.size &&
    first.every(([key, value]) => second.has(key) && isEqual(value, second.get(key)))
  );
}
