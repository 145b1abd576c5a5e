import { BooleanField, CursorQuery, TextField, UrlField } from '#libs/http';

export class SetWebhookBody {
  @UrlField({ description: 'http(s) address that takes a POST for each event, and agrees to it by OPTIONS' })
  url: string;

  @TextField({
    description: 'Key of the signatures, shared with the receiver; never answered',
    min: 16,
    max: 200,
  })
  secret: string;

  @BooleanField({
    description: 'Begin again with the current state of everything, instead of going on',
    optional: true,
    default: false,
  })
  fromState?: boolean;
}

export class ListDeadLettersQuery extends CursorQuery {}
