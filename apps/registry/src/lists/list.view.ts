import {
  type DatabaseRef,
  LIST_PURPOSES,
  type ListEntry,
  type ListPurpose,
  type RegistryListState,
  type ReportingRule,
} from '#libs/contracts';
import {
  DateField,
  EnumField,
  IntegerField,
  kinds,
  ListField,
  ObjectField,
  TextField,
  UuidField,
} from '#libs/http';

export class DatabaseRefView implements DatabaseRef {
  @UuidField({ description: 'Identifier' })
  id: string;

  @TextField({ description: 'Name', max: 500 })
  name: string;
}

class OnceView {
  @DateField({ description: 'Before this day' })
  before: string;

  @DateField({ description: 'Last day that is in time' })
  lastDay: string;
}

class ReportingView implements ReportingRule {
  @IntegerField({ description: 'Last day of the month that is in time', min: 1, max: 27 })
  monthlyLastDay: number;

  @TextField({ description: 'First month', max: 7 })
  from: string;

  @TextField({ description: 'Last month; null: until further notice', max: 7, nullable: true })
  until: string | null;

  @ObjectField(() => OnceView, { description: 'Report asked for once', nullable: true })
  once: OnceView | null;
}

class ListEntryView implements ListEntry {
  @ObjectField(() => DatabaseRefView, { description: 'The database' })
  database: DatabaseRefView;

  @IntegerField({ description: 'Place in the list', min: 1 })
  position: number;

  @DateField({ description: 'Day on which this system was told' })
  addedOn: string;

  @TextField({ description: 'Document that put it there', max: 500, nullable: true })
  document: string | null;

  @DateField({ description: 'Day on which it was taken off; null: it is on', nullable: true })
  removedOn: string | null;
}

export class RegistryListView implements RegistryListState {
  @UuidField({ description: 'Identifier' })
  id: string;

  @IntegerField({ description: 'Version, for If-Match', min: 1 })
  version: number;

  @EnumField(LIST_PURPOSES, { description: 'What it is for' })
  purpose: ListPurpose;

  @IntegerField({ description: 'Year', min: 2000, max: 2100 })
  year: number;

  @TextField({ description: 'Title', max: 500 })
  title: string;

  @TextField({ description: 'Decision that approves it', max: 500, nullable: true })
  decision: string | null;

  @DateField({ description: 'Day of the decision', nullable: true })
  decidedOn: string | null;

  @IntegerField({ description: 'How many databases it speaks of', min: 1, nullable: true })
  expected: number | null;

  @ObjectField(() => ReportingView, { description: 'Reports it asks for', nullable: true })
  reporting: ReportingView | null;

  @TextField({ description: 'Note', max: 4_000, nullable: true })
  note: string | null;

  @ListField(kinds.object(() => ListEntryView), {
    description: 'Databases, those taken off too',
    max: 10_000,
  })
  entries: ListEntryView[];
}
