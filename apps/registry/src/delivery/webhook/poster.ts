import type { FeedEvent } from '../sources/feed-event.js';

/** What came of sending an event. */
export type PostResult =
  | { taken: true }
  | {
      taken: false;
      error: string;
      /** The receiver may have it nevertheless. */
      left: boolean;
      /** It says something about this event rather than about the receiver as a whole. */
      aboutTheEvent: boolean;
      /** The address is no more. */
      gone: boolean;
    };

/** Sends events to one receiver. */
export interface Poster {
  /** @returns what came of each event that was tried; later events of an aggregate are not tried behind one that failed */
  post(events: readonly FeedEvent[], stop: AbortSignal): Promise<Map<FeedEvent, PostResult>>;
  close(): void;
}
