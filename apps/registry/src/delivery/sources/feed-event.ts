import { createHash } from 'node:crypto';
import type { JsMsg } from '@nats-io/jetstream';
import type { MsgHdrs } from '@nats-io/transport-node';
import { EVENT_HEADERS } from '#libs/contracts';
import type { RecordedMessage } from '../../exchange-log/records.js';

/** An event as it is handed to a receiver, whatever the way. */
export interface FeedEvent {
  /** Its place in the stream that it was read from. */
  sequence: number;
  /** Its subject on the bus: the same for all events of an aggregate. */
  busSubject: string;
  id: string;
  /** CloudEvents attributes by their names, without the prefix that they have on the bus. */
  attributes: Readonly<Record<string, string>>;
  /** Bytes of the data as they are on the bus. */
  data: Uint8Array;
}

const PREFIX = 'ce-';
/** Attributes whose headers have no prefix. */
const WITHOUT_PREFIX: Readonly<Record<string, string>> = {
  [EVENT_HEADERS.contentType]: 'datacontenttype',
  [EVENT_HEADERS.traceparent]: 'traceparent',
};

/** Null for a message that is no event: only an agency's own publishing could have left one. */
export function toFeedEvent(message: JsMsg): FeedEvent | null {
  const attributes = message.headers ? attributesOf(message.headers) : {};
  const { id } = attributes;
  if (id === undefined) return null;
  return { sequence: message.seq, busSubject: message.subject, id, attributes, data: message.data };
}

function attributesOf(headers: MsgHdrs): Record<string, string> {
  const entries = headers.keys().flatMap((key): [string, string][] => {
    const header = key.toLowerCase();
    const name = header.startsWith(PREFIX) ? header.slice(PREFIX.length) : WITHOUT_PREFIX[header];
    return name === undefined ? [] : [[name, headers.get(key)]];
  });
  return Object.fromEntries(entries);
}

/** What the exchange log keeps of it. */
export function recordOf({ sequence, id, data }: FeedEvent): RecordedMessage {
  return { sequence, id, digest: createHash('sha256').update(`${id}\n`).update(data).digest('hex') };
}

/**
 * The event in CloudEvents' structured mode, on one line, with extra attributes. Its data stands in it byte by byte, so
 * that the receiver can compute the digest; what is not JSON on one line goes as `data_base64`.
 */
export function structuredForm(event: FeedEvent, extra: Readonly<Record<string, string>> = {}): string {
  const head = JSON.stringify({ ...event.attributes, ...extra }).slice(0, -1);
  const json = jsonLine(event.data);
  if (json !== null) return `${head},"data":${json}}`;
  return `${head},"data_base64":"${Buffer.from(event.data).toString('base64')}"}`;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function jsonLine(data: Uint8Array): string | null {
  try {
    const text = utf8.decode(data);
    JSON.parse(text);
    return /[\r\n]/.test(text) ? null : text;
  } catch {
    return null;
  }
}
