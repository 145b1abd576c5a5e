import { QueryIntegerField, TextField } from '#libs/http';

const DEFAULT_EVENTS = 100;
const MOST_EVENTS = 500;
/** Proxies give up on an answer after 60 s. */
const LONGEST_WAIT_SECONDS = 30;

export class FeedQuery {
  @TextField({
    description: 'Cursor of the last event that the receiver has; left out: begin with the current state',
    max: 2_000,
    optional: true,
  })
  after?: string;

  @QueryIntegerField({
    description: 'Greatest number of events in a JSON answer',
    min: 1,
    max: MOST_EVENTS,
    optional: true,
    default: DEFAULT_EVENTS,
  })
  limit: number = DEFAULT_EVENTS;

  @QueryIntegerField({
    description: 'Seconds that a JSON answer waits for the first event',
    min: 0,
    max: LONGEST_WAIT_SECONDS,
    optional: true,
    default: 0,
  })
  wait: number = 0;
}
