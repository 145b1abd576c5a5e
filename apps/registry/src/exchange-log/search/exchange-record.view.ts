import { ApiProperty } from '@nestjs/swagger';
import {
  CodeField,
  CursorQuery,
  EnumField,
  InstantField,
  IntegerField,
  kinds,
  ListField,
  ObjectField,
  TextField,
} from '#libs/http';
import { RECORD_KINDS, type RecordedMessage, type RecordKind } from '../records.js';
import type {
  RecordCheckpoint,
  RecordDetail,
  RecordFilters,
  RecordItem,
} from './exchange-records.queries.js';

const AGENCY = /^[0-9A-Za-z._-]+$/;

export class ExchangeRecordsQuery extends CursorQuery implements RecordFilters {
  @CodeField(AGENCY, { description: 'Provider, receiver, or whoever asked or tried', optional: true })
  agency?: string;

  @CodeField(AGENCY, { description: 'Provider', optional: true })
  provider?: string;

  @CodeField(AGENCY, { description: 'Receiver, or whoever asked or tried', optional: true })
  receiver?: string;

  @TextField({ description: 'Code of the dataset', max: 200, optional: true })
  dataset?: string;

  @TextField({ description: 'Identifier (ce-id) of a message', max: 200, optional: true })
  message?: string;

  @EnumField(RECORD_KINDS, { description: 'Kind of record', optional: true })
  kind?: RecordKind;

  @InstantField({ description: 'Sealed at this instant or later', optional: true })
  from?: string;

  @InstantField({ description: 'Sealed before this instant', optional: true })
  to?: string;
}

export class ReceiptQuery {
  @TextField({ description: 'Identifier (ce-id) of the message, or its place in the stream', max: 1_000 })
  message: string;
}

export class ExchangeRecordView implements RecordItem {
  @IntegerField({ description: 'Place in the chain', min: 1 })
  sequence: number;

  @EnumField(RECORD_KINDS, { description: 'Kind of record' })
  kind: RecordKind;

  @InstantField({ description: 'When it got its place' })
  sealedAt: string;

  @TextField({ description: 'Hash in the chain (SHA-256, hex)', max: 64 })
  hash: string;

  @IntegerField({ description: 'Messages delivered, or attempts denied', min: 0, nullable: true })
  count: number | null;

  @ApiProperty({
    description: 'The record as it was sealed, without its messages; its fields depend on its kind',
    type: 'object',
    additionalProperties: true,
  })
  content: Record<string, unknown>;
}

class RecordedMessageView implements RecordedMessage {
  @IntegerField({ description: 'Place in the stream', min: 0 })
  sequence: number;

  @TextField({ description: 'ce-id; null: could not be read any more', max: 1_000, nullable: true })
  id: string | null;

  @TextField({
    description: 'SHA-256, hex, of ce-id, a line feed and the data as sent; null: could not be read any more',
    max: 64,
    nullable: true,
  })
  digest: string | null;

  @TextField({ description: 'Why there is no digest', max: 200, optional: true })
  missing?: string;

  @IntegerField({
    description: 'How often it was sent until it was acknowledged; left out for once',
    min: 2,
    optional: true,
  })
  deliveries?: number;
}

class RecordCheckpointView implements RecordCheckpoint {
  @IntegerField({ description: 'Last record that it covers', min: 1 })
  sequence: number;

  @InstantField({ description: 'When it was signed' })
  at: string;

  @TextField({ description: 'Key that signed', max: 16 })
  key: string;

  @TextField({ description: 'Ed25519 signature, base64', max: 100 })
  signature: string;
}

export class ExchangeRecordDetailView extends ExchangeRecordView implements RecordDetail {
  @ListField(kinds.object(() => RecordedMessageView), { description: 'Messages of a delivery', max: 500 })
  messages: RecordedMessageView[];

  @TextField({
    description: 'Hash of the record before, or of the beginning of the log (SHA-256, hex)',
    max: 64,
  })
  previousHash: string;

  @ObjectField(() => RecordCheckpointView, {
    description: 'The first checkpoint that covers the record; null: not signed yet',
    nullable: true,
  })
  checkpoint: RecordCheckpointView | null;
}
