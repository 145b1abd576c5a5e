import { structuredForm, type FeedEvent } from '../delivery/sources/feed-event.js';
import type { Poster, PostResult } from '../delivery/webhook/poster.js';
import type { LiveGrant } from '../sharing/grants/live-grants.js';
import { type NationalPlatform, PlatformRefusal } from './national-platform.js';

/** Pushes the events of a grant to the national platform, one after the other. */
export class PlatformPoster implements Poster {
  constructor(
    private readonly platform: NationalPlatform,
    private readonly grant: Pick<LiveGrant, 'id' | 'datasetCode'>,
  ) {}

  async post(events: readonly FeedEvent[], stop: AbortSignal): Promise<Map<FeedEvent, PostResult>> {
    const results = new Map<FeedEvent, PostResult>();
    for (const event of events) {
      if (stop.aborted) break;
      const result = await this.push(event);
      results.set(event, result);
      if (!result.taken) break;
    }
    return results;
  }

  close(): void {
    // Nothing is kept open.
  }

  private async push(event: FeedEvent): Promise<PostResult> {
    const { id: grant, datasetCode: dataset } = this.grant;
    try {
      await this.platform.pushMessage({ id: event.id, dataset, grant, event: structuredForm(event) });
      return { taken: true };
    } catch (error) {
      const aboutTheEvent = error instanceof PlatformRefusal;
      return { taken: false, error: (error as Error).message, left: true, aboutTheEvent, gone: false };
    }
  }
}
