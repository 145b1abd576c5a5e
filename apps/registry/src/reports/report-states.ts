import {
  type AgencyRef,
  type DatabaseRef,
  type DatabaseReportState,
  listReportStates,
  type ReportPeriod,
  type RegistryDatabaseState,
  type RegistryListState,
  type RegistryReportState,
} from '#libs/contracts';

/** How many reports stand how. */
export interface ReportCounts {
  onTime: number;
  late: number;
  missing: number;
  open: number;
  beforeStart: number;
}

/** A period as the periods of a list are answered. */
export interface PeriodItem extends ReportPeriod {
  label: string;
  counts: ReportCounts;
}

/** The report on one entry of a list for a period. */
export interface ReportLine {
  position: number;
  database: DatabaseRef;
  owner: AgencyRef | null;
  state: DatabaseReportState;
  report: RegistryReportState | null;
}

/** What was sent, the first time or as a correction. */
export interface ReportVersion {
  version: number;
  progress: string;
  percent: number | null;
  obstacles: string | null;
  agency: string | null;
  /** ISO 8601 UTC. */
  at: string;
}

/** Reports by `database id`, then period. */
export type ReportBook = ReadonlyMap<string, ReadonlyMap<string, RegistryReportState>>;

export function bookOf(reports: readonly RegistryReportState[]): ReportBook {
  const book = new Map<string, Map<string, RegistryReportState>>();
  for (const report of reports) {
    const own = book.get(report.database.id) ?? new Map<string, RegistryReportState>();
    book.set(report.database.id, own.set(report.period, report));
  }
  return book;
}

/** Lines of a period, in the order of the list; databases that owed nothing and sent nothing are left out. */
export function linesOf(
  list: RegistryListState,
  period: ReportPeriod,
  book: ReportBook,
  databases: ReadonlyMap<string, RegistryDatabaseState>,
  today: string,
): ReportLine[] {
  const reportOn = (id: string) => book.get(id)?.get(period.period) ?? null;
  return listReportStates(list, period, (id) => reportOn(id)?.receivedOn ?? null, today)
    .map(({ entry: { position, database }, state }) => ({
      position,
      database,
      owner: databases.get(database.id)?.owner ?? null,
      state,
      report: reportOn(database.id),
    }))
    .sort((one, other) => one.position - other.position);
}

const COUNTED: Readonly<Record<DatabaseReportState, keyof ReportCounts>> = {
  'on-time': 'onTime',
  late: 'late',
  missing: 'missing',
  open: 'open',
  'before-start': 'beforeStart',
};

export function countsOf(lines: readonly Pick<ReportLine, 'state'>[]): ReportCounts {
  const counts: ReportCounts = { onTime: 0, late: 0, missing: 0, open: 0, beforeStart: 0 };
  for (const { state } of lines) counts[COUNTED[state]] += 1;
  return counts;
}

/** "Tháng 4/2026", "Báo cáo một lần trước ngày 12/3/2026". */
export function labelOf({ period }: ReportPeriod): string {
  if (period.startsWith('once-'))
    return `Báo cáo một lần trước ngày ${writtenDay(period.slice('once-'.length))}`;
  const [year, month] = period.split('-');
  return `Tháng ${Number(month)}/${year ?? ''}`;
}

/** "09/02/2026": days below 10 and the months 1 and 2 have a zero (Decree 30/2020/NĐ-CP, appendix I). */
export function writtenDay(day: string): string {
  const [year, month, date] = day.split('-') as [string, string, string];
  return `${date}/${Number(month) > 2 ? String(Number(month)) : month}/${year}`;
}
