import type { Actor } from '#libs/auth';

/**
 * Who may see and do what in staffing, beyond the scope of the token. The whole rule is in this file.
 *
 * - Sở Nội vụ keeps staffing: it sees everything, may report a head count for a unit, as after an inspection, and enters
 *   and changes plans for everybody.
 * - The Provincial People's Committee, its Office and Sở KH&CN, which trains and supports, see everything.
 * - A commune unit (its agency code is its statistical code) sees itself and reports for itself.
 * - A training plan is kept by its owner and seen by the agencies whose staff it trains, which report their own
 *   attendance. That it is finished is reported by the owner and by nobody else, tokens without an agency included.
 * - A support plan is seen by the commune, the supporting agency, the one that asks for the money, and Sở Tài chính, which
 *   appraises it. Commune and supporter propose it; the Provincial People's Committee or Sở Nội vụ approves it, unless it
 *   is the supporter itself; the supporter carries it out.
 * - Otherwise a token without an agency is narrowed by its scopes alone.
 */
const KEEPER = 'SNV';
const COMMITTEE = 'UBND';
const FINANCE = 'STC';
const SEES_ALL: ReadonlySet<string> = new Set([KEEPER, COMMITTEE, 'VPUBND', 'SKHCN']);

type Caller = Pick<Actor, 'agency'>;

/** Code of the agency whose own part alone the caller sees; null: everything. */
export function narrowedTo({ agency }: Caller): string | null {
  return agency === null || SEES_ALL.has(agency) ? null : agency;
}

/** The same for support plans. */
export function supportNarrowedTo(caller: Caller): string | null {
  return caller.agency === FINANCE ? null : narrowedTo(caller);
}

function mayKeep({ agency }: Caller): boolean {
  return agency === null || agency === KEEPER;
}

/** Whether the caller may report the head count of the unit with this statistical code. */
export function mayReport(caller: Caller, unitCode: string): boolean {
  return mayKeep(caller) || caller.agency === unitCode;
}

/** Whether the caller may enter, change, start and cancel the training plans of this owner, and report all attendance. */
export function mayKeepTraining(caller: Caller, owner: string | null): boolean {
  return mayKeep(caller) || caller.agency === owner;
}

/** Whether the caller may report that a training plan of this owner is finished. */
export function mayFinishTraining({ agency }: Caller, owner: string | null): boolean {
  return agency !== null && agency === owner;
}

/** Parties of a support plan, by code. */
export interface SupportParties {
  unit: string | null;
  supporter: string | null;
}

export function mayPropose(caller: Caller, { unit, supporter }: SupportParties): boolean {
  return mayKeep(caller) || caller.agency === unit || caller.agency === supporter;
}

export function mayApprove(caller: Caller, { supporter }: SupportParties): boolean {
  return (mayKeep(caller) || caller.agency === COMMITTEE) && caller.agency !== supporter;
}

export function mayCarryOut(caller: Caller, { supporter }: SupportParties): boolean {
  return mayKeep(caller) || caller.agency === supporter;
}
