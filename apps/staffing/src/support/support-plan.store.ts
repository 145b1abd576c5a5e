import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { STAFFING_SUPPORT_PLAN, type SupportPlanEventState } from '#libs/contracts';
import { History } from '#libs/history';
import { decodeCursor, likeFolded, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { supportNarrowedTo } from '../access/staffing-access.js';
import { PlanStore } from '../plans/plan-store.js';
import { agencyOf, documentOf } from '../plans/state-sql.js';
import type { ListSupportPlansQuery } from './support.requests.js';

const STATE = `jsonb_build_object(
    'id', row.id, 'version', row.version, 'title', row.title, 'unit', ${agencyOf('unit')},
    'supporter', ${agencyOf('supporter')}, 'agency', ${agencyOf('agency')}, 'skill', row.skill, 'mode', row.mode,
    'from', row.from_day, 'to', row.to_day, 'need', row.need, 'cost', row.cost, 'costSource', row.cost_source,
    'state', row.state, 'proposedOn', row.proposed_on, 'approval', ${documentOf('approval')},
    'startedOn', row.started_on, 'endedOn', row.ended_on, 'result', row.result, 'cancelGround', row.cancel_ground)`;

/** Which plans an agency (`$1`) sees that does not see all. */
export const VISIBLE_SUPPORT = `$1 IN (row.unit_code, row.supporter_code, row.agency_code)`;

const LISTED = `
  ($2::text IS NULL OR row.state = $2) AND ($3::text IS NULL OR row.unit_code = $3)
  AND ($4::text IS NULL OR row.supporter_code = $4) AND ($5::text IS NULL OR row.mode = $5)
  AND ($6::text IS NULL OR row.search_text LIKE $6) AND ($7::uuid IS NULL OR row.id < $7)`;

@Injectable()
export class SupportPlanStore extends PlanStore<SupportPlanEventState> {
  constructor(transactions: TransactionScope, history: History) {
    super(
      {
        aggregate: STAFFING_SUPPORT_PLAN,
        table: 'support_plan',
        state: STATE,
        visible: VISIBLE_SUPPORT,
        narrowedTo: supportNarrowedTo,
        complete: (plan) => ({ ...plan, year: Number(plan.from.slice(0, 4)) }),
      },
      transactions,
      history,
    );
  }

  /** What the actor may see, the newest first. */
  async list(actor: Actor, query: ListSupportPlansQuery): Promise<Page<SupportPlanEventState>> {
    const { state, unit, supporter, mode, q, limit, cursor } = query;
    const filters = { state, unit, supporter, mode, q };
    const [before = null] = decodeCursor<[string]>(cursor, filters, ['uuid']) ?? [];
    const plans = await this.page(actor, limit, LISTED, [
      state ?? null,
      unit ?? null,
      supporter ?? null,
      mode ?? null,
      q === undefined ? null : likeFolded(q),
      before,
    ]);
    return toPage(plans, limit, ({ id }) => [id], filters);
  }
}
