import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Actor } from '#libs/auth';
import {
  BUDGET_ESTIMATE,
  BUDGET_ESTIMATE_CHANGED,
  BUDGET_ESTIMATE_DRAFTED,
  BUDGET_ROUND,
  type BudgetEstimateState,
  type BudgetRoundState,
  changedFields,
  problem,
} from '#libs/contracts';
import { type Author, type Ground, History } from '#libs/history';
import { assertVersion, type KnownAgency } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { Estimate, EstimateLine } from './estimate.entity.js';
import { estimateState, roundState } from './estimate-state.js';
import { assertAction, type RoundAction } from './round-machine.js';
import { EstimateRound } from './round.entity.js';

/**
 * Rounds and estimates with their versions, events and history. Locks are taken in one order: round, estimate, items.
 */
@Injectable()
export class EstimateStore {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly history: History,
  ) {}

  /**
   * The round, locked: `shared` lets others work on other estimates of it, but nobody change its state.
   *
   * @throws problem `not-found`
   */
  async lockRound(id: string, how: 'shared' | 'alone'): Promise<EstimateRound> {
    const mode = how === 'alone' ? 'pessimistic_write' : 'pessimistic_read';
    const round = await this.transactions.manager.findOne(EstimateRound, { where: { id }, lock: { mode } });
    if (!round) throw problem('not-found');
    return round;
  }

  /**
   * The round, locked alone for what the actor is to do with it.
   *
   * @param ifMatch version that the actor last read; undefined: whatever is current
   * @throws problem `not-found`, `stale-version`, `other-agency`, `round-state`
   */
  async lockFor(
    actor: Actor,
    id: string,
    action: RoundAction,
    ifMatch: number | undefined,
  ): Promise<EstimateRound> {
    const round = await this.lockRound(id, 'alone');
    assertVersion(round.version, ifMatch);
    assertAction(actor, action, round.state);
    return round;
  }

  /** Stores a change of a locked round as its next version; nothing happens when it is all the same. */
  async changeRound(
    before: EstimateRound,
    changes: Partial<EstimateRound>,
    what: Ground & { type: string; author: Author },
  ): Promise<BudgetRoundState> {
    const after = Object.assign({}, before, changes, { version: before.version + 1 });
    const state = roundState(after);
    const changed = changedFields(roundState(before), state);
    if (changed.length === 0) return roundState(before);
    await this.transactions.manager.update(EstimateRound, { id: before.id }, after);
    this.history.record({ ...what, aggregate: BUDGET_ROUND, state, changed });
    return state;
  }

  async newRound(
    round: EstimateRound,
    what: Ground & { type: string; author: Author },
  ): Promise<BudgetRoundState> {
    await this.transactions.manager.insert(EstimateRound, round);
    const state = roundState(round);
    this.history.record({ ...what, aggregate: BUDGET_ROUND, state, changed: [] });
    return state;
  }

  linesOf(estimateId: string): Promise<EstimateLine[]> {
    return this.transactions.manager.find(EstimateLine, { where: { estimateId }, order: { id: 'ASC' } });
  }

  /** @param state undefined: in whatever state */
  estimatesOf(round: EstimateRound, state?: Estimate['state']): Promise<Estimate[]> {
    const where = { roundId: round.id, ...(state !== undefined && { state }) };
    return this.transactions.manager.find(Estimate, { where, order: { id: 'ASC' } });
  }

  /** The agency's estimate in a round, begun where there is none yet, with the lines that wait for its year. */
  async draftOf(round: EstimateRound, agency: KnownAgency, author: Author): Promise<Estimate> {
    const { manager } = this.transactions;
    const estimate: Estimate = {
      id: uuidv7(),
      version: 1,
      roundId: round.id,
      agencyCode: agency.code,
      agencyName: agency.name,
      state: 'draft',
      submittedOn: null,
      late: false,
      returnReason: null,
    };
    await manager.createQueryBuilder().insert().into(Estimate).values(estimate).orIgnore().execute();
    const stored = await manager.findOneByOrFail(Estimate, { roundId: round.id, agencyCode: agency.code });
    if (stored.id !== estimate.id) return stored;
    await this.takeWaiting(round, estimate);
    const state = estimateState(estimate, await this.linesOf(estimate.id));
    this.history.record({
      aggregate: BUDGET_ESTIMATE,
      state,
      type: BUDGET_ESTIMATE_DRAFTED,
      changed: [],
      author,
    });
    return estimate;
  }

  /**
   * Does the work under the estimate's lock. When its state differs afterwards, it gets a version, a line of history and an
   * event; else nothing happened.
   *
   * @throws problem `not-found`, `stale-version`, and those of the work
   */
  async change(
    id: string,
    what: Ground & { type: string; author: Author; ifMatch?: number },
    work: (estimate: Estimate, lines: EstimateLine[]) => Promise<Partial<Estimate>>,
  ): Promise<BudgetEstimateState> {
    const { manager } = this.transactions;
    const before = await manager.findOne(Estimate, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!before) throw problem('not-found');
    assertVersion(before.version, what.ifMatch);
    const linesBefore = await this.linesOf(id);
    const stateBefore = estimateState(before, linesBefore);
    const after = Object.assign({}, before, await work(before, linesBefore));
    const changed = changedFields(stateBefore, estimateState(after, await this.linesOf(id)));
    if (changed.length === 0) return stateBefore;
    after.version += 1;
    await manager.update(Estimate, { id }, after);
    const state = estimateState(after, await this.linesOf(id));
    this.history.record({ ...what, aggregate: BUDGET_ESTIMATE, state, changed });
    return state;
  }

  /** The agency's lines that wait for the year of the round become part of its estimate, unless that is submitted. */
  async placeWaiting(round: EstimateRound, agency: KnownAgency, author: Author): Promise<void> {
    const { id } = await this.draftOf(round, agency, author);
    await this.change(id, { type: BUDGET_ESTIMATE_CHANGED, author }, async (estimate) => {
      if (estimate.state !== 'submitted') await this.takeWaiting(round, estimate);
      return {};
    });
  }

  /** The same for every agency for which lines of the round's year wait. */
  async placeAllWaiting(round: EstimateRound, author: Author): Promise<void> {
    const agencies = await this.transactions.manager.query<{ code: string; name: string }[]>(
      `SELECT agency_code AS code, max(agency_name) AS name FROM estimate_line
        WHERE estimate_id IS NULL AND year = $1 GROUP BY agency_code ORDER BY agency_code`,
      [round.fiscalYear],
    );
    for (const agency of agencies) await this.placeWaiting(round, agency, author);
  }

  /**
   * What other services asked for in an estimate waits for the next round of its year, with the amount that they ask for by
   * now; under the estimate's lock.
   */
  async release(estimateId: string): Promise<void> {
    const { manager } = this.transactions;
    await manager.query('DELETE FROM estimate_line WHERE estimate_id = $1 AND origin_amount = 0', [
      estimateId,
    ]);
    await manager.query(
      `UPDATE estimate_line SET estimate_id = NULL, amount = coalesce(origin_amount, amount), origin_amount = NULL,
         budget_line_id = NULL, verdict = NULL, appraised_amount = NULL, appraisal_reason = NULL, appraisal_ground = NULL
        WHERE estimate_id = $1 AND origin_id IS NOT NULL`,
      [estimateId],
    );
  }

  private async takeWaiting(round: EstimateRound, estimate: Estimate): Promise<void> {
    await this.transactions.manager.query(
      `UPDATE estimate_line SET estimate_id = $1 WHERE estimate_id IS NULL AND agency_code = $2 AND year = $3`,
      [estimate.id, estimate.agencyCode, round.fiscalYear],
    );
  }
}
