import type { BusAdmin } from '../../support/bus-admin.js';

interface Advisory {
  type: string;
  /** ISO 8601 */
  timestamp: string;
  stream: string;
  consumer: string;
  stream_seq: number;
}

/** The broker's own record of messages that one process handed back or gave up; services consume the streams, too. */
export interface WatchedAnswers {
  readonly count: number;
  /** When a message was handed back or given up, in milliseconds. */
  times(stream: string, streamSequence: number): number[];
  stop(): void;
}

export async function watchAnswers({ connection }: BusAdmin, process: string): Promise<WatchedAnswers> {
  const advisories: Advisory[] = [];
  const subscriptions = ['MSG_NAKED', 'MSG_TERMINATED'].map((kind) =>
    connection.subscribe(`$JS.EVENT.ADVISORY.CONSUMER.${kind}.>`, {
      callback: (_, message) => {
        const advisory = message.json<Advisory>();
        if (advisory.consumer === process) advisories.push(advisory);
      },
    }),
  );
  await connection.flush();
  return {
    get count() {
      return advisories.length;
    },
    times: (stream, streamSequence) =>
      advisories
        .filter((advisory) => advisory.stream === stream && advisory.stream_seq === streamSequence)
        .map(({ timestamp }) => Date.parse(timestamp)),
    stop: () => {
      for (const subscription of subscriptions) subscription.unsubscribe();
    },
  };
}
