import { readFileSync } from 'node:fs';
import { optionalSetting } from '#libs/http';
import { readAllowedNetworks } from '#libs/webhooks';
import type { Channel } from '../contacts/contact.entity.js';

/** Which ways out an administrator has opened; see the README for the variables. */
export class DeliverySettings {
  constructor(
    /** Mail server and the address that mail comes from; null: no mail is sent. */
    readonly mail: { url: string; from: string } | null,
    /** Networks (CIDR) that are not public and may be called by webhooks nevertheless. */
    readonly allowedNetworks: readonly string[],
  ) {}

  get channels(): Channel[] {
    return this.mail ? ['email', 'webhook'] : ['webhook'];
  }
}

/** @throws Error naming the variable that is missing or wrong */
export function readDeliverySettings(environment: NodeJS.ProcessEnv): DeliverySettings {
  return new DeliverySettings(readMail(environment), readAllowedNetworks(environment));
}

function readMail(environment: NodeJS.ProcessEnv): DeliverySettings['mail'] {
  const file = optionalSetting(environment, 'SMTP_URL_FILE');
  const url =
    file === undefined ? optionalSetting(environment, 'SMTP_URL') : readFileSync(file, 'utf8').trim();
  if (url === undefined) return null;
  // The value itself stays out of the error: it may hold a password.
  if (!/^smtps?:\/\//.test(url)) throw new Error('SMTP_URL must begin with smtp:// or smtps://.');
  const from = optionalSetting(environment, 'SMTP_FROM');
  if (from === undefined || !/^[^\s@<>]+@[^\s@<>]+$/.test(from)) {
    throw new Error('SMTP_FROM must be the plain e-mail address that mail comes from, when SMTP_URL is set.');
  }
  return { url, from };
}
