/** A refused call, as far as it matters whether it was an attempt at what is not the caller's. */
export interface RefusedCall {
  /** Template of the address, such as `/v1/grants/:id`. */
  route: string;
  /** Of the problem that was answered. */
  code: string;
  hasToken: boolean;
}

const OF_SHARING = /^\/v1\/(feeds|grants|packages|sharing-requests|sharing-figures|datasets)(\/|$)/;
/** Whoever may not see one of these is answered as if there were none. */
const OF_PARTIES = /^\/v1\/(grants|packages|sharing-requests)\/:id/;
/** Where GrantAccess has looked at grant and receiver, and recorded what it denied. */
const GRANT_LOOKED_AT = /^\/v1\/(feeds\/|grants\/:id\/(webhook|packages|credentials))/;
const PACKAGE = /^\/v1\/packages\//;

/** Why a refused call is a denied attempt; null: it is none, or is on record already. */
export function whyDenied({ route, code, hasToken }: RefusedCall): string | null {
  if (!OF_SHARING.test(route)) return null;
  switch (code) {
    case 'unauthenticated':
      return hasToken ? 'the token is forged, expired or of another issuer' : 'no token';
    case 'insufficient-scope':
      return 'the token lacks the scope';
    case 'other-agency':
      return GRANT_LOOKED_AT.test(route) || PACKAGE.test(route) ? null : 'for another agency';
    case 'not-found':
      return OF_PARTIES.test(route) && !GRANT_LOOKED_AT.test(route)
        ? 'nothing that this agency may see'
        : null;
    default:
      return null;
  }
}
