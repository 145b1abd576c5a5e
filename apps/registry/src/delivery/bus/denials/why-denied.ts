import type { BusDenial } from '#libs/contracts';
import type { CredentialHolder } from '../credentials/credential.store.js';

/**
 * What is known of a denial. The broker says only that a login failed; which of the reasons it was, follows from what
 * was issued. A key that was shown proves nothing of who showed it.
 */
export function whyDenied(
  { user, kind }: BusDenial,
  holder: Pick<CredentialHolder, 'expiresAt' | 'revokedAt'> | null,
  now: Date,
): string {
  if (kind !== 'login') return 'no permission for this subject';
  if (user === null) return 'login without a credential';
  if (!holder) return 'login with a key that was never issued';
  if (holder.revokedAt) return 'login with a revoked credential';
  if (holder.expiresAt <= now) return 'login with an expired credential';
  return 'login without the secret of the credential, or with an altered or replaced one';
}
