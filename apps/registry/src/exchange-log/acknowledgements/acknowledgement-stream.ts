import { Inject, Injectable } from '@nestjs/common';
import {
  AckPolicy,
  type Consumer,
  DiscardPolicy,
  type JetStreamManager,
  type JsMsg,
  RetentionPolicy,
  StorageType,
  type StreamInfo,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import {
  BusConnection,
  ensureStream,
  isNotFound,
  MESSAGING_OPTIONS,
  type MessagingOptions,
} from '#libs/messaging';
import { ACKNOWLEDGEMENT_STREAM, ACKNOWLEDGEMENT_SUBJECTS } from './acknowledgement.js';

/** What gathers while this service is away, some 2 GB. No limit in bytes, which the broker would set aside at once. */
const MAX_REPORTS = 5_000_000;
const ANSWER_SECONDS = 10;
const MAX_UNANSWERED = 10_000;
/** Reports that are recorded together come in this time. */
const GATHER_MILLISECONDS = 1_000;
const BATCH = 2_000;

/** The stream of acknowledgements and the one consumer on it, shared by all replicas. */
@Injectable()
export class AcknowledgementStream {
  constructor(
    private readonly bus: BusConnection,
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
  ) {}

  /** Makes stream and consumer where they are missing; waits for the bus. */
  async open(): Promise<OpenStream> {
    const { manager, jetstream } = await this.bus.whenConnected();
    const { process, replicas } = this.options;
    const info = await ensureStream(manager, {
      name: ACKNOWLEDGEMENT_STREAM,
      subjects: [ACKNOWLEDGEMENT_SUBJECTS],
      // What is recorded is dropped, so that only an outage of this service takes room.
      retention: RetentionPolicy.Workqueue,
      storage: StorageType.File,
      discard: DiscardPolicy.Old,
      max_msgs: MAX_REPORTS,
      num_replicas: replicas ?? 1,
      deny_delete: true,
      deny_purge: true,
    });
    await ensureConsumer(manager, process);
    return new OpenStream(manager, info, await jetstream.consumers.get(ACKNOWLEDGEMENT_STREAM, process));
  }
}

/** The stream as it was found, with the way to its messages. */
export class OpenStream {
  /** When it was made: another one of the same name numbers its messages anew. */
  readonly created: string;
  /** The oldest message that it still has, or will have. */
  readonly firstSequence: number;

  constructor(
    private readonly manager: JetStreamManager,
    { created, state }: StreamInfo,
    private readonly consumer: Consumer,
  ) {
    this.created = created;
    this.firstSequence = state.first_seq;
  }

  /** What comes within a second, at most 2,000. @throws Error when the consumer or the bus is gone */
  async next(signal: AbortSignal): Promise<JsMsg[]> {
    const messages = await this.consumer.fetch({ max_messages: BATCH, expires: GATHER_MILLISECONDS });
    const end = (): void => {
      messages.stop();
    };
    signal.addEventListener('abort', end, { once: true });
    try {
      const taken: JsMsg[] = [];
      for await (const message of messages) taken.push(message);
      return taken;
    } finally {
      signal.removeEventListener('abort', end);
    }
  }

  /** The place up to which everything is answered for. */
  async answeredUpTo(): Promise<number> {
    const { name } = await this.consumer.info(true);
    return (await this.manager.consumers.info(ACKNOWLEDGEMENT_STREAM, name)).ack_floor.stream_seq;
  }
}

async function ensureConsumer(manager: JetStreamManager, name: string): Promise<void> {
  try {
    await manager.consumers.info(ACKNOWLEDGEMENT_STREAM, name);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    await manager.consumers.add(ACKNOWLEDGEMENT_STREAM, {
      durable_name: name,
      ack_policy: AckPolicy.Explicit,
      ack_wait: nanos(ANSWER_SECONDS * 1_000),
      max_ack_pending: MAX_UNANSWERED,
      max_deliver: -1,
    });
  }
}
