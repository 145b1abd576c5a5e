import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import {
  problem,
  type RegistryDatabaseState,
  type RegistryListState,
  type RegistryReportState,
  type ReportPeriod,
  reportPeriods,
} from '#libs/contracts';
import { type CursorQuery, decodeCursor, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { DatabasesQueries } from '../databases/databases.service.js';
import { ListStore } from '../lists/list.store.js';
import type { ListLinesQuery } from './report.requests.js';
import { ReportStore } from './report.store.js';
import {
  bookOf,
  countsOf,
  labelOf,
  linesOf,
  type PeriodItem,
  type ReportBook,
  type ReportLine,
  type ReportVersion,
} from './report-states.js';

/** A list with everything its reports need, read at one moment. */
export interface ReportingList {
  list: RegistryListState;
  databases: Map<string, RegistryDatabaseState>;
  book: ReportBook;
  /** yyyy-MM-dd */
  today: string;
}

/** Reads reports, and how they stand on the day they are asked for. */
@Injectable()
export class ReportsQueries {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly lists: ListStore,
    private readonly reports: ReportStore,
    private readonly databases: DatabasesQueries,
    private readonly clock: Clock,
  ) {}

  /** Reports on a database, the newest first. @throws problem `not-found` */
  async ofDatabase(databaseId: string, query: CursorQuery): Promise<Page<RegistryReportState>> {
    await this.databases.read(databaseId);
    const [before] = decodeCursor<[string]>(query.cursor, { databaseId }, ['uuid']) ?? [];
    const rows = await this.reports.query(
      'WHERE row.database_id = $1 AND ($2::uuid IS NULL OR row.id < $2) ORDER BY row.id DESC LIMIT $3',
      [databaseId, before ?? null, query.limit + 1],
    );
    return toPage(rows, query.limit, (report) => [report.id], { databaseId });
  }

  /** Everything that was sent for a report, the newest first. @throws problem `not-found` */
  async versions(id: string, query: CursorQuery): Promise<Page<ReportVersion>> {
    await this.reports.read(id);
    const [before] = decodeCursor<[number]>(query.cursor, { id }, ['integer']) ?? [];
    const rows = await this.transactions.manager.query<(Omit<ReportVersion, 'at'> & { at: Date })[]>(
      `SELECT version, progress, percent, obstacles, author_agency AS agency, at FROM registry_report_version
        WHERE report_id = $1 AND ($2::int IS NULL OR version < $2) ORDER BY version DESC LIMIT $3`,
      [id, before ?? null, query.limit + 1],
    );
    const versions = rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    return toPage(versions, query.limit, ({ version }) => [version], { id });
  }

  /** Periods of a list that have begun, the newest first. @throws problem `not-found` */
  async periods(listId: string, query: CursorQuery): Promise<Page<PeriodItem>> {
    const reporting = await this.load(listId);
    const [before] = decodeCursor<[string]>(query.cursor, { listId }, ['text']) ?? [];
    const periods = reportPeriods(reporting.list, reporting.today)
      .reverse()
      .filter(({ lastDay, period }) => before === undefined || `${lastDay} ${period}` < before)
      .slice(0, query.limit + 1)
      .map((period) => ({
        ...period,
        label: labelOf(period),
        counts: countsOf(this.lines(reporting, period)),
      }));
    return toPage(periods, query.limit, ({ lastDay, period }) => [`${lastDay} ${period}`], { listId });
  }

  /** How the reports of a period stand, in the order of the list. @throws problem `not-found` */
  async page(listId: string, query: ListLinesQuery): Promise<Page<ReportLine>> {
    const { period: name, state } = query;
    const filters = { listId, period: name, state };
    const [after = 0] = decodeCursor<[number]>(query.cursor, filters, ['integer']) ?? [];
    const reporting = await this.load(listId);
    const lines = this.lines(reporting, periodOf(reporting, name))
      .filter((line) => line.position > after && (state === undefined || line.state === state))
      .slice(0, query.limit + 1);
    return toPage(lines, query.limit, ({ position }) => [position], filters);
  }

  /** @throws problem `not-found` */
  async load(listId: string): Promise<ReportingList> {
    const list = await this.lists.read(listId);
    const ids = list.entries.map(({ database }) => database.id);
    const databases = await this.databases.many(ids);
    return { list, databases, book: bookOf(await this.reports.ofDatabases(ids)), today: this.clock.today() };
  }

  lines({ list, databases, book, today }: ReportingList, period: ReportPeriod): ReportLine[] {
    return linesOf(list, period, book, databases, today);
  }
}

/** @throws problem `not-found` for a period that the list does not ask for, or that has not begun */
export function periodOf({ list, today }: ReportingList, name: string): ReportPeriod {
  const period = reportPeriods(list, today).find((one) => one.period === name);
  if (!period) throw problem('not-found');
  return period;
}
