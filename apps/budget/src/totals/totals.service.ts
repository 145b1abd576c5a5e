import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { TransactionScope, wholeNumber } from '#libs/persistence';
import { visibleOwner } from '../access/budget-access.js';

/** Sums of one fiscal year, whole đồng; an amount that is not determined counts as nothing. */
export interface BudgetTotals {
  year: number;
  projects: { count: number; totalCost: number; plannedByYear: Record<string, number> };
  activities: { count: number; requested: number; allocated: number; supplement: number };
}

type Sums = Record<
  'projects' | 'total_cost' | 'activities' | 'requested' | 'allocated' | 'supplement',
  string
>;

@Injectable()
export class TotalsService {
  constructor(private readonly transactions: TransactionScope) {}

  /** Totals of the items of the fiscal year that the actor may see; a project's plan for other years is in them, too. */
  async ofYear(actor: Actor, year: number): Promise<BudgetTotals> {
    const { manager } = this.transactions;
    const visible = visibleOwner(actor);
    const [sums] = await manager.query<[Sums]>(
      `SELECT count(*) FILTER (WHERE kind = 'project') AS projects,
              count(*) FILTER (WHERE kind = 'activity') AS activities,
              coalesce(sum(total_cost), 0) AS total_cost,
              coalesce(sum(requested), 0) AS requested,
              coalesce(sum(allocated), 0) AS allocated,
              coalesce(sum(supplement), 0) AS supplement
         FROM budget_item WHERE fiscal_year = $1 AND ($2::text IS NULL OR owner_code = $2)`,
      [year, visible],
    );
    const plans = await manager.query<{ year: number; amount: string }[]>(
      `SELECT plan.year, sum(plan.amount) AS amount
         FROM budget_item_plan plan JOIN budget_item item ON item.id = plan.item_id
        WHERE item.fiscal_year = $1 AND ($2::text IS NULL OR item.owner_code = $2)
        GROUP BY plan.year ORDER BY plan.year`,
      [year, visible],
    );
    return {
      year,
      projects: {
        count: exact(sums.projects),
        totalCost: exact(sums.total_cost),
        plannedByYear: Object.fromEntries(plans.map((plan) => [String(plan.year), exact(plan.amount)])),
      },
      activities: {
        count: exact(sums.activities),
        requested: exact(sums.requested),
        allocated: exact(sums.allocated),
        supplement: exact(sums.supplement),
      },
    };
  }
}

/** Sums come as text, since they may outgrow a JSON number; such a one is refused rather than rounded. */
function exact(sum: string): number {
  return wholeNumber.from(sum) as number;
}
