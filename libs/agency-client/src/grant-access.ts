/** Where and how an agency reaches what a grant gives it: the answer of `GET /v1/grants/{id}/connection`. */
export interface GrantConnection {
  /** Addresses of the bus, for example `nats://bus.example.vn:4222`. */
  servers: string[];
  stream: string;
  /** The grant's durable consumer: the broker remembers in it how far the agency has come. */
  consumer: string;
  inboxPrefix: string;
  apiPrefix: string;
}

/** What a program needs to work with a grant; holds a secret, so it belongs in a file that only the program reads. */
export interface GrantAccess {
  connection: GrantConnection;
  /** Text of the credentials file (.creds). */
  credentials: string;
  /** Own datasets that these credentials may publish. */
  datasets: string[];
}

/** The grant is withdrawn, suspended or over, or its credentials were replaced. Ask the registry which. */
export class AccessEnded extends Error {}

interface IssuedCredentials {
  jwt: string;
  credentials: string | null;
  datasets: string[];
}

const ANSWER_MILLISECONDS = 30_000;
/** Answers that asking again does not change. */
const REFUSALS: readonly number[] = [403, 404, 409];
/** The line of a credentials file that the broker is shown; the middle part are its claims. */
const JWT_LINE = /^[\w-]+\.([\w-]+)\.[\w-]+$/m;

/**
 * Asks the registry for the connection of a grant and for credentials.
 *
 * @param registryUrl for example `https://registry.example.vn`
 * @param token of the receiving agency, scope `sharing:request`
 * @param present access whose key pair goes on, so that nothing ends; without it a new one is made, and what was issued
 *   before ends with it
 * @throws AccessEnded when the registry refuses, Error when it does not answer well; both with its own words
 */
export async function fetchGrantAccess(
  registryUrl: string,
  token: string,
  grantId: string,
  present?: GrantAccess,
): Promise<GrantAccess> {
  const grant = new URL(`/v1/grants/${encodeURIComponent(grantId)}/`, registryUrl);
  const connection = await ask<GrantConnection>(new URL('connection', grant), token);
  const wanted = present ? { publicKey: claimsOf(present).sub } : {};
  const issued = await ask<IssuedCredentials>(new URL('credentials', grant), token, wanted);
  const credentials = issued.credentials ?? present?.credentials.replace(JWT_LINE, () => issued.jwt);
  if (credentials === undefined) throw new Error('the registry made no key pair');
  return { connection, credentials, datasets: issued.datasets };
}

/** When the broker ends these credentials, in milliseconds since 1970; infinite when it does not. */
export function endOf(access: GrantAccess): number {
  return (claimsOf(access).exp ?? Infinity) * 1_000;
}

/** `sub` is the public key, `exp` in seconds. */
function claimsOf({ credentials }: GrantAccess): { sub: string; exp?: number } {
  const claims = JWT_LINE.exec(credentials)?.[1];
  if (claims === undefined) throw new Error('these are no credentials of a user of the bus');
  return JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as { sub: string; exp?: number };
}

/** @param sent body of a POST; undefined: it is a GET */
async function ask<Answer>(url: URL, token: string, sent?: object): Promise<Answer> {
  const method = sent ? 'POST' : 'GET';
  const answer = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(sent && { body: JSON.stringify(sent) }),
    signal: AbortSignal.timeout(ANSWER_MILLISECONDS),
  });
  const body = (await answer.json()) as Answer & { title?: string; detail?: string };
  if (answer.ok) return body;
  const words = `${method} ${url.pathname}: ${body.detail ?? body.title ?? answer.status}`;
  throw REFUSALS.includes(answer.status) ? new AccessEnded(words) : new Error(words);
}
