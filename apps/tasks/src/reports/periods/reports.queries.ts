import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { Clock, dayOf } from '#libs/calendar';
import type { ReportCounts, ReportState } from '#libs/contracts';
import { decodeCursor, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { visibleAgencies } from '../../access/tasks-access.js';
import { instantOf } from './as-of.js';
import type { CountReportsQuery, ListReportsQuery } from './period.requests.js';
import type { ReportItem } from './period-state.js';
import { COUNTS, stateExpression } from './report-state-sql.js';

interface ReportRow {
  dutyId: string;
  title: string;
  periodId: string;
  number: number;
  label: string;
  lastDay: string;
  deadline: Date;
  agencyCode: string;
  agencyName: string;
  state: ReportState;
  submittedAt: Date | null;
  receivedAt: Date | null;
}

/** The reports of all duties together, as they stand or stood on a past day. */
@Injectable()
export class ReportsQueries {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly reference: ReferenceData,
    private readonly clock: Clock,
  ) {}

  /** The latest last day first. */
  async list(actor: Actor, query: ListReportsQuery): Promise<Page<ReportItem>> {
    const { limit, cursor, state, ...filters } = query;
    const all = { ...filters, state };
    const after = decodeCursor<[string, string, string]>(cursor, all, ['date', 'uuid', 'text']);
    const values = this.valuesOf(actor, filters);
    const rows: ReportRow[] = await this.transactions.manager.query(
      `SELECT * FROM (${SELECT}) report
       WHERE ($9::text[] IS NULL OR state = ANY($9))
         AND ($10::date IS NULL
           OR ("sortDay", "periodId", "agencyCode") < ($10::date, $11::uuid, $12::text))
       ORDER BY "sortDay" DESC, "periodId" DESC, "agencyCode" DESC
       LIMIT $13`,
      [...values, state?.length ? state : null, ...(after ?? [null, null, null]), limit + 1],
    );
    const at = values[0] as string;
    const items = rows.map((row) => toReportItem(row, at));
    return toPage(items, limit, ({ period, agency }) => [period.lastDay, period.id, agency.code], all);
  }

  /** How many reports stand how; those that nobody is judged by are not counted. */
  async counts(actor: Actor, query: CountReportsQuery): Promise<ReportCounts> {
    const rows: ReportCounts[] = await this.transactions.manager.query(
      `SELECT ${COUNTS} FROM (${SELECT}) report`,
      this.valuesOf(actor, query),
    );
    return rows[0]!;
  }

  /** The parameters $1 to $8 of {@link SELECT}. */
  private valuesOf(
    actor: Actor,
    { asOf, agency, duty, directive, dueFrom, dueTo }: CountReportsQuery,
  ): unknown[] {
    const at = instantOf(asOf, this.clock);
    const overseesAll = visibleAgencies(actor, this.reference) === null;
    const nullable = [agency, duty, directive, dueFrom, dueTo].map((value) => value ?? null);
    return [at, dayOf(new Date(at)), overseesAll ? null : actor.agency, ...nullable];
  }
}

/** Reports of periods that had begun, which the caller may see. */
const SELECT = `
  SELECT duty.id AS "dutyId", duty.title, period.id AS "periodId", period.number, period.label,
    period.last_day::text AS "lastDay", period.last_day AS "sortDay", period.deadline,
    answer.agency_code AS "agencyCode", answer.agency_name AS "agencyName", answer.submitted_at AS "submittedAt",
    answer.received_at AS "receivedAt",
    ${stateExpression('$1::timestamptz')} AS state
  FROM report_answer answer
  JOIN report_period period ON period.id = answer.period_id
  JOIN report_duty duty ON duty.id = period.duty_id
  WHERE period.opens_on <= $2::date
    AND ($3::text IS NULL OR answer.agency_code = $3 OR duty.owner_code = $3
      OR duty.recipients @> jsonb_build_array(jsonb_build_object('code', $3::text)))
    AND ($4::text IS NULL OR answer.agency_code = $4)
    AND ($5::uuid IS NULL OR duty.id = $5)
    AND ($6::uuid IS NULL OR duty.directive_id = $6)
    AND ($7::date IS NULL OR period.last_day >= $7)
    AND ($8::date IS NULL OR period.last_day <= $8)`;

function toReportItem(row: ReportRow, at: string): ReportItem {
  const submittedAt = row.submittedAt?.toISOString() ?? null;
  return {
    duty: { id: row.dutyId, title: row.title },
    period: {
      id: row.periodId,
      number: row.number,
      label: row.label,
      lastDay: row.lastDay,
      deadline: row.deadline.toISOString(),
    },
    agency: { code: row.agencyCode, name: row.agencyName },
    state: row.state,
    submittedAt:
      submittedAt !== null && submittedAt <= at ? (row.receivedAt?.toISOString() ?? submittedAt) : null,
  };
}
