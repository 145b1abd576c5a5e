/**
 * Largest amount an item may hold, đồng: a hundred thousand billion, far above any province's budget and small enough
 * that the sum of a whole list stays an exact JSON number.
 */
export const MAX_MONEY = 100_000_000_000_000;

/**
 * Supplement to consider: what was requested and not yet allocated, never below 0, since in the report of 2023 two
 * activities were given more than they asked. Null while one of the two is not determined.
 */
export function supplementOf(requested: number | null, allocated: number | null): number | null {
  if (requested === null || allocated === null) return null;
  return Math.max(requested - allocated, 0);
}

export function isOverAllocated(requested: number | null, allocated: number | null): boolean {
  return requested !== null && allocated !== null && allocated > requested;
}
