import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import {
  BUDGET_ESTIMATE_APPRAISED,
  BUDGET_ROUND_ALLOCATED,
  BUDGET_ROUND_APPRAISED,
  BUDGET_ROUND_APPROVED,
  type BudgetEstimateState,
  type BudgetRoundState,
  type LineAppraisal,
  problem,
} from '#libs/contracts';
import { fieldProblem } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { budgetProblem } from '../problems.js';
import { checkedAppraisal, type StatedAppraisal } from './appraisal.js';
import { Estimate, EstimateLine } from './estimate.entity.js';
import { EstimateStore } from './estimate.store.js';
import { LinePostings, type RoundDocument } from './line-postings.js';
import { assertAction } from './round-machine.js';
import type { EstimateRound } from './round.entity.js';

/** How much of a line is allocated. */
export interface LineShare {
  lineId: string;
  /** Whole đồng, above 0. */
  amount: number;
}

/** What Sở Tài chính and the Provincial People's Committee do with a consolidated round. */
@Injectable()
export class DecisionsService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly store: EstimateStore,
    private readonly postings: LinePostings,
  ) {}

  /**
   * Says what Sở Tài chính thinks of a line; until it hands the round on, it may think otherwise.
   *
   * @param ifMatch version of the line's estimate that the caller last read; undefined: whatever is current
   * @throws problem `not-found`, `other-agency`, `stale-version`, `round-state`, `validation-failed`
   */
  appraise(
    actor: Actor,
    lineId: string,
    stated: StatedAppraisal,
    ifMatch: number | undefined,
  ): Promise<BudgetEstimateState> {
    return this.transactions.run(async (manager) => {
      const line = await manager.findOneBy(EstimateLine, { id: lineId });
      const estimate = line?.estimateId && (await manager.findOneBy(Estimate, { id: line.estimateId }));
      if (!line || !estimate) throw problem('not-found');
      const round = await this.store.lockRound(estimate.roundId, 'shared');
      assertAction(actor, 'appraise', round.state);
      // Not part of the round: it was never submitted.
      if (line.budgetLineId === null) throw problem('not-found');
      const appraisal = checkedAppraisal(line.amount, stated);
      const what = { type: BUDGET_ESTIMATE_APPRAISED, author: actor, ifMatch, note: appraisal.reason };
      return this.store.change(estimate.id, what, async () => {
        await manager.update(EstimateLine, { id: lineId }, columnsOf(appraisal));
        return {};
      });
    });
  }

  /**
   * Hands the round on to the Committee: what was accepted of each line is appraised in the ledger.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `round-state`, `lines-not-appraised`
   */
  finishAppraisal(
    actor: Actor,
    id: string,
    ground: RoundDocument,
    ifMatch: number | undefined,
  ): Promise<BudgetRoundState> {
    return this.transactions.run(async () => {
      const round = await this.store.lockFor(actor, id, 'finish-appraisal', ifMatch);
      const lines = await this.linesOf(round);
      const count = lines.filter(({ verdict }) => verdict === null).length;
      if (count > 0) throw budgetProblem('lines-not-appraised', { count });
      const appraised = await this.enterAll(round, lines, 'appraised', ground, actor);
      const what = { type: BUDGET_ROUND_APPRAISED, author: actor, document: ground.document };
      return this.store.changeRound(round, { state: 'appraised', appraised }, what);
    });
  }

  /**
   * Approves the round as one decision: all of it, or nothing.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `round-state`
   */
  approve(
    actor: Actor,
    id: string,
    decision: { document: string; date: string },
    ifMatch: number | undefined,
  ): Promise<BudgetRoundState> {
    return this.transactions.run(async () => {
      const round = await this.store.lockFor(actor, id, 'approve', ifMatch);
      const ground = { document: decision.document, documentDate: decision.date };
      const approved = await this.enterAll(round, await this.linesOf(round), 'approved', ground, actor);
      const changes = { state: 'approved' as const, approved };
      return this.store.changeRound(
        round,
        { ...changes, decisionDocument: decision.document, decisionDate: decision.date },
        { type: BUDGET_ROUND_APPROVED, author: actor, document: decision.document },
      );
    });
  }

  /**
   * Allocates what was approved: everything that is left, or shares of lines.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `round-state`, `nothing-to-allocate`,
   *   `validation-failed` (more than is left of a line), `over-approved`
   */
  allocate(
    actor: Actor,
    id: string,
    ground: RoundDocument,
    shares: readonly LineShare[] | undefined,
    ifMatch: number | undefined,
  ): Promise<BudgetRoundState> {
    return this.transactions.run(async (manager) => {
      const round = await this.store.lockFor(actor, id, 'allocate', ifMatch);
      const lines = await this.linesOf(round);
      const granted = shares ? checkedShares(lines, shares) : everythingLeft(lines);
      if (granted.size === 0) throw budgetProblem('nothing-to-allocate');
      let allocated = round.allocated;
      for (const [line, amount] of granted) {
        await this.postings.enter(round, line, 'allocated', amount, ground, actor);
        await manager.update(
          EstimateLine,
          { id: line.id },
          { allocatedAmount: line.allocatedAmount + amount },
        );
        allocated += amount;
      }
      const state = allocated === round.approved ? 'allocated' : 'approved';
      const what = { type: BUDGET_ROUND_ALLOCATED, author: actor, document: ground.document };
      return this.store.changeRound(round, { state, allocated }, what);
    });
  }

  /** Lines that were consolidated, in the order of their items, so that two rounds lock items in the same order. */
  private linesOf(round: EstimateRound): Promise<EstimateLine[]> {
    return this.transactions.manager
      .createQueryBuilder(EstimateLine, 'line')
      .innerJoin(Estimate, 'estimate', 'estimate.id = line.estimateId')
      .where('estimate.roundId = :round AND line.budgetLineId IS NOT NULL', { round: round.id })
      .orderBy('line.itemId')
      .addOrderBy('line.id')
      .getMany();
  }

  /** Sum of what was entered, whole đồng. */
  private async enterAll(
    round: EstimateRound,
    lines: readonly EstimateLine[],
    step: 'appraised' | 'approved',
    ground: RoundDocument,
    actor: Actor,
  ): Promise<number> {
    let sum = 0;
    for (const line of lines) {
      const amount = line.appraisedAmount ?? 0;
      if (amount === 0) continue;
      await this.postings.enter(round, line, step, amount, ground, actor);
      sum += amount;
    }
    return sum;
  }
}

function columnsOf({ verdict, amount, reason, ground }: LineAppraisal): Partial<EstimateLine> {
  return { verdict, appraisedAmount: amount, appraisalReason: reason, appraisalGround: ground };
}

function leftOf(line: EstimateLine): number {
  return (line.appraisedAmount ?? 0) - line.allocatedAmount;
}

function everythingLeft(lines: readonly EstimateLine[]): Map<EstimateLine, number> {
  return new Map(lines.filter((line) => leftOf(line) > 0).map((line) => [line, leftOf(line)]));
}

function checkedShares(
  lines: readonly EstimateLine[],
  shares: readonly LineShare[],
): Map<EstimateLine, number> {
  const granted = new Map<EstimateLine, number>();
  for (const [index, { lineId, amount }] of shares.entries()) {
    const line = lines.find(({ id }) => id === lineId);
    const field = `lines[${index}]`;
    if (!line) throw fieldProblem({ field: `${field}.lineId`, code: 'unknown-line', texts: UNKNOWN_LINE });
    if (granted.has(line)) throw fieldProblem({ field, code: 'duplicate' });
    const max = leftOf(line);
    if (amount > max)
      throw fieldProblem({ field: `${field}.amount`, code: 'too-large', parameters: { max } });
    granted.set(line, amount);
  }
  return granted;
}

const UNKNOWN_LINE = {
  vi: 'Đợt dự toán này không có dòng đã nêu.',
  en: 'The round has no such line.',
};
