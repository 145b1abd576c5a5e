import type { SecretTable } from '#libs/webhooks';
import type { Contact } from './contact.entity.js';

/** Where the secrets of agencies' webhooks lie; {@link secretOwner} says the same of a contact. */
export const CONTACT_SECRETS: SecretTable = {
  name: 'contact',
  owner: `agency_code || ' ' || channel || ' ' || role || ' ' || address`,
};

/** What the secret of a contact is sealed for. */
export function secretOwner({
  agencyCode,
  channel,
  role,
  address,
}: Pick<Contact, 'agencyCode' | 'channel' | 'role' | 'address'>): string {
  return [agencyCode, channel, role, address].join(' ');
}
