import {
  MONEY_CHAIN,
  type MoneyBalance,
  type MoneySource,
  type MoneyStep,
  STATE_SOURCES,
} from '#libs/contracts';
import { MAX_MONEY } from '../items/item-money.js';

/** What a line's ledger adds up to, and how much of the allocated money documents allow beyond the approved. */
export type LedgerBalance = MoneyBalance & { overGranted: number };

export const EMPTY_BALANCE: Readonly<LedgerBalance> = {
  requested: 0,
  appraised: 0,
  approved: 0,
  allocated: 0,
  disbursed: 0,
  settled: 0,
  overGranted: 0,
};

/** A new entry, or the reversal of one: what it changes. */
export interface Posting {
  step: MoneyStep;
  /** Whole đồng, above 0; what an entry brings and its reversal takes back. */
  amount: number;
  /** A document allows to allocate beyond the approved. */
  overGrant: boolean;
  /** Set on the reversal of an entry: what that one had added to `overGranted`. */
  reversesExcess?: number;
}

export type Refusal =
  | { code: 'over-approved'; approved: number; allocated: number; remaining: number; amount: number }
  | { code: 'beyond-step-before'; step: MoneyStep; after: number; limitedBy: MoneyStep; limit: number }
  | { code: 'later-step-needs-it'; step: MoneyStep; amount: number }
  | { code: 'amount-too-large' };

/**
 * The rules of the ledger, as the database keeps them (migrations/budget-ledger-rules.ts): here to say what would break,
 * there to hold under any concurrency. Both are run against each other by a property test.
 */
export function post(
  balance: LedgerBalance,
  posting: Posting,
  source: MoneySource,
): { after: LedgerBalance; excess: number } | { refused: Refusal } {
  const { step, amount, reversesExcess } = posting;
  const reversal = reversesExcess !== undefined;
  const excess = reversal ? reversesExcess : excessOf(balance, posting);
  if (!reversal && !posting.overGrant && step === 'allocated') {
    const remaining = balance.approved - balance.allocated;
    if (amount > remaining) {
      const { approved, allocated } = balance;
      return {
        refused: { code: 'over-approved', approved, allocated, remaining: Math.max(remaining, 0), amount },
      };
    }
  }
  const after = { ...balance, [step]: balance[step] + (reversal ? -amount : amount) };
  after.overGranted += reversal ? -excess : excess;
  const refused = brokenRule(after, step, source);
  return refused ? { refused } : { after, excess };
}

/** What an allocation goes beyond the approved and beyond what documents allowed before. */
function excessOf(balance: LedgerBalance, { step, amount }: Posting): number {
  if (step !== 'allocated') return 0;
  return Math.max(balance.allocated + amount - balance.approved - balance.overGranted, 0);
}

function brokenRule(after: LedgerBalance, changed: MoneyStep, source: MoneySource): Refusal | null {
  if (after[changed] > MAX_MONEY || after.overGranted > MAX_MONEY) return { code: 'amount-too-large' };
  for (const step of MONEY_CHAIN) {
    const limitedBy = stepBefore(step, source);
    if (limitedBy === null) continue;
    const limit = after[limitedBy] + (step === 'allocated' ? after.overGranted : 0);
    if (after[step] <= limit) continue;
    if (step === changed) return { code: 'beyond-step-before', step, after: after[step], limitedBy, limit };
    return { code: 'later-step-needs-it', step, amount: after[step] };
  }
  return null;
}

/** The step that limits this one; enterprises and other sources are neither asked for nor appraised by the State. */
function stepBefore(step: MoneyStep, source: MoneySource): MoneyStep | null {
  if ((step === 'appraised' || step === 'approved') && !STATE_SOURCES.includes(source)) return null;
  return MONEY_CHAIN[MONEY_CHAIN.indexOf(step) - 1] ?? null;
}
