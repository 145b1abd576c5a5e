import { EnumField, InstantField, IntegerField, TextField, UuidField } from '#libs/http';
import { RECIPIENT_ROLES, type RecipientRole } from '../notice.entity.js';
import { type Channel, CHANNELS, type Contact } from './contact.entity.js';

/** A contact as it is answered: without its secret. */
export class ContactView {
  @UuidField({ description: 'Identifier' })
  id: string;

  @IntegerField({ description: 'Version, for If-Match', min: 1 })
  version: number;

  @TextField({ description: 'Code of the agency', max: 64 })
  agency: string;

  @EnumField(CHANNELS, { description: 'How notices are carried' })
  channel: Channel;

  @EnumField(RECIPIENT_ROLES, { description: 'Whom of the agency it reaches' })
  role: RecipientRole;

  @TextField({ description: 'E-mail address, or address of the webhook', max: 2_000 })
  address: string;

  @InstantField({ description: 'Last change' })
  updatedAt: string;
}

export function toContactView(contact: Contact): ContactView {
  const { id, version, agencyCode, channel, role, address, updatedAt } = contact;
  return { id, version, agency: agencyCode, channel, role, address, updatedAt: updatedAt.toISOString() };
}
