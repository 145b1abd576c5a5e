import { addDays } from '#libs/calendar';
import { LIST_PURPOSES, type ListPurpose, type ReportingRule } from '#libs/contracts';
import {
  CodeField,
  CursorQuery,
  DateField,
  EnumField,
  fieldProblem,
  IntegerField,
  ObjectField,
  QueryIntegerField,
  TextField,
  UuidField,
} from '#libs/http';
import { requirePriority } from './list-rules.js';
import type { Addition, ListContent, Removal } from './lists.service.js';

const MONTH = /^20[0-9]{2}-(0[1-9]|1[0-2])$/;

/** Which reports a list asks for about each of its databases. */
export class ReportingBody {
  @IntegerField({
    description: 'Monthly before this day of the month: "trước ngày 20" is 20, and the 19th the last in time',
    min: 2,
    max: 28,
    optional: true,
    default: 20,
  })
  monthlyBeforeDay = 20;

  @CodeField(MONTH, { description: 'First month that is reported on', example: '2026-03' })
  from: string;

  @CodeField(MONTH, {
    description: 'Last month that is reported on; null: until further notice',
    optional: true,
    nullable: true,
  })
  until?: string | null;

  @DateField({
    description: 'A report asked for once, before this day; the day before is the last in time',
    optional: true,
    nullable: true,
    example: '2026-03-12',
  })
  onceBefore?: string | null;
}

/** What can be changed in a list. */
export class ChangeListBody {
  @TextField({ description: 'Title', max: 500, optional: true })
  title?: string;

  @TextField({
    description: 'Decision that approves it, with number and issuer',
    max: 500,
    optional: true,
    nullable: true,
  })
  decision?: string | null;

  @DateField({ description: 'Day of the decision', optional: true, nullable: true })
  decidedOn?: string | null;

  @IntegerField({
    description: 'How many databases the decision or plan speaks of; null: it gives no number',
    min: 1,
    max: 10_000,
    optional: true,
    nullable: true,
  })
  expected?: number | null;

  @ObjectField(() => ReportingBody, {
    nullable: true,
    description: 'Reports that it asks for; priority lists only',
    optional: true,
  })
  reporting?: ReportingBody | null;

  @TextField({ description: 'Note', max: 4_000, multiline: true, optional: true, nullable: true })
  note?: string | null;
}

export class OpenListBody extends ChangeListBody {
  @TextField({ description: 'Title', max: 500 })
  override title: string;

  @EnumField(LIST_PURPOSES, { description: 'priority: to be built first; connection: to be connected to' })
  purpose: ListPurpose;

  @IntegerField({ description: 'Year', min: 2000, max: 2100 })
  year: number;
}

export class AddEntryBody {
  @UuidField({ description: 'The database' })
  databaseId: string;

  @TextField({
    description: 'Document that puts it there, when it is not the list’s own decision',
    max: 500,
    optional: true,
    nullable: true,
  })
  document?: string | null;

  @TextField({ description: 'Note', max: 4_000, multiline: true, optional: true, nullable: true })
  note?: string | null;
}

export class RemoveEntryBody {
  @TextField({ description: 'Why it is taken off', max: 4_000, multiline: true })
  reason: string;

  @TextField({ description: 'Document that says so', max: 500, optional: true, nullable: true })
  document?: string | null;
}

export class ListListsQuery extends CursorQuery {
  @EnumField(LIST_PURPOSES, { description: 'Only lists of this purpose', optional: true })
  purpose?: ListPurpose;

  @QueryIntegerField({ description: 'Only lists of this year', min: 2000, max: 2100, optional: true })
  year?: number;
}

export function contentOf(body: OpenListBody): ListContent {
  const { purpose, year, title, decision, decidedOn, expected, note } = body;
  if (body.reporting != null) requirePriority(purpose);
  return {
    purpose,
    year,
    title,
    decision: decision ?? null,
    decidedOn: decidedOn ?? null,
    expected: expected ?? null,
    reporting: body.reporting == null ? null : ruleOf(body.reporting),
    note: note ?? null,
  };
}

export function changesOf({ reporting, ...stated }: ChangeListBody): Partial<ListContent> {
  return {
    ...stated,
    ...(reporting !== undefined && { reporting: reporting === null ? null : ruleOf(reporting) }),
  };
}

/** "Trước ngày X" has the day before as its last; a written date is not moved by days off. */
function ruleOf({ monthlyBeforeDay, from, until, onceBefore }: ReportingBody): ReportingRule {
  if (until != null && until < from) {
    throw fieldProblem({ field: 'reporting.until', code: 'too-small', parameters: { min: from } });
  }
  return {
    monthlyLastDay: monthlyBeforeDay - 1,
    from,
    until: until ?? null,
    once: onceBefore == null ? null : { before: onceBefore, lastDay: addDays(onceBefore, -1) },
  };
}

export function additionOf({ databaseId, document, note }: AddEntryBody): Addition {
  return { databaseId, document: document ?? null, note: note ?? null };
}

export function removalOf({ reason, document }: RemoveEntryBody): Removal {
  return { reason, document: document ?? null };
}
