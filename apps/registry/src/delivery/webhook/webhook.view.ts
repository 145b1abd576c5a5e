import { InstantField, IntegerField, TextField, UrlField, UuidField } from '#libs/http';

const LONGEST = 2_000;

export class WebhookView {
  @UuidField({ description: 'Grant' })
  grant: string;

  @IntegerField({ description: 'Version of address and secret, from 1' })
  version: number;

  @UrlField({ description: 'Address' })
  url: string;

  @IntegerField({ description: 'Calls in a minute that the receiver allows; null: no limit', nullable: true })
  callsPerMinute: number | null;

  @InstantField({ description: 'Since when it has taken nothing; null: it works', nullable: true })
  failingSince: string | null;

  @TextField({ description: 'Why the last failing call failed', max: LONGEST, nullable: true })
  lastError: string | null;

  @InstantField({
    description: 'When it answered 410 (gone): nothing is sent until it is set again',
    nullable: true,
  })
  stoppedAt: string | null;

  @IntegerField({ description: 'Events that were given up and not sent again since', min: 0 })
  deadLetters: number;
}

export class DeadLetterView {
  @UuidField({ description: 'Identifier of the event' })
  eventId: string;

  @IntegerField({ description: 'Its place in the stream' })
  streamSequence: number;

  @TextField({ description: 'Type of the event', max: LONGEST })
  type: string;

  @TextField({ description: 'Identifier of the aggregate', max: LONGEST })
  subject: string;

  @IntegerField({ description: 'How often it was tried' })
  attempts: number;

  @TextField({ description: 'What the last try came to', max: LONGEST })
  error: string;

  @InstantField({ description: 'When it was given up' })
  diedAt: string;

  @InstantField({ description: 'When it was asked to be sent again; null: it was not', nullable: true })
  replayAskedAt: string | null;
}
