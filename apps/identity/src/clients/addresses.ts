import { fieldProblem } from '#libs/http';
import type { ClientKind } from './client.entity.js';

interface Addresses {
  kind: ClientKind;
  redirectUris: readonly string[];
  postLogoutRedirectUris: readonly string[];
}

const LOOPBACK = /^http:\/\/(127\.0\.0\.1|\[::1\])(:\d+)?(\/|$)/;
/** Plain http would show the code to the network; on the machine itself there is none. */
export const SECURE = /^(https:\/\/|http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(:\d+)?(\/|$))/;

/**
 * Checks where people are sent back to: an application needs at least one address, a system has none; https, but for
 * addresses of the same machine; programs on a person's machine only those (RFC 8252, section 7.3, any port).
 * Throws 400 `validation-failed`.
 */
export function assertAddresses({ kind, redirectUris, postLogoutRedirectUris }: Addresses): void {
  if (kind === 'system' && redirectUris.length > 0) {
    throw fieldProblem({ field: 'redirectUris', code: 'too-many', parameters: { max: 0 } });
  }
  if (kind !== 'system' && redirectUris.length === 0) {
    throw fieldProblem({ field: 'redirectUris', code: 'too-few', parameters: { min: 1 } });
  }
  const allowed = kind === 'native' ? LOOPBACK : SECURE;
  for (const [field, addresses] of Object.entries({ redirectUris, postLogoutRedirectUris })) {
    const wrong = addresses.findIndex((address) => !allowed.test(address) || address.includes('#'));
    if (wrong >= 0) {
      throw fieldProblem({
        field: `${field}[${String(wrong)}]`,
        code: 'wrong-pattern',
        parameters: { pattern: kind === 'native' ? 'http://127.0.0.1/…' : 'https://…' },
      });
    }
  }
}
