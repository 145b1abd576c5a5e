import {
  TRAINING_PLAN_ATTENDED,
  TRAINING_PLAN_CANCELLED,
  TRAINING_PLAN_CHANGED,
  TRAINING_PLAN_FINISHED,
  TRAINING_PLAN_STARTED,
  type TrainingPlanEventState,
} from '#libs/contracts';
import { mayFinishTraining, mayKeepTraining } from '../access/staffing-access.js';
import type { Step } from '../plans/plan-store.js';

type Plan = TrainingPlanEventState;

const byKeeper: Step<Plan>['may'] = (actor, { owner }) => mayKeepTraining(actor, owner.code);

/** The state machine of training plans: what is possible in which state, and for whom. Nothing follows an end. */
export const TRAINING_STEPS = {
  change: { type: TRAINING_PLAN_CHANGED, from: ['planned', 'under-way'], may: byKeeper },
  start: { type: TRAINING_PLAN_STARTED, from: ['planned'], may: byKeeper },
  attend: {
    type: TRAINING_PLAN_ATTENDED,
    from: ['under-way'],
    may: (actor, plan) => byKeeper(actor, plan) || plan.units.some(({ unit }) => unit.code === actor.agency),
  },
  finish: {
    type: TRAINING_PLAN_FINISHED,
    from: ['under-way'],
    may: (actor, { owner }) => mayFinishTraining(actor, owner.code),
  },
  cancel: { type: TRAINING_PLAN_CANCELLED, from: ['planned', 'under-way'], may: byKeeper },
} as const satisfies Record<string, Step<Plan>>;
