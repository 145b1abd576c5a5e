import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import {
  BUDGET_YEAR,
  BUDGET_YEAR_CLOSED,
  BUDGET_YEAR_REOPENED,
  type BudgetYearState,
  problem,
} from '#libs/contracts';
import { History } from '#libs/history';
import { assertVersion } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { isFinance } from '../access/budget-access.js';
import { budgetProblem } from '../problems.js';

/** A year that was never closed is open, at version 0, and has no identifier. */
export type FiscalYear = Omit<BudgetYearState, 'id'> & { id: string | null };

const COLUMNS = 'id, version, year, state, document';

/** Closing a fiscal year: nothing can be entered into it afterwards, see migrations/budget-ledger-rules.ts. */
@Injectable()
export class YearsService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly history: History,
  ) {}

  /** Years that have money or were closed once, and the given one. */
  list(): Promise<FiscalYear[]> {
    return this.transactions.manager.query<FiscalYear[]>(
      `SELECT ${COLUMNS} FROM budget_year
        WHERE version > 0 OR year IN (SELECT year FROM budget_line) OR year IN (SELECT fiscal_year FROM budget_item)
        ORDER BY year`,
    );
  }

  /** @throws problem `other-agency`, `stale-version`, `year-state` when it is so already */
  set(
    actor: Actor,
    year: number,
    state: BudgetYearState['state'],
    document: string,
    ifMatch: number | undefined,
  ): Promise<BudgetYearState> {
    if (!isFinance(actor)) throw problem('other-agency');
    return this.transactions.run(async (manager) => {
      const [before] = await manager.query<FiscalYear[]>(
        `SELECT ${COLUMNS} FROM budget_year WHERE year = $1 FOR UPDATE`,
        [year],
      );
      if (!before) throw problem('not-found');
      assertVersion(before.version, ifMatch);
      if (before.state === state) throw budgetProblem('year-state', { year, state });
      const after: BudgetYearState = {
        id: before.id ?? uuidv7(),
        version: before.version + 1,
        year,
        state,
        document,
      };
      await manager.query(
        'UPDATE budget_year SET id = $2, version = $3, state = $4, document = $5 WHERE year = $1',
        [year, after.id, after.version, state, document],
      );
      this.history.record({
        aggregate: BUDGET_YEAR,
        state: after,
        type: state === 'closed' ? BUDGET_YEAR_CLOSED : BUDGET_YEAR_REOPENED,
        changed: before.version === 0 ? [] : ['state', 'document'],
        author: actor,
        document,
      });
      return after;
    });
  }
}
