import { type BudgetItemState, STATE_SOURCES } from '#libs/contracts';
import { shareOf } from './partnership-state.js';

/** What an item costs the State's budget now, and what it would cost in a partnership; whole đồng. */
export interface WhatIf {
  /** Cost of the item that the comparison starts from. */
  cost: number;
  /** What the State's budget carries now. */
  stateNow: number;
  /** What each side would carry. */
  statePart: number;
  enterprisePart: number;
  /** What the budget saves; below 0 when it would carry more. */
  saved: number;
  /** Hundredths of a percent; null when the item costs nothing. */
  stateShare: number | null;
  /** The State's share is above the province's threshold. */
  aboveThreshold: boolean;
}

/** Null while nobody has said what the item costs. */
export function costOf(item: BudgetItemState): number | null {
  if (item.lines.length === 0) return item.kind === 'project' ? item.totalCost : item.requested;
  return item.lines.reduce((sum, line) => sum + Math.max(line.planned, line.requested), 0);
}

function stateMoneyOf(item: BudgetItemState, cost: number): number {
  if (item.lines.length === 0) return cost;
  return item.lines
    .filter(({ source }) => STATE_SOURCES.includes(source))
    .reduce((sum, line) => sum + Math.max(line.planned, line.requested), 0);
}

/**
 * @param enterprisePart what an enterprise would carry of the item's cost, whole đồng, at most the cost
 * @param threshold State share above which to warn, percent
 */
export function whatIf(
  item: BudgetItemState,
  cost: number,
  enterprisePart: number,
  threshold: number,
): WhatIf {
  const statePart = cost - enterprisePart;
  const stateNow = stateMoneyOf(item, cost);
  const stateShare = shareOf(statePart, enterprisePart);
  return {
    cost,
    stateNow,
    statePart,
    enterprisePart,
    saved: stateNow - statePart,
    stateShare,
    aboveThreshold: isAbove(stateShare, threshold),
  };
}

/** @param stateShare hundredths of a percent */
export function isAbove(stateShare: number | null, threshold: number): boolean {
  return stateShare !== null && stateShare > threshold * 100;
}
