import type { Actor } from '#libs/auth';

/**
 * Who may see and change what in the registry, beyond the scope of the token. The whole rule is in this file.
 *
 * Everybody with `registry:read` sees the whole catalogue: it is there so that agencies find what others have. Sở KH&CN
 * keeps it and changes every entry; an owning agency changes its own. Entries whose owner is not determined, or no
 * longer exists, are left to Sở KH&CN. A token without an agency is narrowed by its scopes alone.
 *
 * - Lists of databases are kept by Sở KH&CN, which also decides on proposals; an owning agency proposes its own.
 * - Security levels are set by the owner, by Sở KH&CN, and by Công an tỉnh, which appraises security.
 * - An enterprise of the reference list registers for any database, and sees and changes its own registrations only:
 *   what others offer is their business secret until the owner has chosen. Owner and Sở KH&CN see all of them, and
 *   record those that came on paper. Everybody sees which enterprises were chosen.
 * - The owner reports on its databases; only Sở KH&CN enters a report with the earlier day on which it came on paper.
 */
export const KEEPER = 'SKHCN';
const SECURITY = 'CAT';

type Caller = Pick<Actor, 'agency'>;

export function mayKeep({ agency }: Caller): boolean {
  return agency === null || agency === KEEPER;
}

export function mayWriteEntry(caller: Caller, ownerCode: string | null): boolean {
  return mayKeep(caller) || caller.agency === ownerCode;
}

export function maySetSecurity(caller: Caller, ownerCode: string | null): boolean {
  return mayWriteEntry(caller, ownerCode) || caller.agency === SECURITY;
}

/** Whether the caller may register an enterprise for a database of that owner, and withdraw it again. */
export function mayActForEnterprise(
  caller: Caller,
  ownerCode: string | null,
  enterpriseCode: string | null,
): boolean {
  return mayWriteEntry(caller, ownerCode) || isThatEnterprise(caller, enterpriseCode);
}

/** Whether the caller is that enterprise itself. */
export function isThatEnterprise({ agency }: Caller, enterpriseCode: string | null): boolean {
  return agency !== null && agency === enterpriseCode;
}
