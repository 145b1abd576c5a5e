import { parseArgs } from 'node:util';
import { SCOPES } from '#libs/contracts';
import type { DeveloperClient } from '../secrets/process-secrets.js';

export interface TokenRequest {
  scopes: string[];
  agency: string | undefined;
}

/**
 * Reads `SCOPE… [--agency CODE]`.
 *
 * @param usage how the command is written, for the error
 * @throws Error with the list of scopes
 */
export function readTokenRequest(argv: string[], usage: string): TokenRequest {
  const help = `Usage: ${usage} SCOPE… [--agency CODE]\nScopes: ${SCOPES.join(' ')}`;
  const { values, positionals } = parseArgs({
    args: argv,
    options: { agency: { type: 'string' } },
    allowPositionals: true,
  });
  const unknown = positionals.filter((scope) => !SCOPES.some((known) => known === scope));
  if (unknown.length > 0) throw new Error(`Unknown scope: ${unknown.join(', ')}\n${help}`);
  if (positionals.length === 0) throw new Error(help);
  return { scopes: positionals, agency: values.agency };
}

/**
 * Asks the issuer for an access token (client credentials).
 *
 * @throws Error with the issuer's reason when it gives none
 */
export async function requestToken(
  issuer: string,
  client: DeveloperClient,
  request: TokenRequest,
): Promise<string> {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64')}`,
    },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: request.scopes.join(' '),
      ...(request.agency === undefined ? {} : { agency: request.agency }),
    }),
  });
  const answer = (await response.json()) as {
    access_token?: string;
    error?: string;
    error_description?: string;
  };
  if (answer.access_token !== undefined) return answer.access_token;
  throw new Error(`No token: ${answer.error_description ?? answer.error ?? `status ${response.status}`}`);
}
