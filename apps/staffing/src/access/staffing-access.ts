import type { Actor } from '#libs/auth';

/**
 * Who may see and report what of staffing, beyond the scope of the token. The whole rule is in this file.
 *
 * - Sở Nội vụ follows staffing: it sees every unit and may report for one, as after an inspection.
 * - The Provincial People's Committee, its Office and Sở KH&CN, which trains and supports, see every unit.
 * - A commune unit (its agency code is its statistical code) sees itself and reports for itself.
 * - A token without an agency is narrowed by its scopes alone.
 */
const REPORTS_FOR_ALL = 'SNV';
const SEES_ALL: ReadonlySet<string> = new Set([REPORTS_FOR_ALL, 'UBND', 'VPUBND', 'SKHCN']);

type Caller = Pick<Actor, 'agency'>;

/** Code of the only unit the caller sees (nothing, for an agency that is no unit); null: every unit. */
export function visibleUnit({ agency }: Caller): string | null {
  return agency === null || SEES_ALL.has(agency) ? null : agency;
}

/** Whether the caller may report the head count of the unit with this statistical code. */
export function mayReport({ agency }: Caller, unitCode: string): boolean {
  return agency === null || agency === REPORTS_FOR_ALL || agency === unitCode;
}
