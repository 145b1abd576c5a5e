/** A refused call, as far as it matters whether it was an attempt at what is not the caller's. */
export interface RefusedCall {
  /** Template of the address, such as `/v1/grants/:id`. */
  route: string;
  /** Of the problem that was answered. */
  code: string;
  hasToken: boolean;
}

const OF_SHARING =
  /^\/v1\/(feeds|grants|packages|sharing-requests|sharing-figures|datasets|exchange-(log|records|statistics))([./]|$)/;
/** Whoever may not see one of these is answered as if there were none. */
const OF_PARTIES = /^\/v1\/((grants|packages|sharing-requests)\/:id|exchange-records\/:sequence)/;
/** Where GrantAccess has looked at grant and receiver, and recorded what it denied. */
const GRANT_LOOKED_AT = /^\/v1\/(feeds\/|grants\/:id\/(webhook|packages|credentials))/;
const PACKAGE = /^\/v1\/packages\//;

/** By which the receiver itself gets nothing. */
const NOT_IN_FORCE: Readonly<Record<string, string>> = {
  'grant-suspended': 'the grant is suspended',
  'grant-withdrawn': 'the grant is withdrawn',
  'grant-outside-its-days': 'outside the days of the grant',
  'grant-other-method': 'the grant is for another method',
};

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
      return GRANT_LOOKED_AT.test(route) ? null : (NOT_IN_FORCE[code] ?? null);
  }
}
