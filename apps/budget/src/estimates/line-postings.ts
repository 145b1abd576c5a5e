import { Injectable } from '@nestjs/common';
import {
  BUDGET_ITEM_ENTRY_REVERSED,
  BUDGET_STEP_EVENTS,
  type BudgetItemState,
  type BudgetOrigin,
  MONEY_CHAIN,
  type MoneyStep,
} from '#libs/contracts';
import type { Author } from '#libs/history';
import { TransactionScope } from '#libs/persistence';
import { placeOf } from '../funding/funding-plan.js';
import { FundingService } from '../funding/funding.service.js';
import { BudgetItem } from '../items/item.entity.js';
import { ItemsService } from '../items/items.service.js';
import { ItemStore } from '../items/item.store.js';
import { BudgetEntry } from '../ledger/entry.entity.js';
import { LedgerBooks } from '../ledger/ledger.books.js';
import { lineState } from './estimate-state.js';
import type { EstimateLine } from './estimate.entity.js';
import type { EstimateRound } from './round.entity.js';

/** Document that an entry of a round rests on. */
export interface RoundDocument {
  document: string;
  documentDate: string | null;
}

/**
 * Lines of a round in the ledger. Who may was asked of the round as a whole, so that the items themselves are not asked.
 */
@Injectable()
export class LinePostings {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly itemsService: ItemsService,
    private readonly items: ItemStore,
    private readonly funding: FundingService,
    private readonly books: LedgerBooks,
  ) {}

  /** Enters what a line asks for; its item and its line of the budget are made where there are none. */
  async request(
    round: EstimateRound,
    line: EstimateLine,
    author: Author,
  ): Promise<{ itemId: string; budgetLineId: string; plansLine: boolean }> {
    const itemId = line.itemId ?? (await this.itemOf(line, author));
    let budgetLineId = '';
    let plansLine = false;
    await this.change(itemId, 'requested', round, author, async (item) => {
      await this.markOrigin(item, line);
      // The total cost of a project is divided among its planned lines; a request is no new plan.
      const planned = item.kind === 'activity' ? line.amount : 0;
      const place = { source: line.source, year: line.year, form: line.form, planned };
      const isNew = item.lines.every((one) => placeOf(one) !== placeOf(place));
      const budgetLine = await this.funding.lineFor(item, place, author);
      budgetLineId = budgetLine.id;
      plansLine = item.kind === 'activity' && (isNew || (line.plansLine && budgetLine.planned === 0));
      if (plansLine && !isNew) await this.plan(budgetLineId, { from: 0, to: line.amount });
      const ground = { document: round.document ?? round.name, documentDate: null, reason: line.explanation };
      const entry = { ...ground, step: 'requested' as const, amount: line.amount, roundId: round.id };
      await this.books.enter(budgetLine, entry, author);
    });
    return { itemId, budgetLineId, plansLine };
  }

  /** Enters a further step of a line that was requested. */
  async enter(
    round: EstimateRound,
    line: EstimateLine,
    step: MoneyStep,
    amount: number,
    ground: RoundDocument,
    author: Author,
  ): Promise<void> {
    const { itemId, budgetLineId } = line;
    if (itemId === null || budgetLineId === null) throw new Error(`line ${line.id} was not consolidated`);
    await this.change(itemId, step, round, author, (item) =>
      this.books.enter(
        this.books.lineOf(item, budgetLineId),
        { ...ground, step, amount, reason: line.appraisalReason, roundId: round.id },
        author,
      ),
    );
  }

  /**
   * Takes back what a round entered for lines of an estimate, the later step first, all of an item as one change of it; what
   * was taken back by hand meanwhile is left alone. A plan that the round made goes, too, unless it was changed since.
   *
   * @throws problem `year-closed`, `later-step-needs-it` (somebody entered further steps by hand)
   */
  async takeBack(
    round: EstimateRound,
    lines: readonly EstimateLine[],
    ground: RoundDocument & { reason: string },
    author: Author,
  ): Promise<void> {
    const byItem = Map.groupBy(
      lines.filter(({ budgetLineId }) => budgetLineId !== null),
      ({ itemId }) => itemId ?? '',
    );
    const { document, reason: note } = ground;
    const change = { type: BUDGET_ITEM_ENTRY_REVERSED, note, document, allowed: () => true };
    for (const [itemId, ofItem] of [...byItem].sort(([one], [other]) => (one < other ? -1 : 1))) {
      await this.items.change(author, itemId, change, async (item) => {
        const places = ofItem.flatMap(({ budgetLineId }) => budgetLineId ?? []);
        for (const entry of await this.standing(round, places)) {
          await this.books.reverse(this.books.lineOf(item, entry.lineId), entry, ground, author);
        }
        for (const { plansLine, budgetLineId, amount } of ofItem) {
          if (plansLine && budgetLineId !== null) await this.plan(budgetLineId, { from: amount, to: 0 });
        }
      });
    }
  }

  /** What a round entered into lines of the budget and nobody took back, the later step first. */
  private async standing(round: EstimateRound, lineIds: readonly string[]): Promise<BudgetEntry[]> {
    const entries = await this.transactions.manager
      .createQueryBuilder(BudgetEntry, 'entry')
      .where('entry.roundId = :round AND entry.lineId IN (:...lineIds)', { round: round.id, lineIds })
      .andWhere('entry.reverses IS NULL')
      .andWhere('NOT EXISTS (SELECT 1 FROM budget_entry reversal WHERE reversal.reverses = entry.id)')
      .getMany();
    return entries.sort((one, other) => MONEY_CHAIN.indexOf(other.step) - MONEY_CHAIN.indexOf(one.step));
  }

  private async plan(lineId: string, { from, to }: { from: number; to: number }): Promise<void> {
    const update = 'UPDATE budget_line SET planned = $3 WHERE id = $1 AND planned = $2';
    await this.transactions.manager.query(update, [lineId, from, to]);
  }

  private async change(
    itemId: string,
    step: MoneyStep,
    round: EstimateRound,
    author: Author,
    work: (item: BudgetItemState) => Promise<void>,
  ): Promise<void> {
    const change = { type: BUDGET_STEP_EVENTS[step], note: round.name, allowed: () => true };
    await this.items.change(author, itemId, change, work);
  }

  /** The item of the line's origin, or a new one that the line describes. */
  private async itemOf(line: EstimateLine, author: Author): Promise<string> {
    const { origin } = lineState(line);
    const existing = origin && (await this.itemWith(origin));
    if (existing) return existing;
    const { id } = await this.itemsService.register(
      {
        kind: line.kind,
        number: null,
        name: line.name,
        owner: { code: line.agencyCode, name: line.agencyName },
        group: null,
        fiscalYear: line.year,
        years: null,
        totalCost: null,
        plannedByYear: {},
        requested: null,
        allocated: null,
        progressPhrase: null,
        note: line.explanation,
        sourceDocument: null,
        origin,
      },
      author,
    );
    return id;
  }

  /** An item that the agency named itself is of the line's origin, too, so that the origin sees what it is granted. */
  private async markOrigin(item: BudgetItemState, line: EstimateLine): Promise<void> {
    const { origin } = lineState(line);
    if (origin === null || item.origin !== null || (await this.itemWith(origin)) !== null) return;
    await this.transactions.manager.update(
      BudgetItem,
      { id: item.id },
      { originService: origin.service, originAggregate: origin.aggregate, originId: origin.id },
    );
  }

  private async itemWith(origin: BudgetOrigin): Promise<string | null> {
    const where = { originService: origin.service, originAggregate: origin.aggregate, originId: origin.id };
    return (await this.transactions.manager.findOne(BudgetItem, { where, select: { id: true } }))?.id ?? null;
  }
}
