import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { JetStreamManager, StoredMsg } from '@nats-io/jetstream';
import { EVENT_HEADERS } from '#libs/contracts';
import { type Bus, BusConnection, isNotFound } from '#libs/messaging';
import type { RecordedMessage } from '../records.js';

/** Messages that are remembered: several grants get the same one within moments. */
const REMEMBERED = 20_000;
/** Between two brokers of a cluster, milliseconds. */
const CLOCK_DIFFERENCE = 500;
/** Questions to the broker at a time. */
const IN_FLIGHT = 200;

/** SHA-256, hex, of the identifier, a line feed and the data as sent: what a receiver can compute from what it holds. */
export function messageDigest(id: string, data: Uint8Array): string {
  return createHash('sha256').update(`${id}\n`).update(data).digest('hex');
}

/** Names messages of streams as the exchange log records them: by identifier and digest, read from the stream itself. */
@Injectable()
export class MessageDigests {
  private readonly known = new Map<string, StoredMessage>();

  constructor(private readonly bus: BusConnection) {
    // A broker made anew gives the same places to other messages.
    bus.onConnected(() => {
      this.known.clear();
    });
  }

  /**
   * In the order asked for. A message that the stream no longer has gets no digest, and the reason.
   *
   * @param sentAt when they were sent, where that is known: what was stored later at such a place is another message
   * @throws Error when the bus is away
   */
  async of(
    stream: string,
    sequences: readonly number[],
    sentAt?: ReadonlyMap<number, Date>,
  ): Promise<RecordedMessage[]> {
    const bus = await this.bus.whenConnected();
    const messages: RecordedMessage[] = [];
    for (let start = 0; start < sequences.length; start += IN_FLIGHT) {
      const part = sequences.slice(start, start + IN_FLIGHT);
      const stored = await Promise.all(part.map((sequence) => this.one(bus, stream, sequence)));
      messages.push(...stored.map((one) => nameOf(one, sentAt?.get(one.message.sequence))));
    }
    return messages;
  }

  private async one(bus: Bus, stream: string, sequence: number): Promise<StoredMessage> {
    const key = `${stream} ${sequence}`;
    const known = this.known.get(key);
    if (known) return known;
    const message = await read(bus.manager, stream, sequence);
    if (typeof message === 'string') return { message: unnamed(sequence, message), storedAt: 0 };
    const id = message.header.get(EVENT_HEADERS.id);
    const stored = {
      message: { sequence, id, digest: messageDigest(id, message.data) },
      storedAt: message.time.getTime(),
    };
    this.remember(key, stored);
    return stored;
  }

  private remember(key: string, message: StoredMessage): void {
    this.known.set(key, message);
    if (this.known.size <= REMEMBERED) return;
    const [oldest] = this.known.keys();
    this.known.delete(oldest!);
  }
}

interface StoredMessage {
  message: RecordedMessage;
  /** Milliseconds. */
  storedAt: number;
}

function nameOf({ message, storedAt }: StoredMessage, sentAt: Date | undefined): RecordedMessage {
  if (!sentAt || storedAt <= sentAt.getTime() + CLOCK_DIFFERENCE) return message;
  return unnamed(message.sequence, 'the stream was made anew since');
}

function unnamed(sequence: number, missing: string): RecordedMessage {
  return { sequence, id: null, digest: null, missing };
}

/** The message, or why there is none. */
async function read(
  manager: JetStreamManager,
  stream: string,
  sequence: number,
): Promise<StoredMsg | string> {
  try {
    const message = await manager.direct.getMessage(stream, { seq: sequence });
    return message ?? 'no longer on the stream';
  } catch (error) {
    if (await isGone(manager, stream)) return 'the stream is gone';
    throw error;
  }
}

async function isGone(manager: JetStreamManager, stream: string): Promise<boolean> {
  try {
    await manager.streams.info(stream);
    return false;
  } catch (error) {
    return isNotFound(error);
  }
}
