import {
  BooleanField,
  EnumField,
  InstantField,
  IntegerField,
  kinds,
  ListField,
  ObjectField,
  TextField,
  UuidField,
} from '#libs/http';
import { RemarkView } from '#libs/workbooks';
import type { LoggedImport } from './import-log.js';
import {
  type CatalogueImportResult,
  IMPORT_ACTIONS,
  type ImportAction,
  type ImportCounts,
  type ImportedRow,
  type SheetCounts,
} from './import-result.js';
import { type Remark, REMARK_CODES, type RemarkCode } from './remarks.js';

class CatalogueRemarkView extends RemarkView implements Remark {
  @EnumField(REMARK_CODES, { description: 'What it is; stable' })
  code: RemarkCode;
}

class ImportedRowView implements ImportedRow {
  @TextField({ description: 'Sheet', max: 100 })
  sheet: string;

  @IntegerField({ description: 'Row of the sheet', min: 1 })
  row: number;

  @EnumField(IMPORT_ACTIONS, { description: 'What becomes of it' })
  action: ImportAction;

  @UuidField({ description: 'Identifier; null for what a dry run would make', nullable: true })
  id: string | null;

  @TextField({ description: 'Name; of a connection both sides', max: 1_100 })
  name: string;

  @ListField(kinds.text({ max: 100 }), { description: 'Fields that change', max: 100 })
  changed: string[];
}

class SheetCountsView implements SheetCounts {
  @IntegerField({ description: 'New entries', min: 0 })
  created: number;

  @IntegerField({ description: 'Entries that change', min: 0 })
  changed: number;

  @IntegerField({ description: 'Entries that say the same already', min: 0 })
  unchanged: number;
}

class ImportCountsView implements ImportCounts {
  @ObjectField(() => SheetCountsView, { description: 'Databases' })
  databases: SheetCountsView;

  @ObjectField(() => SheetCountsView, { description: 'Systems' })
  systems: SheetCountsView;

  @ObjectField(() => SheetCountsView, { description: 'Connections' })
  connections: SheetCountsView;
}

export class CatalogueImportView implements CatalogueImportResult {
  @BooleanField({ description: 'Nothing was stored' })
  dryRun: boolean;

  @BooleanField({ description: 'The file has no fault: all of it is, or would be, imported' })
  accepted: boolean;

  @ObjectField(() => ImportCountsView, { description: 'What is, or would be, done' })
  counts: ImportCountsView;

  @ListField(kinds.object(() => ImportedRowView), {
    description: 'Rows that say something new, and have no fault',
    max: 3_000,
  })
  rows: ImportedRowView[];

  @IntegerField({ description: 'Number of faults', min: 0 })
  faultCount: number;

  @ListField(kinds.object(() => CatalogueRemarkView), { description: 'The first faults', max: 1_000 })
  faults: CatalogueRemarkView[];

  @ListField(kinds.object(() => CatalogueRemarkView), {
    description: 'What is imported, but should be looked at',
    max: 1_000,
  })
  warnings: CatalogueRemarkView[];
}

export class LoggedImportView implements LoggedImport {
  @UuidField({ description: 'Identifier' })
  id: string;

  @InstantField({ description: 'When it was taken over' })
  at: string;

  @TextField({ description: 'Agency that sent it; null: a token without one', max: 64, nullable: true })
  agency: string | null;

  @TextField({ description: 'Name of the file', max: 255, nullable: true })
  fileName: string | null;

  @TextField({ description: 'SHA-256 of the file, hexadecimal', max: 64 })
  sha256: string;

  @ObjectField(() => ImportCountsView, { description: 'What it did' })
  counts: ImportCountsView;
}
