import {
  BooleanField,
  EnumField,
  IntegerField,
  kinds,
  ListField,
  ObjectField,
  TextField,
  UuidField,
} from '#libs/http';
import { RemarkView } from '#libs/workbooks';
import {
  IMPORT_ACTIONS,
  type ImportAction,
  type ImportedRow,
  type TaskImportResult,
} from './import-result.js';
import { type Remark, REMARK_CODES, type RemarkCode } from './remarks.js';

class TaskImportRemarkView extends RemarkView implements Remark {
  @EnumField(REMARK_CODES, { description: 'What it is; stable' })
  code: RemarkCode;
}

class ImportedRowView implements ImportedRow {
  @IntegerField({ description: 'Row of the sheet', min: 1 })
  row: number;

  @EnumField(IMPORT_ACTIONS, { description: 'What became of it, or would' })
  action: ImportAction;

  @UuidField({ description: 'Identifier; null for what a dry run would make', nullable: true })
  id: string | null;

  @TextField({ description: 'Name of the directive in the file, or title of the task', max: 500 })
  title: string;
}

class RowCountsView {
  @IntegerField({ description: 'Directives', min: 0 })
  directives: number;

  @IntegerField({ description: 'Tasks', min: 0 })
  tasks: number;
}

export class TaskImportView implements TaskImportResult {
  @BooleanField({ description: 'Nothing was stored' })
  dryRun: boolean;

  @BooleanField({ description: 'The file has no fault: all of it is, or would be, imported' })
  accepted: boolean;

  @ObjectField(() => RowCountsView, { description: 'What was, or would be, made' })
  created: RowCountsView;

  @ObjectField(() => RowCountsView, { description: 'What was there already, exactly so' })
  unchanged: RowCountsView;

  @ListField(kinds.object(() => ImportedRowView), { description: 'Directives without a fault', max: 1_000 })
  directives: ImportedRowView[];

  @ListField(kinds.object(() => ImportedRowView), { description: 'Tasks without a fault', max: 5_000 })
  tasks: ImportedRowView[];

  @IntegerField({ description: 'Number of faults', min: 0 })
  faultCount: number;

  @ListField(kinds.object(() => TaskImportRemarkView), { description: 'The first faults', max: 1_000 })
  faults: TaskImportRemarkView[];

  @ListField(kinds.object(() => TaskImportRemarkView), {
    description: 'What is imported, but should be looked at',
    max: 1_000,
  })
  warnings: TaskImportRemarkView[];
}
