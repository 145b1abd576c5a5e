import { ApiProperty } from '@nestjs/swagger';
import { EnumField, InstantField, kinds, ListField, TextField, UuidField } from '#libs/http';
import { FEED_STARTS, type FeedStart } from '../sources/feed-reader.js';

const LONGEST = 2_000;

/** An event in CloudEvents' structured mode. */
class CloudEventView {
  @TextField({ description: 'CloudEvents version', max: 10, example: '1.0' })
  specversion: string;

  @UuidField({ description: 'Identifier of the event; the same on every way and at every repetition' })
  id: string;

  @TextField({ description: 'Service that it comes from', max: LONGEST, example: '/services/tasks' })
  source: string;

  @TextField({ description: 'Type', max: LONGEST, example: 'vn.ioc.tasks.task.completed.v1' })
  type: string;

  @TextField({ description: 'Identifier of the aggregate', max: LONGEST })
  subject: string;

  @InstantField({ description: 'When it happened' })
  time: string;

  @TextField({ description: 'Version of the aggregate; the newer one wins', max: 20, example: '3' })
  sequence: string;

  @TextField({ description: 'Schema of the data', max: LONGEST })
  dataschema: string;

  @TextField({ description: 'Content type of the data', max: LONGEST, example: 'application/json' })
  datacontenttype: string;

  @TextField({ description: 'Where to go on behind this event: for `after`', max: LONGEST })
  cursor: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description:
      'State of the aggregate as far as it is granted, and `changed`; `data_base64` for what is not JSON',
  })
  data: Record<string, unknown>;
}

export class FeedChangesView {
  @ListField(kinds.object(() => CloudEventView), {
    description: 'Events in the order of the stream',
    max: 500,
  })
  items: CloudEventView[];

  @TextField({ description: 'Where to go on: for `after`', max: LONGEST })
  nextCursor: string;

  @EnumField(FEED_STARTS, {
    description: '`restarted`: the stream was made anew since the cursor; the current state comes again',
  })
  start: FeedStart;
}
