import type { Actor } from '#libs/auth';

/**
 * Who may change which entries of the registry, beyond the scope of the token. The whole rule is in this file.
 *
 * Everybody with `registry:read` sees the whole catalogue: it is there so that agencies find what others have. Sở KH&CN
 * keeps it and changes every entry; an owning agency changes its own. Entries whose owner is not determined, or no
 * longer exists, are left to Sở KH&CN. A token without an agency is narrowed by its scopes alone.
 */
const KEEPER = 'SKHCN';

export function mayWriteEntry({ agency }: Pick<Actor, 'agency'>, ownerCode: string | null): boolean {
  return agency === null || agency === KEEPER || agency === ownerCode;
}
