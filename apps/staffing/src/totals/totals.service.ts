import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { TransactionScope } from '#libs/persistence';
import { visibleUnit } from '../access/staffing-access.js';

export interface StaffingTotals {
  /** answered: units that have reported a head count. */
  units: { total: number; answered: number };
  /** Sum of the reported head counts, persons; null while nobody has reported. */
  itStaff: number | null;
}

interface Sums {
  total: number;
  answered: number;
  it_staff: number | null;
}

@Injectable()
export class TotalsService {
  constructor(private readonly transactions: TransactionScope) {}

  /** Over the units that the actor may see. */
  async read(actor: Actor): Promise<StaffingTotals> {
    const [sums] = await this.transactions.manager.query<[Sums]>(
      `SELECT count(*)::int AS total, count(report.id)::int AS answered, sum(report.it_staff)::int AS it_staff
         FROM staffing_unit unit LEFT JOIN head_count_report report ON report.id = unit.current_report_id
        WHERE $1::text IS NULL OR unit.code = $1`,
      [visibleUnit(actor)],
    );
    return { units: { total: sums.total, answered: sums.answered }, itStaff: sums.it_staff };
  }
}
