import { BUDGET_ITEM_KINDS, type BudgetItemKind } from '#libs/contracts';
import {
  AgencyView,
  BooleanField,
  EnumField,
  IntegerField,
  kinds,
  ListField,
  MoneyField,
  ObjectField,
  TextField,
  UuidField,
} from '#libs/http';
import { RemarkView, TextsView } from '#libs/workbooks';
import { type Remark, REMARK_CODES, type RemarkCode } from './faults.js';
import {
  type FieldChange,
  IMPORT_ACTIONS,
  type ImportAction,
  type ImportedItem,
  type ImportedTable,
  type ImportResult,
} from './import-result.js';
import { AGREEMENTS, type Agreement, type ColumnTotal } from './tables/totals.js';
import { type Unit, UNITS } from './tables/unit.js';

class BudgetRemarkView extends RemarkView implements Remark {
  @EnumField(REMARK_CODES, { description: 'What it is; stable' })
  code: RemarkCode;
}

class ColumnTotalView implements ColumnTotal {
  @TextField({ description: 'Column', max: 3 })
  column: string;

  @TextField({ description: 'Its header', max: 500 })
  header: string;

  @MoneyField({ description: 'Total as printed, đồng', nullable: true })
  printed: number | null;

  @MoneyField({ description: 'What the rows add up to, đồng' })
  computed: number;

  @IntegerField({ description: 'printed − computed, đồng', nullable: true })
  difference: number | null;

  @EnumField(AGREEMENTS, { description: 'Whether they agree; "different" is a fault' })
  agreement: Agreement;

  @ObjectField(() => TextsView, { description: 'The difference in words' })
  explanation: TextsView;
}

class ImportedTableView implements ImportedTable {
  @EnumField(BUDGET_ITEM_KINDS, { description: 'What its rows are' })
  kind: BudgetItemKind;

  @TextField({ description: 'Sheet', max: 100, nullable: true })
  sheet: string | null;

  @IntegerField({ description: 'Row of its header', min: 1 })
  row: number;

  @EnumField(UNITS, { description: 'Unit of its amounts; null: not known', nullable: true })
  unit: Unit | null;

  @IntegerField({ description: 'Rows without a fault', min: 0 })
  rows: number;

  @ListField(kinds.object(() => ColumnTotalView), { description: 'Totals, printed and computed', max: 100 })
  totals: ColumnTotalView[];

  @ListField(kinds.object(() => TextsView), {
    description: 'What a reader of the totals should know',
    max: 10,
  })
  remarks: TextsView[];
}

class FieldChangeView implements FieldChange {
  @TextField({ description: 'Field of the item', max: 100 })
  field: string;

  @TextField({ description: 'What it says now; null: not determined', max: 4_000, nullable: true })
  before: string | null;

  @TextField({ description: 'What the file says', max: 4_000, nullable: true })
  after: string | null;
}

class ImportedItemView implements ImportedItem {
  @TextField({ description: 'Sheet', max: 100, nullable: true })
  sheet: string | null;

  @IntegerField({ description: 'Row', min: 1 })
  row: number;

  @EnumField(IMPORT_ACTIONS, { description: 'What happens to the item' })
  action: ImportAction;

  @UuidField({ description: 'The item; null: it would be a new one', nullable: true })
  id: string | null;

  @EnumField(BUDGET_ITEM_KINDS, { description: 'Kind' })
  kind: BudgetItemKind;

  @IntegerField({ description: 'Fiscal year' })
  fiscalYear: number;

  @IntegerField({ description: 'Row number in the list', nullable: true })
  number: number | null;

  @TextField({ description: 'Name', max: 1_000 })
  name: string;

  @ObjectField(() => AgencyView, { description: 'Investor or lead agency' })
  owner: AgencyView;

  @BooleanField({ description: 'More was allocated than requested' })
  overAllocated: boolean;

  @ListField(kinds.object(() => FieldChangeView), { description: 'Fields that change', max: 200 })
  changes: FieldChangeView[];
}

/** What an import did, or in a dry run would do. */
export class ImportView implements ImportResult {
  @BooleanField({ description: 'Nothing was stored' })
  dryRun: boolean;

  @BooleanField({ description: 'The file has no fault' })
  accepted: boolean;

  @IntegerField({ description: 'New items', min: 0 })
  created: number;

  @IntegerField({ description: 'Changed items', min: 0 })
  changed: number;

  @IntegerField({ description: 'Items that the list has just so', min: 0 })
  unchanged: number;

  @ListField(kinds.object(() => ImportedTableView), { description: 'Tables found', max: 100 })
  tables: ImportedTableView[];

  @ListField(kinds.object(() => ImportedItemView), { description: 'Each row', max: 2_000 })
  items: ImportedItemView[];

  @IntegerField({ description: 'Faults altogether; a hopeless table is not read to its end', min: 0 })
  faultCount: number;

  @ListField(kinds.object(() => BudgetRemarkView), {
    description: 'Faults by row and column, at most 1,000',
    max: 1_000,
  })
  faults: BudgetRemarkView[];

  @ListField(kinds.object(() => BudgetRemarkView), {
    description: 'What does not stop the import',
    max: 1_000,
  })
  warnings: BudgetRemarkView[];
}
