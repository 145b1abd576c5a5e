import type { Recurrence, TaskDue } from '#libs/contracts';
import type { KnownAgency } from '#libs/http';
import { foldVietnamese } from '#libs/http';
import type { ReferenceData } from '#libs/reference';
import { quoted, readAgencies } from '#libs/workbooks';
import { MAX_THRESHOLD } from '../directives/directive.requests.js';
import { type DirectiveContent, symbolOf } from '../directives/directive-state.js';
import { type DirectiveKey, KIND_WORDS, NO, NONE, type TaskKey, YES } from './columns.js';
import { readPhrase, readRecurrence } from './due-cells.js';
import type { Remark, Row } from './remarks.js';

const MAX_AGENCIES = 100;

/** A directive as its row states it. */
export interface StatedDirective {
  row: Row<DirectiveKey>;
  label: string | null;
  /** Null when the row has a fault. */
  content: DirectiveContent | null;
}

export function readDirectiveRow(row: Row<DirectiveKey>, reference: ReferenceData): StatedDirective {
  const label = row.requiredText('label', 200);
  const number = row.text('number', 100);
  const symbol = row.text('symbol', 100) ?? (number === null ? null : symbolOf(number));
  if (!row.has('kind')) row.fault('kind', 'required');
  const kind = row.word('kind', KIND_WORDS);
  const issuers = agenciesOf(row, 'issuer', reference, true);
  if (issuers.length > 1) row.fault('issuer', 'one-agency');
  const issuedOn = row.day('issuedOn') ?? null;
  const meetingOn = row.day('meetingOn') ?? null;
  const subject = row.requiredText('subject', 1_000);
  const dueSoonWorkingDays = thresholdOf(row);
  const [issuer] = issuers;
  const content =
    kind && issuer && subject !== null && !row.isFaulty
      ? { number, symbol, kind, issuer, issuedOn, meetingOn, subject, dueSoonWorkingDays }
      : null;
  return { row, label, content };
}

function thresholdOf(row: Row<DirectiveKey>): number | undefined {
  const text = row.text('threshold', 10);
  if (text === null) return undefined;
  if (/^\d{1,2}$/.test(text) && Number(text) <= MAX_THRESHOLD) return Number(text);
  row.fault('threshold', 'not-a-threshold', { value: quoted(text), max: MAX_THRESHOLD });
  return undefined;
}

/** A task as its row states it; the due date waits for the directive's day. */
export interface StatedTask {
  row: Row<TaskKey>;
  number: string | null;
  directive: string | null;
  clause: string | null;
  title: string | null;
  description: string | null;
  leads: KnownAgency[];
  collaborators: KnownAgency[];
  parent: string | null;
  dueAt: (reference: string, warnings: Remark[]) => TaskDue | null;
}

export function readTaskRow(row: Row<TaskKey>, reference: ReferenceData): StatedTask {
  const leads = agenciesOf(row, 'leads', reference, true);
  const collaborators = agenciesOf(row, 'collaborators', reference, false);
  const both = collaborators.find(({ code }) => leads.some((lead) => lead.code === code));
  if (both) row.fault('collaborators', 'agency-twice', { value: both.name });
  const parent = row.text('parent', 100);
  return {
    row,
    number: row.text('number', 100),
    directive: row.requiredText('directive', 200),
    clause: row.text('clause', 100),
    title: row.requiredText('title', 500),
    description: row.text('description', 4_000, true),
    leads,
    collaborators,
    parent,
    dueAt: readDue(row),
  };
}

/** Reads the cells now, so that their faults are noted once, and what they mean when the directive's day is known. */
function readDue(row: Row<TaskKey>): StatedTask['dueAt'] {
  const phrase = row.text('phrase', 500);
  const date = row.day('date', NONE);
  const lastDay = row.day('lastDay') ?? null;
  const recurrence = recurrenceOf(row);
  const extendable = extendableOf(row);
  return (reference, warnings) => {
    const read = phrase === null ? null : readPhrase(phrase, reference);
    if (phrase !== null && read === null && (date === null || lastDay === null)) {
      row.fault('phrase', 'not-date', { value: quoted(phrase) });
      return null;
    }
    const due: TaskDue = {
      phrase,
      extendable,
      recurrence: recurrence === null ? (read?.recurrence ?? null) : (recurrence ?? null),
      ...(date === undefined ? { date: null, lastDay } : daysOf(row, date, lastDay, read, warnings)),
    };
    if (due.lastDay !== null && (due.date === null || due.lastDay > due.date)) {
      row.fault('lastDay', 'last-day-after-date');
      return null;
    }
    return due;
  };
}

/** Both days as stated, whatever the phrase says; one alone only where it does not contradict the phrase. */
function daysOf(
  row: Row<TaskKey>,
  date: string | null,
  lastDay: string | null,
  read: { date: string | null; lastDay: string | null } | null,
  warnings: Remark[],
): Pick<TaskDue, 'date' | 'lastDay'> {
  if (date !== null && lastDay !== null) {
    if (read?.date && (read.date !== date || read.lastDay !== lastDay))
      warnings.push(row.remark('date', 'differs-from-phrase', { value: read.date }));
    return { date, lastDay };
  }
  const meant = date ?? read?.date ?? null;
  if (read?.date && read.date !== meant) row.fault('date', 'contradicts-phrase', { value: read.date });
  const last = lastDay ?? read?.lastDay ?? meant;
  if (read?.lastDay && read.lastDay !== last)
    row.fault('lastDay', 'contradicts-phrase', { value: read.lastDay });
  return { date: meant, lastDay: last };
}

/** Undefined: there is none, whatever the phrase says; null: nothing is stated. */
function recurrenceOf(row: Row<TaskKey>): Recurrence | null | undefined {
  const text = row.text('recurrence', 100);
  if (text === null) return null;
  if (isSame(text, NONE)) return undefined;
  const recurrence = readRecurrence(text);
  if (!recurrence) row.fault('recurrence', 'not-a-recurrence', { value: quoted(text) });
  return recurrence;
}

function extendableOf(row: Row<TaskKey>): boolean {
  const text = row.text('extendable', 100);
  if (text === null || isSame(text, YES)) return true;
  if (!isSame(text, NO))
    row.fault('extendable', 'not-one-of', { value: quoted(text), values: [YES, NO].join(', ') });
  return false;
}

function agenciesOf<Key extends string>(
  row: Row<Key>,
  key: Key,
  reference: ReferenceData,
  required: boolean,
): KnownAgency[] {
  const text = row.text(key, 20_000, true);
  if (text === null) {
    if (required && !row.has(key)) row.fault(key, 'required');
    return [];
  }
  const { known, unknown } = readAgencies(text, reference);
  for (const words of unknown) row.fault(key, 'unknown-agency', { value: quoted(words) });
  if (known.length === 0 && unknown.length === 0 && required) row.fault(key, 'required');
  const twice = known.find((agency, index) => known.findIndex(({ code }) => code === agency.code) < index);
  if (twice) row.fault(key, 'agency-twice', { value: twice.name });
  if (known.length > MAX_AGENCIES) row.fault(key, 'too-many-agencies', { max: MAX_AGENCIES });
  return known;
}

function isSame(one: string, other: string): boolean {
  return foldVietnamese(one) === foldVietnamese(other);
}
