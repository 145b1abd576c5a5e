import { metrics } from '@opentelemetry/api';

// Instruments are looked up lazily: the meter provider is registered by the bootstrap before the first use.
const meter = () => metrics.getMeter('messaging');

function lazily<T>(make: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= make());
}

const published = lazily(() =>
  meter().createCounter('ioc_outbox_published_total', { description: 'Events that the broker acknowledged' }),
);
const handled = lazily(() =>
  meter().createCounter('ioc_consumer_handled_total', {
    description: 'Messages handled, by stream and outcome',
  }),
);
const duration = lazily(() =>
  meter().createHistogram('ioc_consumer_batch_duration_seconds', {
    description: 'Time of one transaction of inbox and effect',
    unit: 's',
    advice: { explicitBucketBoundaries: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5] },
  }),
);
const deadLetters = lazily(() =>
  meter().createCounter('ioc_dead_letters_total', { description: 'Messages put aside, by reason' }),
);

export const relayMetrics = {
  published: {
    add: (count: number): void => {
      published().add(count);
    },
  },
};

export const consumerMetrics = {
  handled: (stream: string, outcome: 'applied' | 'duplicate' | 'failed', count: number): void => {
    if (count > 0) handled().add(count, { stream, outcome });
  },
  batch: (stream: string, seconds: number): void => {
    duration().record(seconds, { stream });
  },
  deadLetter: (reason: string): void => {
    deadLetters().add(1, { reason });
  },
};
