import { afterAll, beforeAll, beforeEach, describe } from '@jest/globals';
import { publisherBrokerTroubles } from './publisher-broker-troubles.js';
import { publisherCrashes } from './publisher-crashes.js';
import { publisherOutbox } from './publisher-outbox.js';
import { PublisherStage } from './publisher-stage.js';
import type { PublisherSubject } from './publisher-subject.js';

/** The publisher's half of the compliance suite, against one service. */
export function describePublisher(subject: PublisherSubject): void {
  describe(`${subject.service} as a publisher`, () => {
    let opened: PublisherStage | undefined;
    const stage = (): PublisherStage => {
      if (!opened) throw new Error('the stage could not be set; see the first error');
      return opened;
    };

    beforeAll(async () => {
      opened = await PublisherStage.open(subject);
      await opened.publisher.begin();
    }, 120_000);
    beforeEach(() => stage().heal());
    afterAll(async () => {
      await opened?.close();
    });

    publisherCrashes(stage);
    publisherBrokerTroubles(stage);
    publisherOutbox(stage);
  });
}
