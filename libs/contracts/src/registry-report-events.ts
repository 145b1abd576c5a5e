import { schemaParts, stateEventSchemas } from './event-schema.js';
import type { ListEntry, RegistryListState } from './registry-list-events.js';
import { type DatabaseRef, registryParts } from './registry-vocabulary.js';

/** Aggregate segment of the subject `ioc.registry.report.<id>`: the report on one database in one period. */
export const REGISTRY_REPORT = 'report';

export const REGISTRY_REPORT_SUBMITTED = 'vn.ioc.registry.report.submitted.v1';
export const REGISTRY_REPORT_CORRECTED = 'vn.ioc.registry.report.corrected.v1';

export interface RegistryReportState {
  id: string;
  version: number;
  database: DatabaseRef;
  /** `2026-04` for a month, `once-2026-03-12` for the report asked for once before that day. */
  period: string;
  /** Day (yyyy-MM-dd) on which the first version came; a correction does not change it. */
  receivedOn: string;
  progress: string;
  /** How far, 0–100; null: not stated. */
  percent: number | null;
  /** Khó khăn, vướng mắc; null: none stated. */
  obstacles: string | null;
}

/** Timeliness of a report, computed when it is read. before-start: the period was over before this system knew of it. */
export const DATABASE_REPORT_STATES = ['on-time', 'late', 'missing', 'open', 'before-start'] as const;
export type DatabaseReportState = (typeof DATABASE_REPORT_STATES)[number];

/** A period that a list asks a report for. */
export interface ReportPeriod {
  /** As in {@link RegistryReportState.period}. */
  period: string;
  /** Last day that is in time. */
  lastDay: string;
}

/** Periods of a list that have begun by `today` (yyyy-MM-dd), the earliest last day first. */
export function reportPeriods(
  { reporting }: Pick<RegistryListState, 'reporting'>,
  today: string,
): ReportPeriod[] {
  if (reporting === null) return [];
  const periods: ReportPeriod[] = [];
  const lastMonth = [reporting.until ?? today, today.slice(0, 7)].sort()[0]!;
  for (let month = reporting.from; month <= lastMonth; month = monthAfter(month)) {
    periods.push({ period: month, lastDay: `${month}-${String(reporting.monthlyLastDay).padStart(2, '0')}` });
  }
  if (reporting.once) {
    periods.push({ period: `once-${reporting.once.before}`, lastDay: reporting.once.lastDay });
  }
  return periods.sort((one, other) => one.lastDay.localeCompare(other.lastDay));
}

function monthAfter(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}

/**
 * How the report on an entry of a list stands. Nobody is said to be late for a period that was over before the entry
 * was made in this system, nor for one that was not over when it was taken off.
 *
 * @param receivedOn day of the first version; null: none came
 * @param today yyyy-MM-dd in Asia/Ho_Chi_Minh
 * @returns null when nothing was owed and nothing came
 */
export function databaseReportState(
  { addedOn, removedOn }: Pick<ListEntry, 'addedOn' | 'removedOn'>,
  { lastDay }: ReportPeriod,
  receivedOn: string | null,
  today: string,
): DatabaseReportState | null {
  if (receivedOn !== null && receivedOn <= lastDay) return 'on-time';
  if (addedOn > lastDay) return 'before-start';
  if (removedOn !== null && removedOn <= lastDay) return null;
  if (receivedOn !== null) return 'late';
  return today > lastDay ? 'missing' : 'open';
}

/** Each database of a list once, with how its report for a period stands; see {@link databaseReportState}. */
export function listReportStates(
  { entries }: Pick<RegistryListState, 'entries'>,
  period: ReportPeriod,
  receivedOn: (databaseId: string) => string | null,
  today: string,
): { entry: ListEntry; state: DatabaseReportState }[] {
  const states = new Map<string, { entry: ListEntry; state: DatabaseReportState }>();
  for (const entry of entries) {
    const { id } = entry.database;
    const state = databaseReportState(entry, period, receivedOn(id), today);
    const known = states.get(id);
    // Taken off and put on again: what was owed the first time stays owed.
    if (state !== null && (known === undefined || known.state === 'before-start'))
      states.set(id, { entry, state });
  }
  return [...states.values()];
}

/** JSON Schemas (draft 2020-12) of the events of reports on databases, by event type. */
export const registryReportEventSchemas: Record<string, object> = stateEventSchemas<RegistryReportState>(
  {
    [REGISTRY_REPORT_SUBMITTED]: 'The report on a database for a period was submitted.',
    [REGISTRY_REPORT_CORRECTED]: 'A submitted report was corrected.',
  },
  {
    id: schemaParts.id,
    version: schemaParts.version,
    database: registryParts.databaseRef,
    period: { type: 'string', pattern: '^([0-9]{4}-[0-9]{2}|once-[0-9]{4}-[0-9]{2}-[0-9]{2})$' },
    receivedOn: registryParts.day,
    progress: schemaParts.text,
    percent: { type: ['integer', 'null'], minimum: 0, maximum: 100 },
    obstacles: schemaParts.optionalText,
  },
);
