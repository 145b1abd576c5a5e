import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '#libs/calendar';
import { type NetworkGuard, WebhookFailure, WebhookSender } from '#libs/webhooks';
import type { FeedEvent } from '../sources/feed-event.js';
import { binaryForm } from './binary-mode.js';
import type { Poster, PostResult } from './poster.js';
import type { ClaimedWebhook } from './webhook-book.js';

/** Calls to one receiver at the same time. */
const CALLS_AT_ONCE = 4;
/** No call of a round begins later, so that a round ends long before its sending counts as abandoned. */
const LONGEST_ROUND_MILLISECONDS = 60_000;
const MINUTE = 60_000;
const GONE = 410;
/**
 * Answers that say something about this event rather than about the receiver as a whole. Any other failure (nobody
 * there, overload, an address or credentials that are wrong) passes without a tried event being given up.
 */
const ABOUT_THE_EVENT = new Set([400, 406, 409, 411, 413, 414, 415, 417, 422, 431, 500, 501, 505]);

/** Calls one receiver: events of one aggregate one after the other, of others at the same time. */
export class EventPoster implements Poster {
  private readonly sender: WebhookSender;

  constructor(
    private readonly webhook: Pick<ClaimedWebhook, 'url' | 'callsPerMinute'> & { secret: string },
    guard: NetworkGuard,
    private readonly clock: Clock,
  ) {
    this.sender = new WebhookSender(guard, CALLS_AT_ONCE);
  }

  close(): void {
    this.sender.close();
  }

  /** None more is tried once the receiver as a whole is not to be had. */
  async post(events: readonly FeedEvent[], stop: AbortSignal): Promise<Map<FeedEvent, PostResult>> {
    const results = new Map<FeedEvent, PostResult>();
    const aggregates = Object.values(Object.groupBy(events, ({ busSubject }) => busSubject)).values();
    const end = performance.now() + LONGEST_ROUND_MILLISECONDS;
    let unavailable = false;
    const work = async () => {
      for (const ofOne of aggregates) {
        for (const event of ofOne ?? []) {
          if (unavailable || stop.aborted || performance.now() > end) return;
          const result = await this.call(event);
          results.set(event, result);
          if (result.taken) continue;
          if (!result.aboutTheEvent) unavailable = true;
          break;
        }
      }
    };
    const workers = this.webhook.callsPerMinute === null ? CALLS_AT_ONCE : 1;
    await Promise.all(Array.from({ length: workers }, work));
    return results;
  }

  private async call(event: FeedEvent): Promise<PostResult> {
    const { url, secret, callsPerMinute } = this.webhook;
    const pause = callsPerMinute === null ? null : sleep(MINUTE / callsPerMinute);
    try {
      const { status } = await this.sender.call(url, {
        method: 'POST',
        ...binaryForm(event, secret, this.clock.now()),
      });
      await pause;
      if (status >= 200 && status <= 299) return { taken: true };
      const error = `the receiver answered ${status}`;
      return {
        taken: false,
        error,
        left: true,
        aboutTheEvent: ABOUT_THE_EVENT.has(status),
        gone: status === GONE,
      };
    } catch (error) {
      if (!(error instanceof WebhookFailure)) throw error;
      return { taken: false, error: error.message, left: error.left, aboutTheEvent: false, gone: false };
    }
  }
}
