import type { Actor } from '#libs/auth';
import type { ReferenceData } from '#libs/reference';

/**
 * Who may see and do what with tasks and directives, beyond the scope of the token. The whole rule is in this file.
 *
 * - The Provincial People's Committee, its Office and the standing body (Sở KH&CN) follow all tasks and assign on the
 *   Committee's behalf. A token without an agency is narrowed by its scopes alone.
 * - Every other agency sees the tasks it leads, works on, assigned, or is addressed by as one of a group
 *   ("các sở, ban, ngành"), and the parts that its tasks were split into; it assigns tasks of its own directives.
 * - The leads report. A task addressed to a group has no single agency that could speak for the group, so that its
 *   progress is kept by those who follow all tasks.
 * - The leads or the assigning side split a task. The agency that splits is the assigning side of the parts.
 * - Nobody decides on its own work: what takes a task off its leads (confirmation, extension, correction of a date,
 *   suspension, cancellation) is for an assigning agency that is not one of them, and evidence is not confirmed by the
 *   agency that handed it in. For Sở KH&CN's own tasks that is the Committee or its Office.
 * - Scoreboards count what the caller sees: whoever follows all tasks compares all agencies, every other agency gets
 *   the figures of the tasks it has a part in.
 */
const FOLLOWS_ALL: ReadonlySet<string> = new Set(['UBND', 'VPUBND', 'SKHCN']);

type Caller = Pick<Actor, 'agency'>;

function followsAll({ agency }: Caller): boolean {
  return agency === null || FOLLOWS_ALL.has(agency);
}

/** A caller that sees all tasks: for what the service counts by itself. */
export const EVERYBODY: Caller = { agency: null };

/** The agency codes whose tasks the caller sees, its groups included; null: all tasks. */
export function visibleAgencies(caller: Caller, reference: ReferenceData): string[] | null {
  if (caller.agency === null || followsAll(caller)) return null;
  return [caller.agency, ...reference.groupsOf(caller.agency).map((group) => group.code)];
}

/** Whether the caller may register directives of this issuer and assign, confirm, suspend or cancel their tasks. */
export function mayAssign(caller: Caller, issuerCode: string | null): boolean {
  return followsAll(caller) || caller.agency === issuerCode;
}

/** Whether the caller may report progress and hand in evidence for a task with these leads. */
export function mayReport(caller: Caller, leadCodes: readonly string[], reference: ReferenceData): boolean {
  if (caller.agency === null || leadCodes.includes(caller.agency)) return true;
  return followsAll(caller) && leadCodes.some((code) => reference.agency(code)?.kind === 'group');
}

/**
 * Whether a decision that takes the task off its leads would be the caller's on its own work.
 *
 * @param submittedBy agency that handed in the evidence; null for none
 */
export function isOwnWork(caller: Caller, leadCodes: readonly string[], submittedBy: string | null): boolean {
  return caller.agency !== null && (leadCodes.includes(caller.agency) || caller.agency === submittedBy);
}
