import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BeforeApplicationShutdown,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { JsMsg } from '@nats-io/jetstream';
import { Clock } from '#libs/calendar';
import { TransactionScope } from '#libs/persistence';
import { ExchangeLog } from '../exchange-log.js';
import type { GrantOfRecord, RecordedMessage } from '../records.js';
import { type Acknowledgement, readAcknowledgement } from './acknowledgement.js';
import { AcknowledgementStore } from './acknowledgement-store.js';
import { AcknowledgementStream, type OpenStream } from './acknowledgement-stream.js';
import { MessageDigests } from './message-digests.js';

const RETRY_MILLISECONDS = 1_000;
/** Batches after which taken marks that nobody needs any more are dropped, and the stream is looked at anew. */
const BATCHES_PER_VISIT = 60;

/**
 * Makes records of what receivers took from the bus: one for each grant, stream and second. The broker's report of an
 * acknowledgement counts once: its mark and its record are one transaction, and it is answered after the commit.
 */
@Injectable()
export class AcknowledgementRecorder implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('ExchangeLog');
  private readonly stop = new AbortController();
  private finished: Promise<void> = Promise.resolve();

  constructor(
    private readonly source: AcknowledgementStream,
    private readonly store: AcknowledgementStore,
    private readonly digests: MessageDigests,
    private readonly log: ExchangeLog,
    private readonly transactions: TransactionScope,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.finished = this.run();
  }

  /** Finishes the batch at work. Where the bus is away there is none. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    const waiting = new AbortController();
    const { signal } = waiting;
    await Promise.race([
      this.finished,
      sleep(RETRY_MILLISECONDS, undefined, { signal }).catch(() => undefined),
    ]);
    waiting.abort();
  }

  private async run(): Promise<void> {
    while (!this.isStopping()) {
      try {
        await this.visit(await this.source.open());
      } catch (error) {
        if (this.isStopping()) return;
        this.logger.warn(`recording of deliveries interrupted: ${(error as Error).message}`);
        await sleep(RETRY_MILLISECONDS, undefined, { signal: this.stop.signal }).catch(() => undefined);
      }
    }
  }

  private isStopping(): boolean {
    return this.stop.signal.aborted;
  }

  private async visit(stream: OpenStream): Promise<void> {
    await this.noteGaps(stream);
    for (let batch = 0; batch < BATCHES_PER_VISIT && !this.isStopping(); batch += 1) {
      const messages = await stream.next(this.stop.signal);
      if (messages.length > 0) await this.record(stream.created, messages);
    }
    if (!this.isStopping()) await this.store.prune(stream.created, await stream.answeredUpTo());
  }

  private async record(created: string, messages: readonly JsMsg[]): Promise<void> {
    const acknowledgements = messages.map(readAcknowledgement).filter((one) => one !== null);
    const named = await this.name(acknowledgements);
    const grants = await this.store.grantsOf([...new Set(acknowledgements.map(({ grantId }) => grantId))]);
    await this.transactions.run(async () => {
      const fresh = await this.store.take(
        created,
        messages.map(({ seq }) => seq),
      );
      for (const delivery of deliveriesOf(named.filter(({ sequence }) => fresh.has(sequence)))) {
        const [{ grantId, stream }] = delivery;
        const grant = grants.get(grantId);
        this.log.delivered({
          channel: 'bus',
          grant: grant ?? unknownGrant(grantId),
          stream,
          messages: delivery.map(({ message }) => message),
          firstSentAt: new Date(Math.min(...delivery.map(({ sentAt }) => sentAt.getTime()))),
          ...(!grant && { note: 'grant-unknown' }),
        });
      }
    });
    for (const message of messages) message.ack();
  }

  /** Adds what each message was. */
  private async name(acknowledgements: readonly Acknowledgement[]): Promise<NamedAcknowledgement[]> {
    const byStream = Map.groupBy(acknowledgements, ({ stream }) => stream);
    const named: NamedAcknowledgement[] = [];
    for (const [stream, ofStream] of byStream) {
      const sentAt = new Map(ofStream.map((one) => [one.streamSequence, one.sentAt]));
      const messages = await this.digests.of(stream, [...sentAt.keys()], sentAt);
      const byPlace = new Map(messages.map((message) => [message.sequence, message]));
      for (const one of ofStream) {
        const message = byPlace.get(one.streamSequence)!;
        const { deliveries } = one;
        named.push({ ...one, message: deliveries > 1 ? { ...message, deliveries } : message });
      }
    }
    return named;
  }

  /** Says in the chain which reports were lost before they could be read. */
  private async noteGaps({ created, firstSequence }: OpenStream): Promise<void> {
    for (const last of await this.store.lastTaken()) {
      const isThis = last.created === created;
      if (isThis && firstSequence <= last.sequence + 1) continue;
      await this.transactions.run(async () => {
        // Of two replicas that find the same gap one notes it.
        const isFirst = isThis
          ? (await this.store.take(created, [firstSequence - 1])).size > 0
          : (await this.store.forget(last.created)) > 0;
        if (!isFirst) return;
        this.log.append({
          kind: 'gap',
          recordedAt: this.clock.now().toISOString(),
          firstAcknowledgement: last.sequence + 1,
          lastAcknowledgement: isThis ? firstSequence - 1 : null,
          why: isThis
            ? 'the bus no longer has these reports of acknowledgements, and this log has not recorded them'
            : 'the stream of acknowledgements was made anew; whether it held further reports is not known',
        });
      });
    }
  }
}

type NamedAcknowledgement = Acknowledgement & { message: RecordedMessage };

/** What one grant got from one stream, in the order of the stream. */
function deliveriesOf(
  acknowledgements: readonly NamedAcknowledgement[],
): [NamedAcknowledgement, ...NamedAcknowledgement[]][] {
  const groups = Map.groupBy(acknowledgements, ({ grantId, stream }) => `${grantId} ${stream}`);
  return [...groups.values()].map((group) => {
    const [first, ...rest] = group.sort((a, b) => a.streamSequence - b.streamSequence);
    return [first!, ...rest];
  });
}

function unknownGrant(id: string): GrantOfRecord {
  return { id, datasetCode: '', provider: '', receiver: '', purpose: '' };
}
