import type { ServerResponse } from 'node:http';
import { whenClosed } from '#libs/http';

/** What was sent last, for readers that come back; bounds both number and size. */
const KEPT_MESSAGES = 200;
const KEPT_BYTES = 8_000_000;
/** A reader that lets this much pile up is too slow for a live picture; it comes back with a snapshot. */
const MAX_UNSENT_BYTES = 4_000_000;

interface KeptMessage {
  number: number;
  text: string;
}

/** The stream of one fiscal year: its readers, and the last messages for readers that lost the connection. */
export class OverviewFeed {
  private readonly readers = new Set<ServerResponse>();
  private kept: KeptMessage[] = [];
  private keptBytes = 0;
  private number = 0;

  /** @param epoch changes with each start of the gateway, so that an old `Last-Event-ID` is never misread */
  constructor(
    private readonly epoch: string,
    readonly year: number,
  ) {}

  get size(): number {
    return this.readers.size;
  }

  /** The `id:` of the newest message. */
  get lastId(): string {
    return `${this.epoch}-${this.year}-${this.number}`;
  }

  /** What a reader that has seen `lastEventId` is missing; null when that is too long ago or of another run. */
  missedSince(lastEventId: string): string | null {
    const prefix = `${this.epoch}-${this.year}-`;
    const seen = lastEventId.startsWith(prefix) ? Number(lastEventId.slice(prefix.length)) : Number.NaN;
    if (!Number.isSafeInteger(seen) || seen < 0 || seen > this.number) return null;
    const oldest = this.number - this.kept.length;
    if (seen < oldest) return null;
    return this.kept
      .filter((message) => message.number > seen)
      .map((message) => message.text)
      .join('');
  }

  add(reader: ServerResponse): void {
    this.readers.add(reader);
    whenClosed(reader, () => this.readers.delete(reader));
  }

  /** Serialised once for all readers. */
  send(event: string, data: object): void {
    this.number += 1;
    const text = sseMessage(event, data, this.lastId);
    this.keep({ number: this.number, text });
    this.write(text);
  }

  /** Shows that the link lives; not numbered, never repeated. */
  ping(text: string): void {
    this.write(text);
  }

  close(): void {
    for (const reader of this.readers) reader.end();
  }

  private write(text: string): void {
    for (const reader of this.readers) {
      if (reader.writableLength > MAX_UNSENT_BYTES) reader.destroy();
      else reader.write(text);
    }
  }

  private keep(message: KeptMessage): void {
    this.kept.push(message);
    this.keptBytes += message.text.length;
    while (this.kept.length > KEPT_MESSAGES || (this.keptBytes > KEPT_BYTES && this.kept.length > 1)) {
      this.keptBytes -= this.kept.shift()!.text.length;
    }
  }
}

/** JSON has no line breaks of its own, so that one data line holds it. */
export function sseMessage(event: string, data: object, id?: string): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
