import { Logger } from '@nestjs/common';
import type { JsMsg } from '@nats-io/jetstream';
import {
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { DeadLetters, DeadLetterReason } from '../dead-letters/dead-letters.js';
import { decodeEvent, type ReceivedEvent } from '../event.js';
import { consumerMetrics } from '../messaging-metrics.js';
import type { MessagingOptions } from '../messaging-options.js';
import { traceparentOf } from '../relay/publish-batch.js';
import type { EventRouter } from './event-router.js';
import type { Inbox } from './inbox.js';

interface Delivery {
  message: JsMsg;
  event: ReceivedEvent;
  span: Span | null;
}

const RETRY_DELAYS = [1_000, 5_000, 30_000, 120_000, 600_000];

/**
 * Decides what the broker is told of each message: acknowledged after the commit, handed back with a delay when the
 * handler failed, put aside as a dead letter on its last delivery or when it is no event at all.
 */
export class DeliverySettlement {
  private readonly logger = new Logger('Deliveries');
  private readonly maxDeliveries: number;
  private readonly retryDelays: readonly number[];
  private readonly answered = new WeakSet<JsMsg>();

  constructor(
    options: MessagingOptions,
    private readonly inbox: Inbox,
    private readonly router: EventRouter,
    private readonly deadLetters: DeadLetters,
  ) {
    this.maxDeliveries = options.maxDeliveries ?? 6;
    this.retryDelays = options.retryDelays ?? RETRY_DELAYS;
  }

  /** @throws Error when the database cannot be used: settle the same messages again, those answered are left out */
  async settle(messages: readonly JsMsg[]): Promise<void> {
    const deliveries: Delivery[] = [];
    for (const message of messages) {
      if (this.answered.has(message)) continue;
      const delivery = await this.decode(message);
      if (delivery) deliveries.push(delivery);
    }
    if (deliveries.length === 0) return;
    const failure = await this.applyAll(deliveries);
    if (failure === null) return;
    if (isDatabaseAway(failure)) throw failure as Error;
    if (deliveries.length === 1) return this.refuse(deliveries[0]!, failure);
    // One of them spoils the transaction of all: each on its own tells which.
    for (const delivery of deliveries) {
      const ownFailure = await this.applyAll([delivery]);
      if (ownFailure === null) continue;
      if (isDatabaseAway(ownFailure)) throw ownFailure as Error;
      await this.refuse(delivery, ownFailure);
    }
  }

  private async decode(message: JsMsg): Promise<Delivery | null> {
    let event: ReceivedEvent;
    try {
      event = decodeEvent(message.subject, message.headers, message.data);
    } catch (error) {
      await this.putAside(message, 'undecodable', error);
      return null;
    }
    if (this.router.find(event.type)) return { message, event, span: null };
    if (this.router.concerns(event.type)) {
      await this.putAside(message, 'unroutable', new Error(`no handler for ${event.type}`));
    } else {
      this.answer(message, () => {
        message.ack();
      });
    }
    return null;
  }

  /** Null when committed and acknowledged, else why not. */
  private async applyAll(deliveries: readonly Delivery[]): Promise<unknown> {
    const stream = deliveries[0]!.message.info.stream;
    const started = performance.now();
    for (const delivery of deliveries) startSpan(delivery);
    const active = deliveries[0]!.span;
    try {
      const events = deliveries.map((delivery) => delivery.event);
      await this.router.announce(events);
      const apply = (): Promise<number> => this.inbox.apply(events);
      const applied = await (active ? context.with(trace.setSpan(context.active(), active), apply) : apply());
      for (const { message } of deliveries)
        this.answer(message, () => {
          message.ack();
        });
      consumerMetrics.handled(stream, 'applied', applied);
      consumerMetrics.handled(stream, 'duplicate', deliveries.length - applied);
      consumerMetrics.batch(stream, (performance.now() - started) / 1000);
      return null;
    } catch (error) {
      for (const delivery of deliveries) delivery.span?.setStatus({ code: SpanStatusCode.ERROR });
      return error ?? new Error('the handler failed without saying why');
    } finally {
      for (const delivery of deliveries) delivery.span?.end();
    }
  }

  private async refuse({ message, event }: Delivery, failure: unknown): Promise<void> {
    consumerMetrics.handled(message.info.stream, 'failed', 1);
    const delivered = message.info.deliveryCount;
    if (delivered >= this.maxDeliveries) return this.putAside(message, 'handler-failed', failure);
    const wait = this.retryDelays[Math.min(delivered, this.retryDelays.length) - 1] ?? 1_000;
    this.logger.warn(
      `${event.type} ${event.aggregateId} failed (delivery ${delivered} of ${this.maxDeliveries}): ${describe(failure)}; again in ${wait} ms`,
    );
    this.answer(message, () => {
      message.nak(wait);
    });
  }

  private async putAside(message: JsMsg, reason: DeadLetterReason, failure: unknown): Promise<void> {
    try {
      await this.deadLetters.add(message, reason, describe(failure));
      this.answer(message, () => {
        message.term();
      });
      consumerMetrics.deadLetter(reason);
      this.logger.error(
        `message ${message.seq} of ${message.info.stream} put aside (${reason}): ${describe(failure)}`,
      );
    } catch (error) {
      this.logger.warn(`a dead letter could not be stored: ${describe(error)}; the message comes again`);
      this.answer(message, () => {
        message.nak(this.retryDelays[0]);
      });
    }
  }

  /** An answer that does not get through is no failure of the handler: the message comes again and is a duplicate. */
  private answer(message: JsMsg, send: () => void): void {
    this.answered.add(message);
    try {
      send();
    } catch (error) {
      this.logger.warn(`message ${message.seq} of ${message.info.stream} not answered: ${describe(error)}`);
    }
  }
}

function startSpan(delivery: Delivery): void {
  const { event } = delivery;
  if (!event.traceparent?.endsWith('-01')) return;
  const parent = propagation.extract(ROOT_CONTEXT, { traceparent: event.traceparent });
  delivery.span = trace.getTracer('messaging').startSpan(
    `process ${event.type}`,
    {
      kind: SpanKind.CONSUMER,
      attributes: {
        'messaging.system': 'nats',
        'messaging.message.id': event.id,
        'ioc.aggregate.id': event.aggregateId,
      },
    },
    parent,
  );
  event.traceparent = traceparentOf(delivery.span) ?? event.traceparent;
}

function describe(failure: unknown): string {
  return failure instanceof Error ? failure.message : String(failure);
}

/**
 * SQLSTATE classes 08 (connection), 28 (login), 53 (resources), 57P0x (shutdown), 3D000 (no such database), and refused
 * or broken sockets: nothing that a message could cause.
 */
export function isDatabaseAway(failure: unknown): boolean {
  const { code, message } = failure as { code?: string; message?: string };
  if (code)
    return /^(08|28|53|57P0|3D000|ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)/.test(
      code,
    );
  return /Connection terminated|connection timeout|Client was closed|not queryable/i.test(message ?? '');
}
