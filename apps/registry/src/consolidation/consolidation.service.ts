import { Injectable } from '@nestjs/common';
import { countsOf, labelOf } from '../reports/report-states.js';
import { periodOf, ReportsQueries } from '../reports/reports.queries.js';
import { type Consolidation, rowOf, totalsOf } from './consolidation.js';

/** Draws up the table of a period from the list, its databases and their reports. */
@Injectable()
export class ConsolidationService {
  constructor(private readonly reports: ReportsQueries) {}

  /** @throws problem `not-found` for a list or period that is none */
  async consolidate(listId: string, name: string): Promise<Consolidation> {
    const reporting = await this.reports.load(listId);
    const { list, databases, today } = reporting;
    const period = periodOf(reporting, name);
    const lines = this.reports.lines(reporting, period);
    const rows = lines.flatMap((line) => {
      const database = databases.get(line.database.id);
      return database ? [rowOf(line, database, today)] : [];
    });
    const { id, title, year, decision } = list;
    return {
      ...period,
      label: labelOf(period),
      list: { id, title, year, decision },
      asOf: today,
      counts: countsOf(rows),
      totals: totalsOf(rows),
      rows,
    };
  }
}
