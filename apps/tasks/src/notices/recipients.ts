import type { ReferenceData } from '#libs/reference';
import type { RecipientRole } from './notice.entity.js';

export interface Recipient {
  agency: string;
  role: RecipientRole;
}

/**
 * Each agency once per role, groups ("các sở, ban, ngành", "UBND cấp xã") replaced by their members: a group has nobody
 * who could read. A group whose members the reference data do not name stays, seen by those who follow all tasks.
 */
export function expandRecipients(recipients: readonly Recipient[], reference: ReferenceData): Recipient[] {
  const expanded = new Map<string, Recipient>();
  for (const { agency, role } of recipients) {
    for (const code of membersOf(agency, reference)) expanded.set(`${code} ${role}`, { agency: code, role });
  }
  return [...expanded.values()];
}

/** The agency itself, or the members of a group; a group without known members is answered as it is. */
function membersOf(code: string, reference: ReferenceData): string[] {
  if (reference.agency(code)?.kind !== 'group') return [code];
  const candidates = [...reference.agencies, ...reference.communes].map((candidate) => candidate.code);
  const members = candidates.filter((candidate) =>
    reference.groupsOf(candidate).some((group) => group.code === code),
  );
  return members.length > 0 ? members : [code];
}
