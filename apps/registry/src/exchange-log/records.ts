import type { LiveGrant } from '../sharing/grants/live-grants.js';

/** Version of the format of records, checkpoints and files; README.md says how each looks. */
export const FORMAT = 1;

/** Messages in one record of a delivery. */
export const MESSAGES_PER_RECORD = 500;

export const RECORD_KINDS = ['delivery', 'refusal', 'denial', 'gap', 'archive', 'key-change'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

export const DELIVERY_CHANNELS = ['bus', 'http', 'webhook', 'package'] as const;
export type DeliveryChannel = (typeof DELIVERY_CHANNELS)[number];

/** What of a grant stands in the records of its deliveries. */
export type GrantOfRecord = Pick<LiveGrant, 'id' | 'datasetCode' | 'provider' | 'receiver' | 'purpose'>;

/** A message as a record names it. */
export interface RecordedMessage {
  /** Its place in the stream. */
  sequence: number;
  /** Its `ce-id`; null where the message could not be read any more. */
  id: string | null;
  /** SHA-256, hex, of `ce-id`, a line feed and the bytes of the data as sent; null where they could not be read. */
  digest: string | null;
  /** Why there is no digest. */
  missing?: string;
  /** How often the bus sent it until it was acknowledged; left out for once. */
  deliveries?: number;
}

/** Why a delivery's record is not an ordinary one. */
export type DeliveryNote = 'sent-not-acknowledged' | 'grant-unknown';

export interface DeliveryContent {
  kind: 'delivery';
  /** When it was reported to the log, ISO 8601 UTC. */
  recordedAt: string;
  channel: DeliveryChannel;
  grant: string;
  /** Empty, like the parties and the purpose, only when the grant is not known. */
  dataset: string;
  provider: string;
  receiver: string;
  purpose: string;
  stream: string;
  count: number;
  firstSequence: number;
  lastSequence: number;
  firstSentAt: string;
  note: DeliveryNote | null;
  messages: RecordedMessage[];
}

export interface RefusalContent {
  kind: 'refusal';
  recordedAt: string;
  request: string;
  dataset: string;
  provider: string;
  requester: string;
  reason: string;
  legalGround: string;
  document: string | null;
}

export interface DenialContent {
  kind: 'denial';
  recordedAt: string;
  /** Agency whose credential was used; null: not known. */
  agency: string | null;
  grant: string | null;
  /** Public key of the bus user, or client of the token; null: none was shown, or none that is known. */
  credential: string | null;
  provider: string | null;
  dataset: string | null;
  channel: 'bus' | 'http';
  /** Subject or address that was tried. */
  attempted: string;
  why: string;
  count: number;
}

/** Acknowledgements that the bus no longer had when they were to be read. */
export interface GapContent {
  kind: 'gap';
  recordedAt: string;
  firstAcknowledgement: number;
  /** null: not known. */
  lastAcknowledgement: number | null;
  why: string;
}

/** Records that left the database for a file. */
export interface ArchiveContent {
  kind: 'archive';
  recordedAt: string;
  firstSequence: number;
  lastSequence: number;
  file: string;
  /** Of the whole file, hex. */
  sha256: string;
}

/** The key that signs from the next checkpoint on, announced by itself and by the key before it. */
export interface KeyChangeContent {
  kind: 'key-change';
  recordedAt: string;
  /** Identifier of the key before; null for the first one. */
  from: string | null;
  to: string;
  /** Raw 32 bytes of the new public key, base64. */
  publicKey: string;
  /** Ed25519 signatures, base64, over the canonical form of {from, log, publicKey, to, type}; `old` null: the key is lost. */
  signatures: { old: string | null; new: string };
}

export type PendingContent = DeliveryContent | RefusalContent | DenialContent | GapContent | ArchiveContent;

/** A record in its place in the chain, as it is hashed. */
export type SealedContent = (PendingContent | KeyChangeContent) & {
  format: typeof FORMAT;
  sequence: number;
  /** When it got its place, ISO 8601 UTC; never before that of the record before. */
  sealedAt: string;
};

/** What is signed over everything up to a record. */
export interface Checkpoint {
  type: 'checkpoint';
  format: typeof FORMAT;
  log: string;
  /** The last record that it covers. */
  sequence: number;
  hash: string;
  at: string;
  key: string;
}
