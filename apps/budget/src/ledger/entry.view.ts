import {
  MONEY_CHAIN,
  MONEY_FORMS,
  MONEY_SOURCES,
  type MoneyForm,
  type MoneySource,
  type MoneyStep,
} from '#libs/contracts';
import {
  BooleanField,
  DateField,
  EnumField,
  InstantField,
  IntegerField,
  kinds,
  ListField,
  TextField,
  UuidField,
} from '#libs/http';

/** An entry of the ledger as it is answered. */
export class EntryView {
  @UuidField({ description: 'Identifier' })
  id: string;

  @IntegerField({ description: 'Running number of the ledger', min: 1 })
  number: number;

  @UuidField({ description: 'Item' })
  itemId: string;

  @UuidField({ description: 'Line' })
  lineId: string;

  @EnumField(MONEY_SOURCES, { description: 'Source of the line' })
  source: MoneySource;

  @IntegerField({ description: 'Fiscal year of the line' })
  year: number;

  @EnumField(MONEY_FORMS, { description: 'Form of the line' })
  form: MoneyForm;

  @EnumField(MONEY_CHAIN, { description: 'Step of the chain' })
  step: MoneyStep;

  @IntegerField({ description: 'Whole đồng; below 0 in a reversal' })
  amount: number;

  @UuidField({ description: 'Entry that this one takes back', nullable: true })
  reverses: string | null;

  @UuidField({ description: 'Entry that took this one back', nullable: true })
  reversedBy: string | null;

  @BooleanField({ description: 'The document allowed to allocate more than was approved' })
  overGrant: boolean;

  @DateField({ description: 'Day on which it takes effect' })
  effectiveOn: string;

  @TextField({ description: 'Document that says so', max: 500 })
  document: string;

  @DateField({ description: 'Date of the document', nullable: true })
  documentDate: string | null;

  @TextField({ description: 'Note, or why it was taken back', max: 4_000, nullable: true })
  reason: string | null;

  @UuidField({ description: 'Round of estimates that it came of', nullable: true })
  roundId: string | null;

  @TextField({ description: 'Agency that entered it', max: 20, nullable: true })
  agency: string | null;

  @InstantField({ description: 'When it was entered' })
  recordedAt: string;
}

class LedgerDifferenceView {
  @UuidField({ description: 'Line' })
  lineId: string;

  @EnumField([...MONEY_CHAIN, 'overGranted'], { description: 'What differs' })
  step: string;

  @IntegerField({ description: 'Sum of the entries, đồng' })
  entries: number;

  @IntegerField({ description: 'Balance, đồng' })
  balance: number;
}

/** What a replay of the whole ledger says of the balances. */
export class VerificationView {
  @IntegerField({ description: 'Lines compared' })
  lines: number;

  @IntegerField({ description: 'Entries replayed' })
  entries: number;

  @ListField(kinds.object(() => LedgerDifferenceView), {
    description: 'Where they differ; empty when all is well',
    max: 1_000,
  })
  differences: LedgerDifferenceView[];
}
