import {
  SUPPORT_PLAN_APPROVED,
  SUPPORT_PLAN_CANCELLED,
  SUPPORT_PLAN_CHANGED,
  SUPPORT_PLAN_ENDED,
  SUPPORT_PLAN_STARTED,
  type SupportPlanEventState,
} from '#libs/contracts';
import { mayApprove, mayCarryOut, mayPropose, type SupportParties } from '../access/staffing-access.js';
import type { Step } from '../plans/plan-store.js';

type Plan = SupportPlanEventState;

const partiesOf = ({ unit, supporter }: Plan): SupportParties => ({
  unit: unit.code,
  supporter: supporter.code,
});

const byProposer: Step<Plan>['may'] = (actor, plan) => mayPropose(actor, partiesOf(plan));
const bySupporter: Step<Plan>['may'] = (actor, plan) => mayCarryOut(actor, partiesOf(plan));

/** The state machine of support plans: what is possible in which state, and for whom. Nothing follows an end. */
export const SUPPORT_STEPS = {
  change: { type: SUPPORT_PLAN_CHANGED, from: ['proposed'], may: byProposer },
  approve: {
    type: SUPPORT_PLAN_APPROVED,
    from: ['proposed'],
    may: (actor, plan) => mayApprove(actor, partiesOf(plan)),
  },
  start: { type: SUPPORT_PLAN_STARTED, from: ['approved'], may: bySupporter },
  end: { type: SUPPORT_PLAN_ENDED, from: ['under-way'], may: bySupporter },
  cancel: { type: SUPPORT_PLAN_CANCELLED, from: ['proposed', 'approved', 'under-way'], may: byProposer },
} as const satisfies Record<string, Step<Plan>>;
