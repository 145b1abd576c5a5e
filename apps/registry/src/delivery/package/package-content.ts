import { createHash } from 'node:crypto';
import type { RecordedMessage } from '../../exchange-log/records.js';
import { recordOf, structuredForm } from '../sources/feed-event.js';
import type { FeedReader } from '../sources/feed-reader.js';
import { TAR_END, tarEntry } from './tar.js';

/** Plain text in one file of the archive: what is held in memory at a time. */
const FILE_BYTES = 4 * 1024 * 1024;
const EVENTS_AT_ONCE = 25;
/** Messages that are told of at a time. */
const MESSAGES_AT_ONCE = 500;
const WAIT_MILLISECONDS = 30_000;

/** A file of the archive as the manifest names it. */
export interface PackagedFile {
  name: string;
  events: number;
  bytes: number;
  sha256: string;
}

/** What a package holds, signed; README.md says how a receiver checks it. */
export interface Manifest {
  type: 'package-manifest';
  format: 1;
  package: string;
  grant: string;
  dataset: string;
  provider: string;
  receiver: string;
  purpose: string;
  /** null: all fields. */
  fields: string[] | null;
  stream: string;
  /** When the stream was made, and its last place when the state was taken. */
  streamCreated: string;
  streamLastSequence: number;
  events: number;
  firstSequence: number | null;
  lastSequence: number | null;
  madeAt: string;
  /** Public key for which it is encrypted. */
  recipient: string;
  files: PackagedFile[];
  /** Key of the exchange log that signed; null: this system has none. */
  signedBy: string | null;
}

/** What the manifest says before the events are read. */
export type ManifestHead = Omit<
  Manifest,
  'streamCreated' | 'streamLastSequence' | 'events' | 'firstSequence' | 'lastSequence' | 'files'
>;

/** Signs the text of the manifest; null without a key. */
export type Sign = ((text: string) => Uint8Array) | null;

export class IncompleteState extends Error {}

/**
 * The plain archive: files of one event a line (CloudEvents, structured), the manifest, its signature, and checksums in
 * the form of `sha256sum`. Read once; no more than one file of it is held at a time.
 */
export class PackageContent {
  manifest: Manifest | null = null;
  private readonly files: PackagedFile[] = [];
  private lines: string[] = [];
  private bytes = 0;
  private messages: RecordedMessage[] = [];
  private events = 0;
  private firstSequence: number | null = null;
  private lastSequence: number | null = null;

  /** @param onMessages is told of the messages as they go in */
  constructor(
    private readonly reader: FeedReader,
    private readonly head: ManifestHead,
    private readonly sign: Sign,
    private readonly madeAt: Date,
    private readonly onMessages: (messages: RecordedMessage[]) => Promise<void>,
  ) {}

  async *archive(): AsyncGenerator<Uint8Array> {
    while (this.reader.received < this.reader.pending) {
      await this.take();
      if (this.bytes >= FILE_BYTES) yield* this.file();
    }
    if (this.lines.length > 0) yield* this.file();
    await this.tell();
    yield* this.closing();
    yield TAR_END;
  }

  private async take(): Promise<void> {
    const { received, pending } = this.reader;
    const events = await this.reader.next(Math.min(EVENTS_AT_ONCE, pending - received), WAIT_MILLISECONDS);
    if (this.reader.received === received)
      throw new IncompleteState('the state ended before it was complete');
    for (const event of events) {
      const line = `${structuredForm(event)}\n`;
      this.lines.push(line);
      this.bytes += Buffer.byteLength(line);
      this.firstSequence ??= event.sequence;
      this.lastSequence = event.sequence;
    }
    this.events += events.length;
    this.messages.push(...events.map(recordOf));
    if (this.messages.length >= MESSAGES_AT_ONCE) await this.tell();
  }

  private async tell(): Promise<void> {
    const messages = this.messages;
    this.messages = [];
    if (messages.length > 0) await this.onMessages(messages);
  }

  private file(): Uint8Array[] {
    const content = Buffer.from(this.lines.join(''), 'utf8');
    const name = `state-${String(this.files.length + 1).padStart(5, '0')}.ndjson`;
    this.files.push({ name, events: this.lines.length, bytes: content.length, sha256: hashOf(content) });
    [this.lines, this.bytes] = [[], 0];
    return tarEntry(name, content, this.madeAt);
  }

  private closing(): Uint8Array[] {
    const { created, lastSequence } = this.reader.stream;
    const { events, firstSequence, files } = this;
    this.manifest = {
      ...this.head,
      streamCreated: created,
      streamLastSequence: lastSequence,
      events,
      firstSequence,
      lastSequence: this.lastSequence,
      files,
    };
    const text = JSON.stringify(this.manifest);
    const manifest = Buffer.from(text, 'utf8');
    const sums = [...files, { name: 'manifest.json', sha256: hashOf(manifest) }];
    return [
      ['manifest.json', manifest] as const,
      ...(this.sign ? [['manifest.sig', this.sign(text)] as const] : []),
      ['SHA256SUMS', Buffer.from(sums.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join(''))] as const,
    ].flatMap(([name, content]) => tarEntry(name, content, this.madeAt));
  }
}

function hashOf(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
