import type { Actor } from '#libs/auth';

/** Finance owns the list; the standing body consolidates everybody's rows. */
const WRITES_ALL_ITEMS: ReadonlySet<string> = new Set(['STC', 'SKHCN']);

/**
 * Whether the actor may enter or change an item of this owner: its own agency, Sở Tài chính and Sở KH&CN. Items of
 * agencies that no longer exist, or of none in the reference list, are left to those two.
 */
export function mayWriteItem(actor: Pick<Actor, 'agency'>, ownerCode: string | null): boolean {
  if (actor.agency === null) return false;
  return WRITES_ALL_ITEMS.has(actor.agency) || actor.agency === ownerCode;
}
