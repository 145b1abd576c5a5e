import { EnumField, InstantField, IntegerField, TextField, UuidField } from '#libs/http';
import type { LoggedImport } from './import-log.js';
import { FILE_FORMATS, type FileFormat } from './readers/read-file.js';

export class LoggedImportView implements LoggedImport {
  @UuidField({ description: 'Identifier' })
  id: string;

  @InstantField({ description: 'When it was taken over' })
  at: string;

  @TextField({ description: 'Agency that sent it; null: a token without one', max: 20, nullable: true })
  agency: string | null;

  @TextField({ description: 'Application that sent it', max: 200 })
  client: string;

  @TextField({ description: 'Name of the file', max: 255, nullable: true })
  fileName: string | null;

  @EnumField(FILE_FORMATS, { description: 'What the file is' })
  format: FileFormat;

  @TextField({ description: 'SHA-256 of the file, hexadecimal', max: 64 })
  sha256: string;

  @TextField({ description: 'Document that the tables were taken from', max: 500 })
  document: string;

  @IntegerField({ description: 'New items', min: 0 })
  created: number;

  @IntegerField({ description: 'Changed items', min: 0 })
  changed: number;

  @IntegerField({ description: 'Items that the list had just so', min: 0 })
  unchanged: number;
}
