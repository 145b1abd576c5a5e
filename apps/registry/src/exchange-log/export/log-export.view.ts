import { DateField, InstantField, IntegerField, kinds, ListField, ObjectField, TextField } from '#libs/http';
import type { AnnouncedKey } from '../chain/chain-reader.js';
import type { ExportPeriod } from './log-export.service.js';

export class ExportQuery implements ExportPeriod {
  @DateField({ description: 'First day on which the records were sealed', optional: true })
  from?: string;

  @DateField({ description: 'Last day', optional: true })
  to?: string;
}

class AnnouncedKeyView implements AnnouncedKey {
  @TextField({ description: 'First 16 hex digits of the SHA-256 of the raw public key', max: 16 })
  id: string;

  @TextField({ description: 'Ed25519, raw 32 bytes, base64', max: 64 })
  publicKey: string;

  @IntegerField({ description: 'Record that announced it', min: 1 })
  announcedIn: number;

  @InstantField({ description: 'When it was announced' })
  announcedAt: string;
}

export class LogKeysView {
  @TextField({ description: 'Identifier of the log (UUID)', max: 36 })
  log: string;

  @ListField(kinds.object(() => AnnouncedKeyView), {
    description: 'In the order of their announcement: the last one signs',
    max: 1_000,
  })
  keys: AnnouncedKeyView[];
}

class CheckpointView {
  @IntegerField({ description: 'Last record that it covers', min: 1 })
  sequence: number;

  @TextField({ description: 'Hash of that record in the chain', max: 64 })
  hash: string;

  @InstantField({ description: 'When it was signed' })
  at: string;

  @TextField({ description: 'Key that signed', max: 16 })
  key: string;
}

export class LogHeadView {
  @TextField({ description: 'Identifier of the log (UUID)', max: 36 })
  log: string;

  @IntegerField({ description: 'Last record; 0: none', min: 0 })
  sequence: number;

  @ObjectField(() => CheckpointView, { description: 'The newest checkpoint; null: none', nullable: true })
  checkpoint: CheckpointView | null;

  @TextField({
    description:
      'Ed25519 signature, base64, over the canonical form of the checkpoint with type, format and log',
    max: 100,
    nullable: true,
  })
  signature: string | null;
}

class ArchiveFileView {
  @TextField({ description: 'Name of the file in the archive folder', max: 200 })
  file: string;

  @IntegerField({ description: 'First record in it', min: 1 })
  firstSequence: number;

  @IntegerField({ description: 'Last record in it', min: 1 })
  lastSequence: number;

  @TextField({ description: 'SHA-256 of the file, hex', max: 64 })
  sha256: string;

  @InstantField({ description: 'When the records were moved' })
  archivedAt: string;
}

export class ArchiveFilesView {
  @ListField(kinds.object(() => ArchiveFileView), { description: 'Oldest records first', max: 10_000 })
  items: ArchiveFileView[];
}
