import { Inject, Injectable } from '@nestjs/common';
import { type JsMsg, JetStreamApiError } from '@nats-io/jetstream';
import { headers as natsHeaders, type MsgHdrs } from '@nats-io/transport-node';
import { DEAD_LETTER_STREAM, problem } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { BusConnection } from '../bus/bus-connection.js';
import { deadLetterStream, ensureStream, isNotFound } from '../bus/streams.js';
import { decodeEvent, type ReceivedEvent, UndecodableMessage } from '../event.js';
import { MESSAGING_OPTIONS, type MessagingOptions } from '../messaging-options.js';

export type DeadLetterReason = 'undecodable' | 'unroutable' | 'handler-failed';

const HEADER = {
  reason: 'Dead-Letter-Reason',
  error: 'Dead-Letter-Error',
  subject: 'Dead-Letter-Subject',
  stream: 'Dead-Letter-Stream',
  sequence: 'Dead-Letter-Stream-Sequence',
  consumer: 'Dead-Letter-Consumer',
  deliveries: 'Dead-Letter-Deliveries',
} as const;

const LONGEST_ERROR = 300;

/** A message put aside, as an operator reads it. */
export interface DeadLetter {
  /** Its number in DEAD_LETTERS, by which it is replayed. */
  sequence: number;
  reason: string;
  error: string;
  subject: string;
  stream: string;
  streamSequence: number;
  deliveries: number;
  eventId: string | null;
  eventType: string | null;
  storedAt: string;
  replayedAt: string | null;
}

/** Messages that this process could not handle: kept on the bus with the reason, listed and replayed by an operator. */
@Injectable()
export class DeadLetters {
  /** Set by the transport: applies one event through inbox and handler. */
  handler: (event: ReceivedEvent) => Promise<number> = () =>
    Promise.reject(new Error('this process has no handlers'));

  constructor(
    @Inject(MESSAGING_OPTIONS) private readonly options: MessagingOptions,
    private readonly bus: BusConnection,
    private readonly transactions: TransactionScope,
  ) {}

  /** Resolves when the broker holds the dead letter; only then may the message itself be ended. */
  async add(message: JsMsg, reason: DeadLetterReason, error: string): Promise<void> {
    const { jetstream, manager } = await this.bus.whenConnected();
    const headers = copyHeaders(message.headers);
    headers.set(HEADER.reason, reason);
    headers.set(HEADER.error, error.replace(/\s+/g, ' ').slice(0, LONGEST_ERROR));
    headers.set(HEADER.subject, message.subject);
    headers.set(HEADER.stream, message.info.stream);
    headers.set(HEADER.sequence, String(message.seq));
    headers.set(HEADER.consumer, message.info.consumer);
    headers.set(HEADER.deliveries, String(message.info.deliveryCount));
    headers.set('Nats-Msg-Id', `${message.info.stream}.${message.info.consumer}.${message.seq}`);
    const subject = `${this.prefix}${message.info.stream}`;
    try {
      await jetstream.publish(subject, message.data, { headers });
    } catch {
      // The stream is made at the first need: most systems never have a dead letter.
      await ensureStream(manager, deadLetterStream(this.options.replicas ?? 1));
      await jetstream.publish(subject, message.data, { headers });
    }
  }

  /** Oldest first, after the given number. */
  async list(after: number, limit: number): Promise<DeadLetter[]> {
    const letters: DeadLetter[] = [];
    for (let next = after + 1; letters.length < limit;) {
      const message = await this.read({ seq: next, next_by_subj: `${this.prefix}>` });
      if (!message) break;
      letters.push(message.letter);
      next = message.letter.sequence + 1;
    }
    const replayed: { stream_sequence: string; replayed_at: Date }[] = await this.transactions.manager.query(
      'SELECT stream_sequence, replayed_at FROM dead_letter_replay WHERE stream_sequence = ANY ($1)',
      [letters.map((letter) => letter.sequence)],
    );
    const times = new Map(
      replayed.map((row) => [Number(row.stream_sequence), row.replayed_at.toISOString()]),
    );
    return letters.map((letter) => ({ ...letter, replayedAt: times.get(letter.sequence) ?? null }));
  }

  /**
   * Hands the message to its handler again, through the inbox like any other.
   *
   * @throws ProblemError not-found; dead-letter-not-replayable when it is still no event or its handler still fails
   */
  async replay(sequence: number, by: string): Promise<DeadLetter> {
    const found = await this.read({ seq: sequence });
    if (!found?.deadLetterSubject.startsWith(this.prefix)) throw problem('not-found');
    const { letter } = found;
    try {
      const event = decodeEvent(letter.subject, found.headers, found.data);
      await this.transactions.run(async (manager) => {
        await this.handler(event);
        await manager.query(
          'INSERT INTO dead_letter_replay (stream_sequence, replayed_by) VALUES ($1, $2) ON CONFLICT DO NOTHING',
          [sequence, by],
        );
      });
    } catch (error) {
      const reason = error instanceof UndecodableMessage ? error.message : 'handler';
      throw problem('dead-letter-not-replayable', { reason });
    }
    return letter;
  }

  private get prefix(): string {
    return `dlq.${this.options.process}.`;
  }

  private async read(query: { seq: number; next_by_subj?: string }) {
    const { manager } = await this.bus.whenConnected();
    try {
      const message = await manager.streams.getMessage(DEAD_LETTER_STREAM, query);
      if (!message) return null;
      const header = (name: string): string => message.header.get(name);
      const letter: DeadLetter = {
        sequence: message.seq,
        reason: header(HEADER.reason),
        error: header(HEADER.error),
        subject: header(HEADER.subject),
        stream: header(HEADER.stream),
        streamSequence: Number(header(HEADER.sequence)),
        deliveries: Number(header(HEADER.deliveries)),
        eventId: header('ce-id') || null,
        eventType: header('ce-type') || null,
        storedAt: message.time.toISOString(),
        replayedAt: null,
      };
      return { letter, headers: message.header, data: message.data, deadLetterSubject: message.subject };
    } catch (error) {
      if (isNotFound(error) || (error instanceof JetStreamApiError && error.status === 404)) return null;
      throw error;
    }
  }
}

function copyHeaders(original: MsgHdrs | undefined): MsgHdrs {
  const copy = natsHeaders();
  for (const [name, values] of original ?? []) {
    // The broker's own headers of the first publication would be obeyed again.
    if (!name.startsWith('Nats-')) for (const value of values) copy.append(name, value);
  }
  return copy;
}
