import { Injectable } from '@nestjs/common';
import { addMonths, Clock } from '#libs/calendar';
import {
  type CriterionState,
  type FieldMappingStanding,
  NOTHING_KNOWN,
  type QualityCriterion,
  type QualityFacts,
  qualityScore,
} from '#libs/contracts';
import { type CursorQuery, decodeCursor, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { type CheckContent, figuresOf } from './check-figures.js';
import { QualityQueries } from './quality.queries.js';
import { asInstant } from './quality.store.js';

/** How a database stood at the end of a month; in the present month: now. */
export interface TrendItem {
  /** 2026-04 */
  month: string;
  /** Of the six criteria. */
  attained: number;
  judged: number;
  criteria: { criterion: QualityCriterion; state: CriterionState }[];
}

interface MonthRow {
  month: string;
  until: string;
  checkId: string | null;
  content: CheckContent | null;
  lastUpdateAt: string | null;
  mapping: FieldMappingStanding | null;
  services: number | null;
}

/** The newest check, arrival and standing of each month's end; months as yyyy-MM with the instant that ends them. */
const MONTHS = `
  SELECT month.month, month.until, last.id AS "checkId", last.content, ${asInstant('arrival.at')} AS "lastUpdateAt",
         standing.mapping, standing.services
    FROM unnest($2::text[], $3::text[]) AS month (month, until)
    LEFT JOIN LATERAL (
      SELECT id, content FROM registry_quality_check
       WHERE database_id = $1 AND checked_at < month.until::timestamptz ORDER BY checked_at DESC LIMIT 1) last ON true
    LEFT JOIN LATERAL (
      SELECT max(arrived_at) AS at FROM registry_quality_arrival
       WHERE database_id = $1 AND arrived_at < month.until::timestamptz) arrival ON true
    LEFT JOIN LATERAL (
      SELECT mapping, services FROM registry_quality_standing
       WHERE database_id = $1 AND since < month.until::timestamptz ORDER BY since DESC, id DESC LIMIT 1) standing ON true
   ORDER BY month.month DESC`;

/** How the quality of a database went, by month, judged by what is declared today. */
@Injectable()
export class TrendQueries {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly quality: QualityQueries,
    private readonly clock: Clock,
  ) {}

  /** From this month back to the first thing that was known. @throws problem `not-found` */
  async page(databaseId: string, query: CursorQuery): Promise<Page<TrendItem>> {
    const { facts } = await this.quality.of(databaseId);
    const [before] = decodeCursor<[string]>(query.cursor, { databaseId }, ['text']) ?? [];
    const months = (await this.months(databaseId))
      .filter((month) => before === undefined || month < before)
      .slice(0, query.limit + 1);
    const now = this.clock.now().toISOString();
    const ends = months.map((month) => [endOf(month), now].sort()[0] ?? now);
    const rows = await this.transactions.manager.query<MonthRow[]>(MONTHS, [databaseId, months, ends]);
    const items = rows.map((row) => trendItem(facts, row, now));
    return toPage(items, query.limit, ({ month }) => [month], { databaseId });
  }

  /** yyyy-MM, the newest first. */
  private async months(databaseId: string): Promise<string[]> {
    const [row] = await this.transactions.manager.query<{ first: string | null }[]>(
      `SELECT to_char(min(at) AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-01') AS first FROM (
         SELECT checked_at AS at FROM registry_quality_check WHERE database_id = $1
         UNION ALL SELECT arrived_at FROM registry_quality_arrival WHERE database_id = $1
         UNION ALL SELECT since FROM registry_quality_standing WHERE database_id = $1) facts`,
      [databaseId],
    );
    const months: string[] = [];
    const first = row?.first ?? null;
    let month = `${this.clock.today().slice(0, 7)}-01`;
    for (; first !== null && month >= first; month = addMonths(month, -1)) months.push(month.slice(0, 7));
    return months;
  }
}

/** The instant in which a month (yyyy-MM) of Asia/Ho_Chi_Minh ends, ISO 8601 UTC. */
function endOf(month: string): string {
  return new Date(`${addMonths(`${month}-01`, 1)}T00:00:00+07:00`).toISOString();
}

/** The present month is judged by what is known now, which the kept standings follow within a minute. */
function trendItem(facts: QualityFacts, row: MonthRow, now: string): TrendItem {
  const { month, until, checkId, content, lastUpdateAt } = row;
  const { mandatoryFields } = facts.quality.expectations;
  const check = checkId && content ? figuresOf(checkId, content, mandatoryFields) : null;
  const { mapping, services } =
    until === now
      ? facts.quality
      : { mapping: row.mapping, services: row.services ?? NOTHING_KNOWN.services };
  const then = { ...facts, quality: { ...facts.quality, check, lastUpdateAt, mapping, services } };
  const { attained, judged, criteria } = qualityScore(then, until);
  return {
    month,
    attained,
    judged,
    criteria: criteria.map(({ criterion, state }) => ({ criterion, state })),
  };
}
