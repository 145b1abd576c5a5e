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
 * - Arrivals of data and results of checks come from the owner, the operator and Sở KH&CN; what is expected of a database
 *   (frequency, mandatory fields, allowed errors) is for the owner and Sở KH&CN to say.
 * - Terms of the shared dictionary are kept by Sở KH&CN, the fields of a database and their mapping by its owner.
 * - Without a token anybody reads, for open-data portals, how databases are described whose owner stated that they are
 *   open (`publication.access`); with `registry:read` everything is in that catalogue.
 * - The owner reports on its databases; only Sở KH&CN enters a report with the earlier day on which it came on paper.
 * - Datasets are seen by everybody. A request or grant is seen by the agency that asked, by the one that shares, and by
 *   Sở KH&CN; a late request that was reported to it also by the Provincial Office. Asking, deciding, suspending,
 *   withdrawing and publishing are done by the agency concerned and by nobody else, Sở KH&CN and tokens without an
 *   agency included.
 * - A record of the exchange log is seen by the agency that provided and by the one that received, or tried to. Sở KH&CN,
 *   which keeps the exchange, and Công an tỉnh, which watches security, see all, and take the log away to verify it.
 */
export const KEEPER = 'SKHCN';
const SECURITY = 'CAT';
/** To whom answers that stay away are reported last. */
export const PROVINCIAL_OFFICE = 'VPUBND';

type Caller = Pick<Actor, 'agency'>;

export function mayKeep({ agency }: Caller): boolean {
  return agency === null || agency === KEEPER;
}

export function mayWriteEntry(caller: Caller, ownerCode: string | null): boolean {
  return mayKeep(caller) || caller.agency === ownerCode;
}

export function mayReportQuality(
  caller: Caller,
  ownerCode: string | null,
  operatorCode: string | null,
): boolean {
  return mayWriteEntry(caller, ownerCode) || (operatorCode !== null && caller.agency === operatorCode);
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
  return mayWriteEntry(caller, ownerCode) || speaksFor(caller, enterpriseCode);
}

/** Whether the caller is of that agency or enterprise itself. */
export function speaksFor({ agency }: Caller, code: string | null): boolean {
  return agency !== null && agency === code;
}

/** Which rows of requests and grants an agency may see: `$1` is its code, or null. */
export function visibleSharing(requester: string, provider: string): string {
  return `($1::text IS NULL OR $1 = '${KEEPER}' OR $1 IN (${requester}, ${provider}))`;
}

export function maySeeAllExchanges(caller: Caller): boolean {
  return mayKeep(caller) || caller.agency === SECURITY;
}
