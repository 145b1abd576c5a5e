import {
  type BudgetSplit,
  DATABASE_KINDS,
  type DatabaseFunding,
  type DatabaseKind,
  type DatabaseListing,
  type DatabasePartner,
  LIST_PURPOSES,
  type ListPurpose,
  type RegistryDatabaseState,
  SHARING_SCOPES,
  type SharingScope,
} from '#libs/contracts';
import {
  EnumField,
  IntegerField,
  kinds,
  ListField,
  MoneyField,
  ObjectField,
  TextField,
  UuidField,
} from '#libs/http';
import { EntryView } from '../catalogue/entry.view.js';

class SplitView implements BudgetSplit {
  @MoneyField({ description: 'State-budget part, đồng; null: not determined', nullable: true })
  statePart: number | null;

  @MoneyField({ description: 'Part of the partner enterprises, đồng', nullable: true })
  enterprisePart: number | null;

  @IntegerField({ description: 'Fiscal year of the State part', min: 2000, max: 2100, nullable: true })
  year: number | null;
}

class PartnerView implements DatabasePartner {
  @UuidField({ description: 'Its registration' })
  id: string;

  @TextField({ description: 'Enterprise', max: 300 })
  name: string;

  @TextField({ description: 'What it carries, as agreed', max: 4_000, nullable: true })
  scope: string | null;

  @MoneyField({ description: 'Its part, đồng', nullable: true })
  part: number | null;
}

class ListingView implements DatabaseListing {
  @UuidField({ description: 'The list' })
  id: string;

  @EnumField(LIST_PURPOSES, { description: 'What the list is for' })
  purpose: ListPurpose;

  @IntegerField({ description: 'Year', min: 2000, max: 2100 })
  year: number;
}

class FundedItemView {
  @UuidField({ description: 'Item of the budget' })
  id: string;

  @TextField({ description: 'Its name', max: 1_000 })
  name: string;

  @IntegerField({ description: 'Fiscal year', min: 2000, max: 2100 })
  fiscalYear: number;

  @MoneyField({ description: 'Allocated from the State budget, đồng' })
  allocated: number;
}

class FundingView implements DatabaseFunding {
  @ListField(kinds.object(() => FundedItemView), { description: 'Items of the budget', max: 100 })
  items: FundedItemView[];

  @MoneyField({ description: 'Sum allocated, đồng' })
  allocated: number;
}

export class DatabaseView extends EntryView implements RegistryDatabaseState {
  @EnumField(DATABASE_KINDS, { description: 'National, sector (chuyên ngành) or provincial database' })
  kind: DatabaseKind;

  @TextField({ description: 'Content, scope and scale', max: 4_000, nullable: true })
  scope: string | null;

  @EnumField(SHARING_SCOPES, { description: 'How far its data may be shared', nullable: true })
  sharingScope: SharingScope | null;

  @TextField({ description: 'Quarter by whose end it is to be in operation', max: 7, nullable: true })
  targetQuarter: string | null;

  @ObjectField(() => SplitView, { description: 'Who carries what; null: not agreed', nullable: true })
  budgetSplit: SplitView | null;

  @ListField(kinds.object(() => PartnerView), { description: 'Chosen partner enterprises', max: 100 })
  partners: PartnerView[];

  @ListField(kinds.object(() => ListingView), { description: 'Lists it is on', max: 100 })
  lists: ListingView[];

  @ObjectField(() => FundingView, { description: 'What the budget allocated' })
  funding: FundingView;
}
