import type { Day } from '#libs/calendar';
import {
  isTrainingOverdue,
  type SupportCounts,
  type SupportPlanEventState,
  type SupportPlanState,
  type TrainingCounts,
  type TrainingPlanEventState,
} from '#libs/contracts';

/** @param today day in Asia/Ho_Chi_Minh: a plan is overdue from the day after its last day */
export function trainingCounts(
  plans: Iterable<Pick<TrainingPlanEventState, 'state' | 'dueOn' | 'sessions'>>,
  today: Day,
): TrainingCounts {
  const counted = [...plans].filter(({ state }) => state !== 'cancelled');
  const sessions = counted.flatMap((plan) => plan.sessions);
  return {
    plans: counted.length,
    underWay: counted.filter(({ state }) => state === 'under-way').length,
    finished: counted.filter(({ state }) => state === 'finished').length,
    overdue: counted.filter((plan) => isTrainingOverdue(plan, today)).length,
    sessions: { planned: sessions.length, held: sessions.filter(({ heldOn }) => heldOn !== null).length },
  };
}

export function supportCounts(
  plans: Iterable<Pick<SupportPlanEventState, 'state' | 'unit' | 'cost'>>,
): SupportCounts {
  const counted = [...plans].filter(({ state }) => state !== 'cancelled');
  const count = (state: SupportPlanState) => counted.filter((plan) => plan.state === state).length;
  const supported = counted.filter(({ state }) => state === 'under-way').map(({ unit }) => unit.code);
  return {
    plans: counted.length,
    proposed: count('proposed'),
    approved: count('approved'),
    underWay: count('under-way'),
    ended: count('ended'),
    units: new Set(supported).size,
    cost: counted.reduce((sum, { cost }) => sum + (cost ?? 0), 0),
  };
}
