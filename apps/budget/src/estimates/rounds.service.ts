import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import {
  BUDGET_ESTIMATE_CHANGED,
  BUDGET_ROUND_CHANGED,
  BUDGET_ROUND_CONSOLIDATED,
  BUDGET_ROUND_OPENED,
  type BudgetRoundState,
  problem,
} from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { isStandingBody } from '../access/budget-access.js';
import { budgetProblem } from '../problems.js';
import { EstimateLine } from './estimate.entity.js';
import { EstimateStore } from './estimate.store.js';
import { LinePostings } from './line-postings.js';
import type { EstimateRound } from './round.entity.js';

export interface RoundContent {
  name: string;
  fiscalYear: number;
  deadline: string;
  document: string | null;
}

/** What the standing body does: opening rounds and consolidating what agencies ask for. */
@Injectable()
export class RoundsService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly store: EstimateStore,
    private readonly postings: LinePostings,
  ) {}

  /**
   * Opens a round. Agencies for which lines of its year wait have their draft at once.
   *
   * @throws problem `other-agency`
   */
  open(actor: Actor, content: RoundContent): Promise<BudgetRoundState> {
    if (!isStandingBody(actor)) throw problem('other-agency');
    return this.transactions.run(async () => {
      const round = {
        ...content,
        id: uuidv7(),
        version: 1,
        state: 'open' as const,
        decisionDocument: null,
        decisionDate: null,
        cancelDocument: null,
        cancelReason: null,
        requested: 0,
        appraised: 0,
        approved: 0,
        allocated: 0,
      };
      const state = await this.store.newRound(round, {
        type: BUDGET_ROUND_OPENED,
        author: actor,
        document: content.document,
      });
      await this.store.placeAllWaiting(round, actor);
      return state;
    });
  }

  /**
   * Changes an open round, for example its deadline. What was submitted late before stays so.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `round-state`
   */
  change(
    actor: Actor,
    id: string,
    changes: Partial<Omit<RoundContent, 'fiscalYear'>>,
    ifMatch: number | undefined,
  ): Promise<BudgetRoundState> {
    return this.transactions.run(async () => {
      const round = await this.store.lockFor(actor, id, 'change', ifMatch);
      const what = { type: BUDGET_ROUND_CHANGED, author: actor, document: changes.document };
      return this.store.changeRound(round, changes, what);
    });
  }

  /**
   * Consolidates the submitted estimates and hands them on to Sở Tài chính: what they ask for is requested in the ledger,
   * new items are entered into the list. Estimates that were not submitted stay out; what other services asked for in them
   * waits for the next round.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `round-state`, `nothing-submitted`, `year-closed`
   */
  consolidate(actor: Actor, id: string, ifMatch: number | undefined): Promise<BudgetRoundState> {
    return this.transactions.run(async (manager) => {
      const round = await this.store.lockFor(actor, id, 'consolidate', ifMatch);
      const submitted = await this.store.estimatesOf(round, 'submitted');
      if (submitted.length === 0) throw budgetProblem('nothing-submitted');
      let requested = 0;
      for (const estimate of submitted) {
        const what = { type: BUDGET_ESTIMATE_CHANGED, author: actor };
        await this.store.change(estimate.id, what, async (_, lines) => {
          for (const line of lines) {
            const place = await this.postings.request(round, line, actor);
            await manager.update(EstimateLine, { id: line.id }, place);
            requested += line.amount;
          }
          return {};
        });
      }
      await this.keepForNext(round, actor);
      return this.store.changeRound(
        round,
        { state: 'consolidated', requested },
        { type: BUDGET_ROUND_CONSOLIDATED, author: actor, document: round.document },
      );
    });
  }

  private async keepForNext(round: EstimateRound, author: Actor): Promise<void> {
    const what = { type: BUDGET_ESTIMATE_CHANGED, author };
    const left = [
      ...(await this.store.estimatesOf(round, 'draft')),
      ...(await this.store.estimatesOf(round, 'returned')),
    ];
    for (const { id } of left) {
      await this.store.change(id, what, async () => {
        await this.store.release(id);
        return {};
      });
    }
  }
}
