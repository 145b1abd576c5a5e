import { Injectable } from '@nestjs/common';
import type { Day } from '#libs/calendar';
import { TransactionScope } from '#libs/persistence';
import { PreparedReads } from './prepared-reads.js';

/**
 * What is kept of a day: `totals` and `agencies` of all tasks as they stood at its end; and of the month, quarter or
 * year that ended with it.
 */
export type FigureName = 'totals' | 'agencies' | 'month' | 'quarter' | 'year';

/** Days are kept back to the first without any task: what it says is true of all before it, too. */
const FIND = `
  SELECT figures FROM day_figure WHERE name = $2 AND day = greatest($1::date, (
    SELECT day FROM day_figure WHERE name = 'totals' AND figures::text = '[]' ORDER BY day LIMIT 1))`;
const KEEP = `INSERT INTO day_figure (day, name, figures) VALUES ($1::date, $2, $3::json) ON CONFLICT DO NOTHING`;

/**
 * Figures of days that are over, kept in the database: they never change again, and to count a hundred thousand tasks
 * for each day that somebody asks for takes too long. What is not kept (yet) is counted.
 */
@Injectable()
export class KeptFigures {
  constructor(
    private readonly reads: PreparedReads,
    private readonly transactions: TransactionScope,
  ) {}

  async find<Figures>(day: Day, name: FigureName): Promise<Figures | undefined> {
    const [row] = await this.reads.query<{ figures: Figures }>({ text: FIND, values: [day, name] });
    return row?.figures;
  }

  /** All of a day in one transaction: a day is kept whole or not at all. */
  async keep(day: Day, figures: Partial<Record<FigureName, unknown>>): Promise<void> {
    await this.transactions.run(async (manager) => {
      for (const [name, value] of Object.entries(figures))
        await manager.query(KEEP, [day, name, JSON.stringify(value)]);
    });
  }

  /**
   * Days that are not kept yet: first those after the kept ones, the earliest first, then those before them, backwards up
   * to the first without any task.
   *
   * @param last the last day that is over for good
   */
  async missing(last: Day, most: number): Promise<Day[]> {
    const rows: { day: Day }[] = await this.transactions.manager.query(MISSING, [last, most]);
    return rows.map(({ day }) => day);
  }
}

const MISSING = `
  WITH kept AS (SELECT min(day) AS first, max(day) AS last FROM day_figure WHERE name = 'totals'),
    later AS (
      SELECT generate_series(coalesce(kept.last + 1, $1::date), least($1::date, coalesce(kept.last, $1::date) + $2::integer), '1 day')::date AS day
      FROM kept),
    earlier AS (
      SELECT kept.first - number AS day FROM kept, generate_series(1, $2::integer) number
      WHERE EXISTS (SELECT 1 FROM day_figure WHERE day = kept.first AND name = 'totals' AND figures::text <> '[]'))
  SELECT day::text FROM (
    (SELECT day, 1 AS turn, day - $1::date AS place FROM later)
    UNION ALL (SELECT day, 2, $1::date - day FROM earlier)) days
  ORDER BY turn, place LIMIT $2`;
