import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import {
  BUDGET_ESTIMATE_CHANGED,
  BUDGET_ESTIMATE_RETURNED,
  BUDGET_ESTIMATE_SUBMITTED,
  type BudgetEstimateState,
  type BudgetItemKind,
  type MoneyForm,
  type MoneySource,
  problem,
} from '#libs/contracts';
import { fieldProblem, type KnownAgency } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { maySeeItem, mayWriteItem } from '../access/budget-access.js';
import { ItemStore } from '../items/item.store.js';
import { budgetProblem } from '../problems.js';
import { Estimate, EstimateLine } from './estimate.entity.js';
import { estimateState } from './estimate-state.js';
import { EstimateStore } from './estimate.store.js';
import { assertAction, type RoundAction } from './round-machine.js';
import type { EstimateRound } from './round.entity.js';

/** A line as an agency states it. */
export interface StatedLine {
  /** Line of the estimate that it changes; undefined: a new one. */
  id?: string;
  itemId: string | null;
  kind: BudgetItemKind;
  name: string;
  source: MoneySource;
  form: MoneyForm;
  amount: number;
  explanation: string | null;
}

/** What agencies and communes do in a round, and the standing body with what they submit. */
@Injectable()
export class EstimatesService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly store: EstimateStore,
    private readonly items: ItemStore,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `not-found`, `other-agency`, `round-state`, `estimate-exists` */
  draft(actor: Actor, roundId: string, agency: KnownAgency): Promise<BudgetEstimateState> {
    if (!mayWriteItem(actor, agency.code)) throw problem('other-agency');
    return this.transactions.run(async (manager) => {
      const round = await this.store.lockRound(roundId, 'shared');
      assertAction(actor, 'draft', round.state);
      const present = await manager.findOneBy(Estimate, { roundId, agencyCode: agency.code });
      if (present) throw budgetProblem('estimate-exists', { agency: agency.name, id: present.id });
      const estimate = await this.store.draftOf(round, agency, actor);
      return estimateState(estimate, await this.store.linesOf(estimate.id));
    });
  }

  /**
   * Replaces the lines of a draft or returned estimate. A line that came from another service and is left out waits for the
   * next round.
   *
   * @throws problem `not-found`, `other-agency`, `stale-version`, `round-state`, `estimate-state`, `validation-failed`,
   *   `stated-money`
   */
  setLines(
    actor: Actor,
    id: string,
    lines: readonly StatedLine[],
    ifMatch: number | undefined,
  ): Promise<BudgetEstimateState> {
    const what = { type: BUDGET_ESTIMATE_CHANGED, author: actor, ifMatch };
    return this.work(actor, id, 'draft', (round, manager) =>
      this.store.change(id, what, async (estimate, present) => {
        assertEstimate(estimate, ['draft', 'returned'], 'draft');
        const known = new Map(present.map((line) => [line.id, line]));
        for (const [index, line] of lines.entries()) {
          await this.assertItem(actor, estimate, line, index);
          const before = line.id === undefined ? undefined : known.get(line.id);
          if (line.id !== undefined && !before) {
            throw fieldProblem({ field: `lines[${index}].id`, code: 'unknown-line', texts: UNKNOWN_LINE });
          }
          await this.storeLine(manager, round, estimate, line);
          if (line.id !== undefined) known.delete(line.id);
        }
        for (const dropped of known.values()) await drop(manager, dropped);
        return {};
      }),
    );
  }

  /** @throws problem `not-found`, `other-agency`, `stale-version`, `round-state`, `estimate-state`, `estimate-empty` */
  submit(actor: Actor, id: string, ifMatch: number | undefined): Promise<BudgetEstimateState> {
    const what = { type: BUDGET_ESTIMATE_SUBMITTED, author: actor, ifMatch };
    return this.work(actor, id, 'submit', ({ deadline }) =>
      this.store.change(id, what, (estimate, lines) => {
        assertEstimate(estimate, ['draft', 'returned'], 'submit');
        if (lines.length === 0) throw budgetProblem('estimate-empty');
        const submittedOn = this.clock.today();
        return Promise.resolve({
          state: 'submitted',
          submittedOn,
          late: submittedOn > deadline,
          returnReason: null,
        });
      }),
    );
  }

  /** @throws problem `not-found`, `other-agency`, `stale-version`, `round-state`, `estimate-state` */
  return(
    actor: Actor,
    id: string,
    reason: string,
    ifMatch: number | undefined,
  ): Promise<BudgetEstimateState> {
    const what = { type: BUDGET_ESTIMATE_RETURNED, author: actor, ifMatch, note: reason };
    return this.work(actor, id, 'return', () =>
      this.store.change(id, what, (estimate) => {
        assertEstimate(estimate, ['submitted'], 'return');
        return Promise.resolve({ state: 'returned', returnReason: reason });
      }),
    );
  }

  /** In a transaction in which the round keeps its state; estimates of others do not exist for the caller. */
  private work(
    actor: Actor,
    id: string,
    action: RoundAction,
    work: (round: EstimateRound, manager: EntityManager) => Promise<BudgetEstimateState>,
  ): Promise<BudgetEstimateState> {
    return this.transactions.run(async (manager) => {
      const estimate = await manager.findOneBy(Estimate, { id });
      if (!estimate || !maySeeItem(actor, estimate.agencyCode)) throw problem('not-found');
      const round = await this.store.lockRound(estimate.roundId, 'shared');
      assertAction(actor, action, round.state);
      if (action !== 'return' && !mayWriteItem(actor, estimate.agencyCode)) throw problem('other-agency');
      return work(round, manager);
    });
  }

  /** Money is asked for items of the own agency, whose figures are in the ledger. */
  private async assertItem(
    actor: Actor,
    estimate: Estimate,
    { itemId }: StatedLine,
    index: number,
  ): Promise<void> {
    if (itemId === null) return;
    const item = await this.items.find(itemId);
    if (!item || !maySeeItem(actor, item.owner.code) || item.owner.code !== estimate.agencyCode) {
      throw fieldProblem({ field: `lines[${index}].itemId`, code: 'unknown-item', texts: UNKNOWN_ITEM });
    }
    const { requested, allocated } = item;
    if (item.lines.length === 0 && (requested !== null || allocated !== null)) {
      throw budgetProblem('stated-money', { requested: requested ?? '—', allocated: allocated ?? '—' });
    }
  }

  private async storeLine(
    manager: EntityManager,
    round: EstimateRound,
    estimate: Estimate,
    { id, ...stated }: StatedLine,
  ): Promise<void> {
    if (id !== undefined) {
      await manager.update(EstimateLine, { id }, stated);
      return;
    }
    await manager.insert(EstimateLine, {
      ...stated,
      id: uuidv7(),
      estimateId: estimate.id,
      agencyCode: estimate.agencyCode,
      agencyName: estimate.agencyName,
      year: round.fiscalYear,
      allocatedAmount: 0,
    });
  }
}

const UNKNOWN_LINE = {
  vi: 'Dự toán này không có dòng đã nêu.',
  en: 'The estimate has no such line.',
};
const UNKNOWN_ITEM = {
  vi: 'Cơ quan không có dự án, nhiệm vụ này trong danh mục.',
  en: 'The agency has no such item in the list.',
};

function assertEstimate(estimate: Estimate, states: readonly Estimate['state'][], action: RoundAction): void {
  if (!states.includes(estimate.state))
    throw budgetProblem('estimate-state', { state: estimate.state, action });
}

async function drop(manager: EntityManager, line: EstimateLine): Promise<void> {
  if (line.originId === null) await manager.delete(EstimateLine, { id: line.id });
  else await manager.update(EstimateLine, { id: line.id }, { estimateId: null });
}
