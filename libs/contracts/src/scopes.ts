/** OAuth2 scopes. What each lets a caller do is narrowed further by the agency of its token. */
export const SCOPES = [
  'tasks:read',
  'tasks:write',
  'tasks:assign',
  'budget:read',
  'budget:write',
  'budget:appraise',
  'budget:approve',
  'registry:read',
  'registry:write',
  'sharing:request',
  'sharing:decide',
  'staffing:read',
  'staffing:write',
  'ioc:read',
  'ioc:display',
  'admin',
] as const;
export type Scope = (typeof SCOPES)[number];

/** Audience that every access token of this system names. */
export const AUDIENCE = 'urn:ioc';
