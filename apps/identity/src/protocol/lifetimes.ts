const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** All in seconds. A token cannot be taken back once it is out, so it lives an hour. */
export const ACCESS_TOKEN_SECONDS = HOUR;

/** A working day and a bit: who comes back the next morning logs in again. */
const SESSION = 12 * HOUR;

export const LIFETIMES = {
  AccessToken: ACCESS_TOKEN_SECONDS,
  ClientCredentials: ACCESS_TOKEN_SECONDS,
  IdToken: HOUR,
  AuthorizationCode: MINUTE,
  Interaction: 15 * MINUTE,
  Session: SESSION,
  RefreshToken: SESSION,
  Grant: 14 * 24 * HOUR,
} as const;
