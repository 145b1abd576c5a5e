import type { Actor } from '#libs/auth';
import { problem, type RoundState, type Scope } from '#libs/contracts';
import { isCommittee, isFinance, isStandingBody } from '../access/budget-access.js';
import { budgetProblem } from '../problems.js';

/** What is done with a round of estimates, in the order in which it comes. */
export const ROUND_ACTIONS = [
  'change',
  'draft',
  'submit',
  'return',
  'consolidate',
  'appraise',
  'finish-appraisal',
  'approve',
  'allocate',
  'hand-back',
  'cancel',
] as const;
export type RoundAction = (typeof ROUND_ACTIONS)[number];

interface Rule {
  /** States in which it can be done. */
  in: readonly RoundState[];
  /** State that it leads to; the present one for what is done to a part of the round. */
  to: RoundState;
  /** Who may, beyond the owner of an estimate; each with the scope that its token needs. */
  by: readonly { scope: Scope; is: (caller: Caller) => boolean }[];
}

type Caller = Pick<Actor, 'agency' | 'has'>;

const anyAgency = { scope: 'budget:write', is: () => true } as const;
const standingBody = { scope: 'budget:write', is: isStandingBody } as const;
const finance = { scope: 'budget:appraise', is: isFinance } as const;
const committee = { scope: 'budget:approve', is: isCommittee } as const;

/**
 * The life of a round, whole: agencies and communes draft and submit, the standing body returns or consolidates, Sở Tài
 * chính appraises line by line, the Provincial People's Committee approves by one decision, allocation follows. Until it is
 * appraised, Sở Tài chính or the standing body may hand it back whole; until it is approved, the standing body, which opened
 * it, may cancel it. What is not in this table cannot happen.
 */
export const ROUND_MACHINE: Readonly<Record<RoundAction, Rule>> = {
  change: { in: ['open'], to: 'open', by: [standingBody] },
  draft: { in: ['open'], to: 'open', by: [anyAgency] },
  submit: { in: ['open'], to: 'open', by: [anyAgency] },
  return: { in: ['open'], to: 'open', by: [standingBody] },
  consolidate: { in: ['open'], to: 'consolidated', by: [standingBody] },
  appraise: { in: ['consolidated'], to: 'consolidated', by: [finance] },
  'finish-appraisal': { in: ['consolidated'], to: 'appraised', by: [finance] },
  approve: { in: ['appraised'], to: 'approved', by: [committee] },
  allocate: { in: ['approved'], to: 'allocated', by: [finance, committee] },
  'hand-back': { in: ['consolidated'], to: 'open', by: [standingBody, finance] },
  cancel: { in: ['open', 'consolidated', 'appraised'], to: 'cancelled', by: [standingBody] },
};

/** Whether the role of the caller is to do this, in whatever state. */
export function isUpTo(caller: Caller, action: RoundAction): boolean {
  return ROUND_MACHINE[action].by.some(({ scope, is }) => caller.has(scope) && is(caller));
}

/** @throws problem `other-agency`, `round-state` */
export function assertAction(caller: Caller, action: RoundAction, state: RoundState): void {
  if (!isUpTo(caller, action)) throw problem('other-agency');
  if (!ROUND_MACHINE[action].in.includes(state)) throw budgetProblem('round-state', { state, action });
}
