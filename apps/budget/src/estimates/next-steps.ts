import type { Actor } from '#libs/auth';
import type { EstimateState } from '#libs/contracts';
import { isUpTo, type RoundAction, ROUND_ACTIONS, ROUND_MACHINE } from './round-machine.js';
import type { EstimateRound } from './round.entity.js';

/** Something that the caller may do next. */
export interface NextStep {
  action: RoundAction;
  /** The caller's own estimate, where the action is about it. */
  estimateId: string | null;
  /** How many estimates or lines it is about. */
  count: number;
}

/** What the next steps depend on. */
export interface RoundStanding {
  round: Pick<EstimateRound, 'state'>;
  /** Estimate of the caller's agency; null: it has none in this round. */
  own: { id: string; state: EstimateState; lines: number } | null;
  /** Estimates submitted. */
  submitted: number;
  /** Consolidated lines without an appraisal. */
  notAppraised: number;
  /** Consolidated lines with approved money that is not allocated. */
  notAllocated: number;
}

/** What the caller's role may do with the round as it stands, in the order in which it comes. */
export function nextSteps(caller: Pick<Actor, 'agency' | 'has'>, standing: RoundStanding): NextStep[] {
  return ROUND_ACTIONS.flatMap((action) => {
    if (!ROUND_MACHINE[action].in.includes(standing.round.state) || !isUpTo(caller, action)) return [];
    const count = countOf(action, caller, standing);
    const isOwn = action === 'draft' || action === 'submit';
    return count === 0 ? [] : [{ action, estimateId: isOwn ? (standing.own?.id ?? null) : null, count }];
  });
}

function countOf(action: RoundAction, caller: Pick<Actor, 'agency'>, standing: RoundStanding): number {
  const { own, submitted, notAppraised, notAllocated } = standing;
  const isInHand = own !== null && own.state !== 'submitted';
  switch (action) {
    case 'draft':
      return caller.agency !== null && (own === null || isInHand) ? 1 : 0;
    case 'submit':
      return isInHand && own.lines > 0 ? 1 : 0;
    case 'return':
    case 'consolidate':
    case 'hand-back':
      return submitted;
    case 'appraise':
      return notAppraised;
    case 'finish-appraisal':
      return notAppraised === 0 ? 1 : 0;
    case 'change':
    case 'approve':
    case 'cancel':
      return 1;
    case 'allocate':
      return notAllocated;
  }
}
