import { createHash } from 'node:crypto';
import type { JsMsg } from '@nats-io/jetstream';

/** A change of one record of a dataset, with the record's whole state after it. */
export interface SharedEvent<State extends object = Record<string, unknown>> {
  /** The same for every copy of this event; what the exchange log and its receipts name. */
  id: string;
  /** `vn.ioc.<service>.<aggregate>.<verb>.v<major>` */
  type: string;
  /** Identifier of the record. */
  recordId: string;
  /** Version of the record: take an event over only when it is greater than that of the copy you hold. */
  sequence: number;
  /** When it happened, ISO 8601 UTC. */
  time: string;
  /** The record, and the names of the fields that this change concerned. */
  data: State & { changed: string[] };
  /** Sent before and not acknowledged. */
  redelivered: boolean;
  /** SHA-256 (hex) of id, a line feed and the data as sent: what the exchange log holds of it. */
  digest: () => string;
}

/** @throws Error when the message is no event */
export function toSharedEvent<State extends object>(message: JsMsg): SharedEvent<State> {
  const header = (name: string): string => message.headers?.get(name) ?? '';
  const [id, type, recordId] = [header('ce-id'), header('ce-type'), header('ce-subject')];
  if (!id || !type || !recordId) throw new Error(`message ${message.seq} is no event`);
  return {
    id,
    type,
    recordId,
    sequence: Number(header('ce-sequence')),
    time: header('ce-time'),
    data: message.json<State & { changed: string[] }>(),
    redelivered: message.redelivered,
    digest: () => createHash('sha256').update(`${id}\n`).update(message.data).digest('hex'),
  };
}
