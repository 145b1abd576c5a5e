import {
  databaseSchedule,
  type DatabaseSchedule,
  type RegistryDatabaseState,
  type ReportPeriod,
} from '#libs/contracts';
import type { ReportCounts, ReportLine } from '../reports/report-states.js';

/** A row of the consolidated table: a database, and what was reported on it. Money is whole đồng. */
export interface ConsolidatedRow extends ReportLine {
  partners: string[];
  lifecycle: RegistryDatabaseState['lifecycle'];
  targetQuarter: string | null;
  schedule: DatabaseSchedule;
  enterprisePart: number | null;
  statePart: number | null;
  allocated: number;
}

/** The table that Sở KH&CN sends to the Provincial People's Committee for a period. */
export interface Consolidation extends ReportPeriod {
  label: string;
  list: { id: string; title: string; year: number; decision: string | null };
  /** Day on which it was drawn up, yyyy-MM-dd. */
  asOf: string;
  counts: ReportCounts;
  /** What is not determined adds nothing. */
  totals: { enterprisePart: number; statePart: number; allocated: number };
  rows: ConsolidatedRow[];
}

export function rowOf(line: ReportLine, database: RegistryDatabaseState, today: string): ConsolidatedRow {
  const { partners, lifecycle, targetQuarter, budgetSplit, funding } = database;
  return {
    ...line,
    partners: partners.map(({ name }) => name),
    lifecycle,
    targetQuarter,
    schedule: databaseSchedule(database, today),
    enterprisePart: budgetSplit?.enterprisePart ?? null,
    statePart: budgetSplit?.statePart ?? null,
    allocated: funding.allocated,
  };
}

export function totalsOf(rows: readonly ConsolidatedRow[]): Consolidation['totals'] {
  const sum = (of: (row: ConsolidatedRow) => number | null) =>
    rows.reduce((total, row) => total + (of(row) ?? 0), 0);
  return {
    enterprisePart: sum((row) => row.enterprisePart),
    statePart: sum((row) => row.statePart),
    allocated: sum((row) => row.allocated),
  };
}
