import type { AgencyRef, BudgetOrigin, BudgetSplit, SupportPlanCost } from '#libs/contracts';
import type { ReceivedEvent } from '#libs/messaging';
import { MAX_MONEY } from '../items/item-money.js';

/** Money that something of another service needs of the State budget. */
export interface Need {
  origin: BudgetOrigin;
  /** Version of the origin. */
  sequence: number;
  title: string;
  agency: { code: string; name: string };
  /** Whole đồng; 0: nothing is needed, or nothing any more. */
  amount: number;
  /** Fiscal year; null: the current one. */
  year: number | null;
}

/** Databases that will not be built need no money. */
const ENDED: ReadonlySet<unknown> = new Set(['replaced', 'retired']);
/** Support that was cancelled needs none, either. */
const CANCELLED = 'cancelled';

/**
 * What an event says about money. Null when it says nothing: another kind of thing, or its agency is not known by a code,
 * so that nobody could be given the line.
 *
 * @throws Error for an amount or year that is none: a fault of the sender that an operator must see
 */
export function needOf(event: ReceivedEvent): Need | null {
  if (event.service === 'registry' && event.aggregate === 'database') return needOfDatabase(event);
  if (event.service === 'staffing' && event.aggregate === 'support-plan') return needOfSupportPlan(event);
  return null;
}

function needOfDatabase({ aggregate, aggregateId, sequence, data }: ReceivedEvent): Need | null {
  const split = data['budgetSplit'] as BudgetSplit | null | undefined;
  const agency = knownAgency(data['owner']);
  // Versions of before the split was part of the state do not say that nothing is needed.
  if (split === undefined || agency === null) return null;
  return {
    origin: { service: 'registry', aggregate, id: aggregateId },
    sequence,
    title: `Xây dựng ${textOf(data['name'])}`,
    agency,
    amount: ENDED.has(data['lifecycle']) ? 0 : amountOf(split?.statePart),
    year: yearOf(split?.year),
  };
}

function needOfSupportPlan({ aggregate, aggregateId, sequence, data }: ReceivedEvent): Need | null {
  const plan = data as Partial<SupportPlanCost>;
  const agency = knownAgency(plan.agency);
  if (plan.cost === undefined || agency === null) return null;
  return {
    origin: { service: 'staffing', aggregate, id: aggregateId },
    sequence,
    title: textOf(plan.title),
    agency,
    amount: plan.state === CANCELLED ? 0 : amountOf(plan.cost),
    year: yearOf(plan.year),
  };
}

function knownAgency(agency: unknown): Need['agency'] | null {
  if (typeof agency !== 'object' || agency === null) return null;
  const { code, name } = agency as Partial<AgencyRef>;
  return typeof code === 'string' && typeof name === 'string' ? { code, name } : null;
}

function textOf(value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new Error('what asks for money has no name');
}

function amountOf(value: unknown): number {
  if (value === null || value === undefined) return 0;
  if (Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= MAX_MONEY)
    return value as number;
  throw new Error('the amount that is asked for is no amount in whole đồng');
}

function yearOf(value: unknown): number | null {
  if (value === null || value === undefined) return null;
  if (Number.isInteger(value) && (value as number) >= 2000 && (value as number) <= 2100)
    return value as number;
  throw new Error('the year in which money is asked for is no fiscal year');
}
