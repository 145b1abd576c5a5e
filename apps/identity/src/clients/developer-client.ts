import { SCOPES } from '#libs/contracts';
import { make } from '../fields.js';
import { hashClientSecret } from './client-secret.js';
import { Client } from './client.entity.js';

export const DEVELOPER_CLIENT_ID = 'developer';

/**
 * The client of the embedded default's `npm run token`: any scope, and any agency by the parameter `agency`. It is
 * in no table: it exists exactly while DEVELOPER_CLIENT_SECRET is set, which production leaves unset.
 */
export function developerClient(secret: string, now: Date): Client {
  return make(Client, {
    id: DEVELOPER_CLIENT_ID,
    name: 'Developer',
    kind: 'system',
    agency: null,
    scopes: [...SCOPES],
    redirectUris: [],
    postLogoutRedirectUris: [],
    firstParty: true,
    secretHash: hashClientSecret(secret),
    disabledAt: null,
    createdAt: now,
    updatedAt: now,
    version: 1,
  });
}
