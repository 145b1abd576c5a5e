import { createHash } from 'node:crypto';
import { type Checkpoint, FORMAT, type KeyChangeContent } from '../records.js';

/** JSON as RFC 8785 writes it: no white space, names in the order of their UTF-16 code units. Whole numbers only. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}

export function sha256(text: string | Uint8Array): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What the first record is chained to: a log's own beginning, so that records of two logs never fit together. */
export function genesisHash(log: string): string {
  return sha256(`ioc-exchange-log/${FORMAT}\n${log}`);
}

/** Hash of a record in the chain. Of the records between it and a checkpoint a receipt needs the line's hash only. */
export function chainHash(previous: string, lineHash: string): string {
  return sha256(`${previous}\n${lineHash}`);
}

/** What the keys sign when one takes over from the other. */
export function keyChangeStatement(
  log: string,
  { from, to, publicKey }: Pick<KeyChangeContent, 'from' | 'to' | 'publicKey'>,
): string {
  return canonical({ type: 'key-change', log, from, to, publicKey });
}

export function checkpointLine(checkpoint: Checkpoint): string {
  return canonical(checkpoint);
}

/** Message identifiers as they are searched for: what an index can hold. */
export function searchable(messageId: string): string {
  // eslint-disable-next-line no-control-regex -- a message's header may hold what a text of the database may not
  return messageId.replace(/[\u0000-\u001f]/g, ' ').slice(0, 200);
}
