import { context, propagation, ROOT_CONTEXT, type Span, SpanKind, trace } from '@opentelemetry/api';
import type { JetStreamClient } from '@nats-io/jetstream';
import { eventSubject, type ServiceName } from '#libs/contracts';
import { encodeHeaders, type StoredEvent } from '../event.js';
import type { AcknowledgedEvent } from './outbox-store.js';

const ACKNOWLEDGE_MILLISECONDS = 5_000;

export interface BatchResult {
  acknowledged: AcknowledgedEvent[];
  /** The first refusal, when there was one. */
  error: unknown;
}

/**
 * Publishes all at once and waits for every acknowledgement. All are written to the socket before anything else can
 * happen in this process, so that a broken link loses a tail of them, never one in the middle.
 */
export async function publishBatch(
  jetstream: JetStreamClient,
  service: ServiceName,
  events: readonly StoredEvent[],
): Promise<BatchResult> {
  const results = await Promise.allSettled(events.map((event) => publish(jetstream, service, event)));
  const acknowledged: AcknowledgedEvent[] = [];
  // After a refused event, later ones of the same aggregate are sent again behind it: the order within an aggregate holds.
  const refusedAggregates = new Set<string>();
  let error: unknown = null;
  results.forEach((result, index) => {
    const event = events[index]!;
    const aggregate = `${event.aggregate}/${event.aggregate_id}`;
    if (result.status === 'rejected') {
      error ??= result.reason;
      refusedAggregates.add(aggregate);
    } else if (!refusedAggregates.has(aggregate)) {
      acknowledged.push({ id: event.id, streamSequence: result.value });
    }
  });
  return { acknowledged, error };
}

async function publish(jetstream: JetStreamClient, service: ServiceName, event: StoredEvent): Promise<number> {
  const span = startPublishSpan(event);
  try {
    const acknowledgement = await jetstream.publish(
      eventSubject(service, event.aggregate, event.aggregate_id),
      event.data,
      {
        headers: encodeHeaders(service, event, span ? traceparentOf(span) : event.traceparent),
        timeout: ACKNOWLEDGE_MILLISECONDS,
      },
    );
    return acknowledgement.seq;
  } finally {
    span?.end();
  }
}

/** A span is made only for an event whose trace is recorded; the others just carry their trace id on. */
function startPublishSpan(event: StoredEvent): Span | null {
  if (!event.traceparent?.endsWith('-01')) return null;
  const parent = propagation.extract(ROOT_CONTEXT, { traceparent: event.traceparent });
  return trace.getTracer('messaging').startSpan(
    `publish ${event.type}`,
    {
      kind: SpanKind.PRODUCER,
      attributes: { 'messaging.system': 'nats', 'messaging.message.id': event.event_id, 'ioc.aggregate.id': event.aggregate_id },
    },
    parent,
  );
}

export function traceparentOf(span: Span): string | null {
  const carrier: { traceparent?: string } = {};
  propagation.inject(trace.setSpan(context.active(), span), carrier);
  return carrier.traceparent ?? null;
}
