import { afterAll, beforeAll, beforeEach, describe } from '@jest/globals';
import { consumerBrokerTroubles } from './consumer-broker-troubles.js';
import { consumerCrashes } from './consumer-crashes.js';
import { consumerMessages } from './consumer-messages.js';
import { ConsumerStage } from './consumer-stage.js';
import type { ConsumerSubject } from './consumer-subject.js';

/** The consumer's half of the compliance suite, against one process, with the events of all real services. */
export function describeConsumer(subject: ConsumerSubject): void {
  describe(`${subject.process} as a consumer of every service`, () => {
    let opened: ConsumerStage | undefined;
    const stage = (): ConsumerStage => {
      if (!opened) throw new Error('the stage could not be set; see the first error');
      return opened;
    };

    beforeAll(async () => {
      opened = await ConsumerStage.open(subject);
      await opened.begin();
    }, 120_000);
    beforeEach(() => stage().heal());
    afterAll(async () => {
      await opened?.close();
    });

    consumerCrashes(stage);
    consumerMessages(stage);
    consumerBrokerTroubles(stage);
  });
}
