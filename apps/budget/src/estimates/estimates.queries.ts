import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Actor } from '#libs/auth';
import {
  BUDGET_ESTIMATE,
  BUDGET_ROUND,
  type BudgetEstimateState,
  type BudgetRoundState,
  type EstimateLineState,
  problem,
} from '#libs/contracts';
import { History, type HistoryLineView } from '#libs/history';
import { decodeCursor, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { maySeeItem, visibleOwner } from '../access/budget-access.js';
import { Estimate, EstimateLine } from './estimate.entity.js';
import { estimateState, lineState, roundState } from './estimate-state.js';
import type { ListEstimatesQuery, ListLinesQuery, ListRoundsQuery } from './estimate.requests.js';
import { type NextStep, nextSteps } from './next-steps.js';
import { EstimateRound } from './round.entity.js';

/** A line with whose it is: a row of the consolidated table. */
export interface TableLine extends EstimateLineState {
  agency: { code: string; name: string };
  estimateId: string | null;
  /** Allocated of it in its round, whole đồng. */
  allocated: number;
}

interface PageRequest {
  limit: number;
  cursor?: string;
}

interface Counts {
  submitted: number;
  notAppraised: number;
  notAllocated: number;
}

@Injectable()
export class EstimatesQueries {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly history: History,
  ) {}

  /** Every agency sees every round; newest first is the order of need, but pages follow the order of entry. */
  async rounds({ year, limit, cursor }: ListRoundsQuery): Promise<Page<BudgetRoundState>> {
    const filters = { year };
    const [after] = decodeCursor<[string]>(cursor, filters, ['uuid']) ?? [];
    const page = this.transactions.manager.createQueryBuilder(EstimateRound, 'round').orderBy('round.id');
    if (year !== undefined) page.andWhere('round.fiscalYear = :year', { year });
    if (after !== undefined) page.andWhere('round.id > :after', { after });
    const rounds = await page.limit(limit + 1).getMany();
    return toPage(rounds.map(roundState), limit, ({ id }) => [id], filters);
  }

  /** @throws problem `not-found` */
  async round(id: string): Promise<EstimateRound> {
    const round = await this.transactions.manager.findOneBy(EstimateRound, { id });
    if (!round) throw problem('not-found');
    return round;
  }

  /** What the actor may do next with a round. @throws problem `not-found` */
  async next(actor: Actor, id: string): Promise<NextStep[]> {
    const round = await this.round(id);
    const { manager } = this.transactions;
    const mine =
      actor.agency === null
        ? null
        : await manager.findOneBy(Estimate, { roundId: id, agencyCode: actor.agency });
    const lines = mine ? await manager.countBy(EstimateLine, { estimateId: mine.id }) : 0;
    const [counts] = await manager.query<[Counts]>(
      `SELECT
         (SELECT count(*)::int FROM estimate WHERE round_id = $1 AND state = 'submitted') AS submitted,
         count(*) FILTER (WHERE line.verdict IS NULL)::int AS "notAppraised",
         count(*) FILTER (WHERE line.allocated_amount < line.appraised_amount)::int AS "notAllocated"
       FROM estimate_line line JOIN estimate ON estimate.id = line.estimate_id
       WHERE estimate.round_id = $1 AND line.budget_line_id IS NOT NULL`,
      [id],
    );
    return nextSteps(actor, { round, own: mine && { id: mine.id, state: mine.state, lines }, ...counts });
  }

  /** What the actor may see, in the order of entry. */
  async estimates(actor: Actor, query: ListEstimatesQuery): Promise<Page<BudgetEstimateState>> {
    const { round, agency, state } = query;
    const filters = { round, agency, state };
    const [after] = decodeCursor<[string]>(query.cursor, filters, ['uuid']) ?? [];
    const { manager } = this.transactions;
    const page = manager.createQueryBuilder(Estimate, 'estimate').orderBy('estimate.id');
    const visible = visibleOwner(actor);
    if (visible !== null) page.andWhere('estimate.agencyCode = :visible', { visible });
    if (round !== undefined) page.andWhere('estimate.roundId = :round', { round });
    if (agency !== undefined) page.andWhere('estimate.agencyCode = :agency', { agency });
    if (state !== undefined) page.andWhere('estimate.state = :state', { state });
    if (after !== undefined) page.andWhere('estimate.id > :after', { after });
    const estimates = await page.limit(query.limit + 1).getMany();
    const lines = await manager.find(EstimateLine, {
      where: { estimateId: In(estimates.map(({ id }) => id)) },
      order: { id: 'ASC' },
    });
    const states = estimates.map((estimate) =>
      estimateState(
        estimate,
        lines.filter(({ estimateId }) => estimateId === estimate.id),
      ),
    );
    return toPage(states, query.limit, ({ id }) => [id], filters);
  }

  /** @throws problem `not-found`, also for an estimate that the actor may not see */
  async estimate(actor: Actor, id: string): Promise<BudgetEstimateState> {
    const { manager } = this.transactions;
    const estimate = await manager.findOneBy(Estimate, { id });
    if (!estimate || !maySeeItem(actor, estimate.agencyCode)) throw problem('not-found');
    return estimateState(
      estimate,
      await manager.find(EstimateLine, { where: { estimateId: id }, order: { id: 'ASC' } }),
    );
  }

  /** Lines that the actor may see: of a round as its consolidated table, or those that wait for one. */
  async lines(actor: Actor, query: ListLinesQuery): Promise<Page<TableLine>> {
    const { round, waiting } = query;
    const filters = { round, waiting };
    const [after] = decodeCursor<[string]>(query.cursor, filters, ['uuid']) ?? [];
    const page = this.transactions.manager.createQueryBuilder(EstimateLine, 'line').orderBy('line.id');
    const visible = visibleOwner(actor);
    if (visible !== null) page.andWhere('line.agencyCode = :visible', { visible });
    if (waiting === true) page.andWhere('line.estimateId IS NULL');
    if (waiting === false) page.andWhere('line.estimateId IS NOT NULL');
    if (round !== undefined) {
      page.andWhere(
        'line.estimateId IN (SELECT estimate.id FROM estimate WHERE estimate.round_id = :round)',
        {
          round,
        },
      );
    }
    if (after !== undefined) page.andWhere('line.id > :after', { after });
    const lines = await page.limit(query.limit + 1).getMany();
    return toPage(lines.map(tableLine), query.limit, ({ id }) => [id], filters);
  }

  /** @throws problem `not-found` */
  async roundHistory(id: string, page: PageRequest): Promise<Page<HistoryLineView>> {
    await this.round(id);
    return this.history.of(BUDGET_ROUND, id, page);
  }

  /** @throws problem `not-found` */
  async estimateHistory(actor: Actor, id: string, page: PageRequest): Promise<Page<HistoryLineView>> {
    await this.estimate(actor, id);
    return this.history.of(BUDGET_ESTIMATE, id, page);
  }
}

function tableLine(line: EstimateLine): TableLine {
  return {
    ...lineState(line),
    agency: { code: line.agencyCode, name: line.agencyName },
    estimateId: line.estimateId,
    allocated: line.allocatedAmount,
  };
}
