import { CodeField, CursorQuery, EnumField, TextField, UrlField } from '#libs/http';
import { RECIPIENT_ROLES, type RecipientRole } from '../notice.entity.js';

/** One mailbox, no display name, no list: what is stored goes into a header. */
const EMAIL = /^[A-Za-z0-9._%+'-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/;
const MAX_EMAIL = 254;

const ROLE = 'Whom of the agency it reaches; desk (văn thư) also gets what is for a role without a contact';

export class EmailContactBody {
  @EnumField(RECIPIENT_ROLES, { description: ROLE, optional: true, default: 'desk' })
  role: RecipientRole = 'desk';

  @CodeField(EMAIL, { description: 'E-mail address', max: MAX_EMAIL, example: 'vanthu@skhcn.example.vn' })
  address: string;
}

export class WebhookContactBody {
  @EnumField(RECIPIENT_ROLES, { description: ROLE, optional: true, default: 'desk' })
  role: RecipientRole = 'desk';

  @UrlField({ description: 'http(s) address that takes a POST with JSON; see the README for the signature' })
  address: string;

  @TextField({
    description: 'Key of the signatures, shared with the receiver; never answered',
    min: 16,
    max: 200,
  })
  secret: string;
}

export class ListContactsQuery extends CursorQuery {}
