import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import type { SupportCounts, TrainingCounts } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { narrowedTo, supportNarrowedTo } from '../access/staffing-access.js';
import { VISIBLE_SUPPORT } from '../support/support-plan.store.js';
import { overdueTraining, VISIBLE_TRAINING } from '../training/training-plan.store.js';

export interface StaffingTotals {
  /** answered: units that have reported a head count. */
  units: { total: number; answered: number };
  /** Sum of the reported head counts, persons; null while nobody has reported. */
  itStaff: number | null;
  training: TrainingCounts;
  support: SupportCounts;
}

interface Sums {
  total: number;
  answered: number;
  it_staff: number | null;
}

const TRAINING = `
  WITH plan AS (
    SELECT row.id, row.state, ${overdueTraining('$2::date')} AS overdue FROM training_plan row
     WHERE row.state <> 'cancelled' AND ($1::text IS NULL OR ${VISIBLE_TRAINING}))
  SELECT jsonb_build_object(
      'plans', count(*), 'underWay', count(*) FILTER (WHERE state = 'under-way'),
      'finished', count(*) FILTER (WHERE state = 'finished'), 'overdue', count(*) FILTER (WHERE overdue),
      'sessions', (
        SELECT jsonb_build_object('planned', count(*), 'held', count(session.held_on))
          FROM training_session session JOIN plan ON plan.id = session.plan_id)) AS counts
    FROM plan`;

const SUPPORT = `
  SELECT jsonb_build_object(
      'plans', count(*), 'proposed', count(*) FILTER (WHERE row.state = 'proposed'),
      'approved', count(*) FILTER (WHERE row.state = 'approved'),
      'underWay', count(*) FILTER (WHERE row.state = 'under-way'),
      'ended', count(*) FILTER (WHERE row.state = 'ended'),
      'units', count(DISTINCT row.unit_code) FILTER (WHERE row.state = 'under-way'),
      'cost', coalesce(sum(row.cost), 0)) AS counts
    FROM support_plan row
   WHERE row.state <> 'cancelled' AND ($1::text IS NULL OR ${VISIBLE_SUPPORT})`;

@Injectable()
export class TotalsService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly clock: Clock,
  ) {}

  /** Over the units and plans that the actor may see. */
  async read(actor: Actor): Promise<StaffingTotals> {
    const { manager } = this.transactions;
    const visible = narrowedTo(actor);
    const [[sums], [training], [support]] = await Promise.all([
      manager.query<[Sums]>(
        `SELECT count(*)::int AS total, count(report.id)::int AS answered, sum(report.it_staff)::int AS it_staff
           FROM staffing_unit unit LEFT JOIN head_count_report report ON report.id = unit.current_report_id
          WHERE $1::text IS NULL OR unit.code = $1`,
        [visible],
      ),
      manager.query<[{ counts: TrainingCounts }]>(TRAINING, [visible, this.clock.today()]),
      manager.query<[{ counts: SupportCounts }]>(SUPPORT, [supportNarrowedTo(actor)]),
    ]);
    return {
      units: { total: sums.total, answered: sums.answered },
      itStaff: sums.it_staff,
      training: training.counts,
      support: support.counts,
    };
  }
}
