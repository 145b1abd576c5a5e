import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import {
  BUDGET_ESTIMATE_CHANGED,
  BUDGET_ESTIMATE_RETURNED,
  BUDGET_ROUND_CANCELLED,
  BUDGET_ROUND_HANDED_BACK,
  type BudgetRoundState,
} from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { EstimateLine } from './estimate.entity.js';
import { EstimateStore } from './estimate.store.js';
import { LinePostings, type RoundDocument } from './line-postings.js';

/** Of an estimate that is in its agency's hands again; what was said of its lines stays in its events. */
const NOT_CONSOLIDATED = {
  budgetLineId: null,
  verdict: null,
  appraisedAmount: null,
  appraisalReason: null,
  appraisalGround: null,
};

/**
 * What takes a round back. The ledger is append-only, so that what the round entered is taken back by reversing entries;
 * items that it brought into the list stay there, without money, and are found again by the lines that named them.
 */
@Injectable()
export class WithdrawalsService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly store: EstimateStore,
    private readonly postings: LinePostings,
  ) {}

  /**
   * Hands a consolidated round back whole: every submitted estimate returns to its agency, the round is open again.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `round-state`, `year-closed`, `later-step-needs-it`
   */
  handBack(
    actor: Actor,
    id: string,
    { reason, document }: { reason: string; document: string | null },
    ifMatch: number | undefined,
  ): Promise<BudgetRoundState> {
    return this.transactions.run(async (manager) => {
      const round = await this.store.lockFor(actor, id, 'hand-back', ifMatch);
      const ground = { document: document ?? round.document ?? round.name, documentDate: null, reason };
      const what = { author: actor, note: reason, document };
      for (const { id: estimateId } of await this.store.estimatesOf(round, 'submitted')) {
        const returned = { ...what, type: BUDGET_ESTIMATE_RETURNED };
        await this.store.change(estimateId, returned, async (_, lines) => {
          await this.postings.takeBack(round, lines, ground, actor);
          await manager.update(EstimateLine, { estimateId }, NOT_CONSOLIDATED);
          return { state: 'returned', returnReason: reason };
        });
      }
      const opened = { state: 'open', requested: 0 } as const;
      const state = await this.store.changeRound(round, opened, { ...what, type: BUDGET_ROUND_HANDED_BACK });
      await this.store.placeAllWaiting(round, actor);
      return state;
    });
  }

  /**
   * Cancels a round of which nothing is approved. Its estimates stay as they were for the record; what other services asked
   * for in them waits for the next round.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `round-state`, `year-closed`, `later-step-needs-it`
   */
  cancel(
    actor: Actor,
    id: string,
    ground: RoundDocument & { reason: string },
    ifMatch: number | undefined,
  ): Promise<BudgetRoundState> {
    return this.transactions.run(async () => {
      const round = await this.store.lockFor(actor, id, 'cancel', ifMatch);
      const { document, reason } = ground;
      const what = { author: actor, note: reason, document };
      for (const { id: estimateId } of await this.store.estimatesOf(round)) {
        await this.store.change(estimateId, { ...what, type: BUDGET_ESTIMATE_CHANGED }, async (_, lines) => {
          await this.postings.takeBack(round, lines, ground, actor);
          await this.store.release(estimateId);
          return {};
        });
      }
      return this.store.changeRound(
        round,
        { state: 'cancelled', cancelDocument: document, cancelReason: reason, requested: 0, appraised: 0 },
        { ...what, type: BUDGET_ROUND_CANCELLED },
      );
    });
  }
}
