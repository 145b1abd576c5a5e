import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { STAFFING_TRAINING_PLAN, type TrainingPlanEventState } from '#libs/contracts';
import { History } from '#libs/history';
import { decodeCursor, likeFolded, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { narrowedTo } from '../access/staffing-access.js';
import { PlanStore } from '../plans/plan-store.js';
import { agencyOf, documentOf } from '../plans/state-sql.js';
import { trainingProgress } from './training-progress.js';
import type { ListTrainingPlansQuery } from './training.requests.js';

const UNITS = `
  SELECT coalesce(jsonb_agg(jsonb_build_object(
      'unit', jsonb_build_object('code', part.unit_code, 'name', part.unit_name), 'planned', part.planned,
      'attended', (SELECT max(present.participants) FROM training_attendance present
                    WHERE present.plan_id = part.plan_id AND present.unit_code = part.unit_code)
    ) ORDER BY part.unit_code), '[]')
    FROM training_unit part WHERE part.plan_id = row.id`;

const ATTENDANCE = `
  SELECT coalesce(jsonb_agg(jsonb_build_object('unit', present.unit_code, 'participants', present.participants)
      ORDER BY present.unit_code), '[]')
    FROM training_attendance present WHERE present.session_id = session.id`;

const SESSIONS = `
  SELECT coalesce(jsonb_agg(jsonb_build_object(
      'id', session.id, 'title', session.title, 'plannedOn', session.planned_on, 'heldOn', session.held_on,
      'attendance', (${ATTENDANCE})
    ) ORDER BY session.position), '[]')
    FROM training_session session WHERE session.plan_id = row.id`;

const STATE = `jsonb_build_object(
    'id', row.id, 'version', row.version, 'title', row.title, 'owner', ${agencyOf('owner')},
    'audience', row.audience, 'skills', to_jsonb(row.skills), 'dueOn', row.due_on,
    'document', ${documentOf('document')}, 'source', row.source, 'state', row.state,
    'units', (${UNITS}), 'sessions', (${SESSIONS}),
    'startedOn', row.started_on, 'finishedOn', row.finished_on, 'report', ${documentOf('report')},
    'cancelGround', row.cancel_ground)`;

/** Which plans an agency (`$1`) sees that does not see all. */
export const VISIBLE_TRAINING = `(row.owner_code = $1 OR EXISTS (
  SELECT 1 FROM training_unit part WHERE part.plan_id = row.id AND part.unit_code = $1))`;

/** The same as `isTrainingOverdue` of the contract, with today as a parameter. */
export const overdueTraining = (today: string): string =>
  `(row.state IN ('planned', 'under-way') AND coalesce(row.due_on < ${today}, false))`;

const LISTED = `
  ($2::text IS NULL OR row.state = $2) AND ($3::text IS NULL OR row.owner_code = $3)
  AND ($4::text IS NULL OR EXISTS (
    SELECT 1 FROM training_unit part WHERE part.plan_id = row.id AND part.unit_code = $4))
  AND ($5::boolean IS NULL OR ${overdueTraining('$6::date')} = $5)
  AND ($7::text IS NULL OR row.search_text LIKE $7) AND ($8::uuid IS NULL OR row.id < $8)`;

@Injectable()
export class TrainingPlanStore extends PlanStore<TrainingPlanEventState> {
  constructor(
    transactions: TransactionScope,
    history: History,
    private readonly clock: Clock,
  ) {
    super(
      {
        aggregate: STAFFING_TRAINING_PLAN,
        table: 'training_plan',
        state: STATE,
        visible: VISIBLE_TRAINING,
        narrowedTo,
        complete: (plan) => ({ ...plan, progressPercent: trainingProgress(plan) }),
      },
      transactions,
      history,
    );
  }

  /** What the actor may see, the newest first. */
  async list(actor: Actor, query: ListTrainingPlansQuery): Promise<Page<TrainingPlanEventState>> {
    const { state, owner, unit, overdue, q, limit, cursor } = query;
    const filters = { state, owner, unit, overdue, q };
    const [before = null] = decodeCursor<[string]>(cursor, filters, ['uuid']) ?? [];
    const plans = await this.page(actor, limit, LISTED, [
      state ?? null,
      owner ?? null,
      unit ?? null,
      overdue ?? null,
      this.clock.today(),
      q === undefined ? null : likeFolded(q),
      before,
    ]);
    return toPage(plans, limit, ({ id }) => [id], filters);
  }
}
