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

interface IssuedCredentials {
  credentials: string | null;
  datasets: string[];
}

/**
 * Asks the registry for the connection of a grant and for new credentials; those issued before end with it.
 *
 * @param registryUrl for example `https://registry.example.vn`
 * @param token of the receiving agency, scope `sharing:request`
 * @throws Error with the registry's own words
 */
export async function fetchGrantAccess(
  registryUrl: string,
  token: string,
  grantId: string,
): Promise<GrantAccess> {
  const grant = new URL(`/v1/grants/${encodeURIComponent(grantId)}/`, registryUrl);
  const connection = await ask<GrantConnection>(new URL('connection', grant), token, 'GET');
  const issued = await ask<IssuedCredentials>(new URL('credentials', grant), token, 'POST');
  if (issued.credentials === null) throw new Error('the registry made no key pair');
  return { connection, credentials: issued.credentials, datasets: issued.datasets };
}

async function ask<Answer>(url: URL, token: string, method: 'GET' | 'POST'): Promise<Answer> {
  const answer = await fetch(url, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(method === 'POST' && { body: '{}' }),
  });
  const body = (await answer.json()) as Answer & { title?: string; detail?: string };
  if (!answer.ok) throw new Error(`${method} ${url.pathname}: ${body.detail ?? body.title ?? answer.status}`);
  return body;
}
