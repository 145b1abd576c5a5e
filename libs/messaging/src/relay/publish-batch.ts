import { context, propagation, ROOT_CONTEXT, type Span, SpanKind, trace } from '@opentelemetry/api';
import { eventSubject, type ServiceName } from '#libs/contracts';
import type { Bus } from '../bus/bus-connection.js';
import { encodeHeaders, type StoredEvent } from '../event.js';
import type { AcknowledgedEvent } from './outbox-store.js';
import type { StreamPublisher } from './stream-publisher.js';

export interface BatchResult {
  acknowledged: AcknowledgedEvent[];
  /** The first refusal, when there was one. */
  error: unknown;
}

/**
 * Publishes the events of different aggregates all at once, those of one aggregate one after the other: an event
 * leaves when the broker has acknowledged the one before it, so that none can overtake one that was refused. An older
 * event behind a newer one would stay "the last message of the subject": the broker drops the newer one, sent again
 * behind it, as a duplicate.
 */
export async function publishBatch(
  { publisher, broken }: Bus,
  service: ServiceName,
  events: readonly StoredEvent[],
): Promise<BatchResult> {
  const result: BatchResult = { acknowledged: [], error: null };
  const aggregates = Object.values(
    Object.groupBy(events, (event) => `${event.aggregate}/${event.aggregate_id}`),
  );
  const all = Promise.all(
    aggregates.map(async (ofOneAggregate = []) => {
      try {
        let stored = 0;
        for (const event of ofOneAggregate) {
          broken.throwIfAborted();
          const streamSequence = await publish(publisher, service, event);
          if (streamSequence < stored) throw new DroppedAsDuplicate(event);
          stored = streamSequence;
          result.acknowledged.push({ id: event.id, streamSequence });
        }
      } catch (error) {
        result.error ??= error;
      }
    }),
  );
  await untilBroken(all, broken);
  if (broken.aborted) result.error ??= broken.reason;
  return { ...result, acknowledged: [...result.acknowledged] };
}

/** Does not wait for the time limits of answers that cannot come any more. */
async function untilBroken(work: Promise<unknown>, broken: AbortSignal): Promise<void> {
  const breaking = Promise.withResolvers<unknown>();
  broken.addEventListener('abort', breaking.resolve);
  await Promise.race([work, breaking.promise]);
  broken.removeEventListener('abort', breaking.resolve);
}

/** The older event was stored anew, this one was not since it had been sent within the duplicate window. */
class DroppedAsDuplicate extends Error {
  constructor(event: StoredEvent) {
    super(`${event.type} ${event.aggregate_id} cannot be sent again yet, and must stand behind an older one`);
  }
}

async function publish(
  publisher: StreamPublisher,
  service: ServiceName,
  event: StoredEvent,
): Promise<number> {
  const span = startPublishSpan(event);
  try {
    return await publisher.publish(
      eventSubject(service, event.aggregate, event.aggregate_id),
      event.data,
      encodeHeaders(service, event, span ? traceparentOf(span) : event.traceparent),
    );
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
      attributes: {
        'messaging.system': 'nats',
        'messaging.message.id': event.event_id,
        'ioc.aggregate.id': event.aggregate_id,
      },
    },
    parent,
  );
}

export function traceparentOf(span: Span): string | null {
  const carrier: { traceparent?: string } = {};
  propagation.inject(trace.setSpan(context.active(), span), carrier);
  return carrier.traceparent ?? null;
}
