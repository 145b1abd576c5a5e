import type { Actor } from '#libs/auth';

/**
 * Who may see and change which items of the budget list, beyond the scope of the token. The whole rule is in this file.
 *
 * - Sở Tài chính appraises the money, Sở KH&CN consolidates it: both see and change every item.
 * - The Provincial People's Committee and its Office see every item.
 * - Every other agency sees and changes the items it owns. Items of agencies that no longer exist are left to those above.
 * - A token without an agency is narrowed by its scopes alone.
 */
const WRITES_ALL: ReadonlySet<string> = new Set(['STC', 'SKHCN']);
const SEES_ALL: ReadonlySet<string> = new Set([...WRITES_ALL, 'UBND', 'VPUBND']);

type Caller = Pick<Actor, 'agency'>;

/** Code of the only agency whose items the caller sees; null: every item. */
export function visibleOwner({ agency }: Caller): string | null {
  return agency === null || SEES_ALL.has(agency) ? null : agency;
}

/** Whether the item of this owner exists for the caller. */
export function maySeeItem(caller: Caller, ownerCode: string | null): boolean {
  const visible = visibleOwner(caller);
  return visible === null || visible === ownerCode;
}

/** Whether the caller may enter or change an item of this owner. */
export function mayWriteItem({ agency }: Caller, ownerCode: string | null): boolean {
  return agency === null || WRITES_ALL.has(agency) || agency === ownerCode;
}

/** Sở Tài chính: appraises and keeps the books. A token without an agency is narrowed by its scopes alone. */
export function isFinance({ agency }: Caller): boolean {
  return agency === null || agency === 'STC';
}

/** Sở KH&CN, the standing body: opens rounds of estimates, returns and consolidates what agencies ask for. */
export function isStandingBody({ agency }: Caller): boolean {
  return agency === null || agency === 'SKHCN';
}

/** The Provincial People's Committee: approves. */
export function isCommittee({ agency }: Caller): boolean {
  return agency === null || agency === 'UBND';
}
