import { Inject, Injectable } from '@nestjs/common';
import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import { SERVICES, type ServiceName } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { BusConnection } from '../bus/bus-connection.js';
import { DeadLetters } from '../dead-letters/dead-letters.js';
import type { ReceivedEvent } from '../event.js';
import { MESSAGING_OPTIONS, type MessagingOptions } from '../messaging-options.js';
import { DeliverySettlement } from './delivery-settlement.js';
import { EventRouter } from './event-router.js';
import { Inbox } from './inbox.js';
import { StreamConsumer } from './stream-consumer.js';

/**
 * Nest transport for events: `@EventPattern('vn.ioc.tasks.task.*.v1')` handlers fed by durable pull consumers. A handler
 * gets a batch (`ReceivedEvent[]`, in the order of the stream, 1 to 200) inside a transaction that also holds the inbox
 * rows; the broker is answered after the commit. Handlers write through {@link TransactionScope.manager} only.
 *
 * A handler with {@link ON_ARRIVAL} is shown what another one handles as soon as it is there, outside of transaction and
 * inbox and perhaps more than once: for what is kept in memory and does not wait for the disk.
 */
@Injectable()
export class JetStreamServer extends Server implements CustomTransportStrategy {
  private readonly router = new EventRouter();
  private readonly settlement: DeliverySettlement;
  private consumers: StreamConsumer[] = [];

  constructor(
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
    private readonly bus: BusConnection,
    transactions: TransactionScope,
    deadLetters: DeadLetters,
  ) {
    super();
    const inbox = new Inbox(transactions, this.router);
    this.settlement = new DeliverySettlement(options, inbox, this.router, deadLetters);
    deadLetters.handler = (event) => inbox.apply([event]);
  }

  listen(callback: (error?: unknown) => void): void {
    for (const [pattern, handler] of this.getHandlers()) {
      const handle = (events: readonly ReceivedEvent[]) => callHandler(handler, events);
      if (handler.extras?.['onArrival']) this.router.addOnArrival(handle);
      else this.router.add(pattern, handle);
    }
    this.consumers = this.consumedServices().map(
      (service) =>
        new StreamConsumer(service, this.subjectsOf(service), this.options, this.bus, this.settlement),
    );
    for (const consumer of this.consumers) consumer.start();
    callback();
  }

  /** Finishes the batches at work; what is left on the bus waits there. */
  async close(): Promise<void> {
    await Promise.all(this.consumers.map((consumer) => consumer.stop()));
    this.consumers = [];
  }

  on(): never {
    throw new Error(
      'JetStreamServer has no events to listen to; the state of each consumer is in consumerStates()',
    );
  }

  unwrap(): never {
    throw new Error('the connection belongs to BusConnection');
  }

  /** One entry for each stream that this process consumes. */
  consumerStates(): Promise<{ service: ServiceName; lag: number | null }[]> {
    return Promise.all(
      this.consumers.map(async (consumer) => ({ service: consumer.service, lag: await consumer.lag() })),
    );
  }

  /** All subjects of the service, or those of the one aggregate that the patterns name: the rest is not even sent. */
  private subjectsOf(service: ServiceName): string {
    const followed = this.router.patterns
      .map((pattern) => pattern.split('.').slice(2, 4))
      .filter(([name]) => name === service || name === '*' || name === '>')
      .map(([, aggregate]) => aggregate ?? '>');
    const [only, ...others] = new Set(followed);
    const isOne = only !== undefined && only !== '*' && only !== '>' && others.length === 0;
    return isOne ? `ioc.${service}.${only}.*` : `ioc.${service}.>`;
  }

  /** The streams follow from the patterns: `vn.ioc.<service>.…`, or all of them for `vn.ioc.*.…` and `vn.ioc.>`. */
  private consumedServices(): ServiceName[] {
    const named = this.router.patterns.map((pattern) => pattern.split('.')[2]);
    return SERVICES.filter((service) =>
      named.some((name) => name === service || name === '*' || name === '>'),
    );
  }
}

async function callHandler(handler: MessageHandler, events: readonly ReceivedEvent[]): Promise<void> {
  const result: unknown = await handler(events);
  // Nest answers a refusal as a stream that fails.
  if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
}

function isObservable(value: unknown): value is Parameters<typeof lastValueFrom>[0] {
  return typeof value === 'object' && value !== null && 'subscribe' in value;
}
