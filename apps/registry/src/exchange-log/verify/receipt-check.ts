import { canonical, nextHash, sha256 } from './canonical.js';
import { type Fault, fault } from './faults.js';
import type { PublicKey, TrustedKeys } from './trusted-keys.js';

/** What proves of one message that it was sent: its record, and the way from there to a signature. */
export interface Receipt {
  type: 'receipt';
  log: string;
  message: { sequence: number; id: string | null; digest: string | null };
  record: DeliveryRecord;
  /** Hash of the record before. */
  previousHash: string;
  /** Hashes of the texts of the records behind it, up to the checkpoint. */
  following: string[];
  checkpoint: { log: string; sequence: number; hash: string; key: string };
  signature: string;
  keys: PublicKey[];
}

export interface DeliveryRecord {
  sequence: number;
  dataset: string;
  provider: string;
  receiver: string;
  firstSentAt: string;
  sealedAt: string;
  channel: string;
  messages: { sequence: number; id: string | null; digest: string | null }[];
}

/**
 * Checks that a receipt leads from its message to the signature, and that what the receiver holds is that message.
 *
 * @param data the message's data exactly as it was received; null: not at hand
 */
export function checkReceipt(receipt: Receipt, keys: TrustedKeys, data: Uint8Array | null): Fault[] {
  const { record, message, checkpoint, keys: offered, signature } = receipt;
  const { sequence } = record;
  const state = keys.offer(offered, checkpoint.key, canonical(checkpoint), signature);
  if (state === 'unknown-key') return [fault('unknown-key', checkpoint.sequence, { key: checkpoint.key })];
  if (state === 'wrong-signature') return [fault('checkpoint-altered', checkpoint.sequence)];

  let hash = nextHash(receipt.previousHash, sha256(canonical(record)));
  for (const lineHash of receipt.following) hash = nextHash(hash, lineHash);
  const isReached = checkpoint.sequence === sequence + receipt.following.length && checkpoint.hash === hash;
  if (!isReached || checkpoint.log !== receipt.log) return [fault('receipt-altered', sequence)];

  const name = message.id ?? message.sequence;
  const recorded = record.messages.find((one) => canonical(pick(one)) === canonical(pick(message)));
  if (!recorded) return [fault('not-in-record', sequence, { message: name })];
  if (data === null) return [];
  if (recorded.digest === null) return [fault('no-digest', sequence, { message: name })];
  const digest = sha256(Buffer.concat([Buffer.from(`${recorded.id ?? ''}\n`, 'utf8'), data]));
  return digest === recorded.digest ? [] : [fault('message-differs', sequence, { message: name })];
}

function pick({ sequence, id, digest }: Receipt['message']): Receipt['message'] {
  return { sequence, id, digest };
}
