import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '#libs/calendar';
import { BUDGET_ESTIMATE_CHANGED } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { Estimate, EstimateLine } from '../estimates/estimate.entity.js';
import { EstimateStore } from '../estimates/estimate.store.js';
import { EstimateRound } from '../estimates/round.entity.js';
import { SERVICE } from '../history/service-author.js';
import type { Need } from './need.js';

/** The newer version of an origin wins; its row is locked, so that two replicas do not work on one origin at once. */
const TAKE_NEWER = `
  INSERT INTO exchange_source (service, aggregate, aggregate_id, sequence) VALUES ($1, $2, $3, $4)
  ON CONFLICT (service, aggregate, aggregate_id) DO UPDATE SET sequence = excluded.sequence
    WHERE exchange_source.sequence < excluded.sequence
  RETURNING sequence`;

/**
 * Turns what other services' things need into draft estimate lines of their agencies. A line follows its origin while it
 * is a draft; once it is submitted it stays as it was submitted and only shows what the origin asks for by now.
 */
@Injectable()
export class NeedsService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly store: EstimateStore,
    private readonly clock: Clock,
  ) {}

  /** Once, whatever the order in which versions arrive. Inside the transaction of the event. */
  async take(need: Need): Promise<void> {
    const { manager } = this.transactions;
    const { origin, sequence } = need;
    const [newer] = await manager.query<unknown[]>(TAKE_NEWER, [
      origin.service,
      origin.aggregate,
      origin.id,
      sequence,
    ]);
    if (newer === undefined) return;
    const year = need.year ?? Number(this.clock.today().slice(0, 4));
    const lines = await manager.findBy(EstimateLine, {
      originService: origin.service,
      originAggregate: origin.aggregate,
      originId: origin.id,
    });
    for (const line of lines) {
      const wanted = line.year === year && line.agencyCode === need.agency.code ? need.amount : 0;
      await this.follow(line, wanted, need.title);
    }
    const stillThere = await manager.existsBy(EstimateLine, {
      originService: origin.service,
      originAggregate: origin.aggregate,
      originId: origin.id,
      year,
    });
    if (!stillThere && need.amount > 0) await this.add(need, year);
  }

  /** @param amount what the origin asks for in this line; 0: nothing */
  private async follow(line: EstimateLine, amount: number, name: string): Promise<void> {
    if (line.estimateId === null) {
      await this.rewrite(line, amount, name);
      return;
    }
    const { roundId } = await this.transactions.manager.findOneByOrFail(Estimate, { id: line.estimateId });
    const round = await this.store.lockRound(roundId, 'shared');
    const what = { type: BUDGET_ESTIMATE_CHANGED, author: SERVICE };
    await this.store.change(line.estimateId, what, async (estimate) => {
      if (round.state === 'open' && estimate.state !== 'submitted') await this.rewrite(line, amount, name);
      else await this.note(line, amount);
      return {};
    });
  }

  private async rewrite(line: EstimateLine, amount: number, name: string): Promise<void> {
    const { manager } = this.transactions;
    if (amount === 0) await manager.delete(EstimateLine, { id: line.id });
    else await manager.update(EstimateLine, { id: line.id }, { amount, name, originAmount: null });
  }

  private async note(line: EstimateLine, amount: number): Promise<void> {
    const originAmount = amount === line.amount ? null : amount;
    await this.transactions.manager.update(EstimateLine, { id: line.id }, { originAmount });
  }

  private async add({ origin, title, agency, amount }: Need, year: number): Promise<void> {
    await this.transactions.manager.insert(EstimateLine, {
      id: uuidv7(),
      estimateId: null,
      agencyCode: agency.code,
      agencyName: agency.name,
      itemId: null,
      kind: 'activity',
      name: title,
      source: 'state-recurrent',
      year,
      form: 'cash',
      amount,
      explanation: null,
      originService: origin.service,
      originAggregate: origin.aggregate,
      originId: origin.id,
      allocatedAmount: 0,
    });
    await this.place(agency, year);
  }

  /** Into the agency's draft in the newest open round of the year; without one the line waits. */
  private async place(agency: Need['agency'], year: number): Promise<void> {
    const { manager } = this.transactions;
    const round = await manager.findOne(EstimateRound, {
      where: { fiscalYear: year, state: 'open' },
      order: { id: 'DESC' },
      lock: { mode: 'pessimistic_read' },
    });
    if (round?.state !== 'open') return;
    await this.store.placeWaiting(round, agency, SERVICE);
  }
}
