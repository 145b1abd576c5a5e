import type { Actor } from '#libs/auth';
import type { AgencyRef } from '#libs/contracts';
import type { ReferenceData } from '#libs/reference';
import { visibleAgencies } from '../access/tasks-access.js';
import type { Duty } from './duties/duty.entity.js';

type Caller = Pick<Actor, 'agency'>;
type Parties = Pick<Duty, 'ownerCode' | 'agencies' | 'recipients'>;

/**
 * Whether the caller sees the reports of all agencies: those who follow all tasks (access/tasks-access.ts), who set the
 * duty, and who receive its reports. Everybody else sees its own reports only.
 */
export function overseesReports(caller: Caller, duty: Parties, reference: ReferenceData): boolean {
  if (visibleAgencies(caller, reference) === null) return true;
  return caller.agency === duty.ownerCode || duty.recipients.some(({ code }) => code === caller.agency);
}

/** Whether the duty exists for the caller: who oversees it, or is to report, by name or as one of a group. */
export function seesDuty(caller: Caller, duty: Parties, reference: ReferenceData): boolean {
  const visible = visibleAgencies(caller, reference);
  if (visible === null || overseesReports(caller, duty, reference)) return true;
  return duty.agencies.some(({ code }) => code !== null && visible.includes(code));
}

/** An agency reports for itself only, whoever else may read it; a token without an agency is narrowed by its scopes. */
export function mayReportAs(caller: Caller, agencyCode: string): boolean {
  return caller.agency === null || caller.agency === agencyCode;
}

/**
 * The agencies that owe a report: groups ("các sở, ban, ngành", "UBND cấp xã") are replaced by their members of today,
 * less those to whom the reports go. Who is named itself always reports.
 */
export function reportersOf(
  { agencies, recipients }: Pick<Parties, 'agencies' | 'recipients'>,
  reference: ReferenceData,
): (AgencyRef & { code: string })[] {
  const reporters = new Map<string, string>();
  for (const { code, name } of agencies) {
    if (code === null) continue;
    if (reference.agency(code)?.kind !== 'group') reporters.set(code, name);
    for (const member of membersOf(code, reference)) {
      if (!recipients.some((recipient) => recipient.code === member.code))
        reporters.set(member.code, member.name);
    }
  }
  return [...reporters].map(([code, name]) => ({ code, name }));
}

/** In the order of the reference list, commune committees last; empty for what is no group, or one of unknown members. */
export function membersOf(groupCode: string, reference: ReferenceData): { code: string; name: string }[] {
  const codes = [...reference.agencies, ...reference.communes].map(({ code }) => code);
  return codes
    .filter((code) => reference.groupsOf(code).some((group) => group.code === groupCode))
    .map((code) => ({ code, name: reference.agency(code)?.name ?? code }));
}
