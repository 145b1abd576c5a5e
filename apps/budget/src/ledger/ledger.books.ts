import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '#libs/calendar';
import type { BudgetItemState, BudgetLineState, MoneyStep } from '#libs/contracts';
import type { Author } from '#libs/history';
import { TransactionScope } from '#libs/persistence';
import { budgetProblem } from '../problems.js';
import { BudgetEntry } from './entry.entity.js';
import { type LedgerBalance, type Posting, post, type Refusal } from './ledger-rules.js';

/** What an entry says beside its step and amount. */
export interface EntryGround {
  document: string;
  documentDate: string | null;
  /** Undefined: today. */
  effectiveOn?: string;
  reason: string | null;
  roundId?: string | null;
}

export interface NewEntry extends EntryGround {
  step: MoneyStep;
  /** Whole đồng, above 0. */
  amount: number;
  overGrant?: boolean;
}

type StoredBalance = Record<keyof LedgerBalance, string>;

/** Writes into the ledger, inside the transaction and under the lock of the item; asks nobody whether they may. */
@Injectable()
export class LedgerBooks {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `line-without-year`, `year-closed`, `over-approved`, `beyond-step-before`, `amount-too-large` */
  async enter(line: BudgetLineState, entry: NewEntry, author: Author): Promise<void> {
    await this.check(line, { step: entry.step, amount: entry.amount, overGrant: entry.overGrant === true });
    await this.insert(
      {
        lineId: line.id,
        step: entry.step,
        amount: entry.amount,
        reverses: null,
        overGrant: entry.overGrant === true,
      },
      entry,
      author,
    );
  }

  /** @throws problem `already-reversed`, `year-closed`, `later-step-needs-it` */
  async reverse(
    line: BudgetLineState,
    original: BudgetEntry,
    ground: EntryGround,
    author: Author,
  ): Promise<void> {
    const reversed = await this.transactions.manager.existsBy(BudgetEntry, { reverses: original.id });
    if (reversed || original.reverses !== null) throw budgetProblem('already-reversed');
    await this.check(line, {
      step: original.step,
      amount: original.amount,
      overGrant: false,
      reversesExcess: original.excess,
    });
    await this.insert(
      {
        lineId: line.id,
        step: original.step,
        amount: -original.amount,
        reverses: original.id,
        overGrant: false,
      },
      { ...ground, roundId: original.roundId },
      author,
    );
  }

  /** The line of the item. @throws problem `no-such-line` */
  lineOf(item: BudgetItemState, lineId: string): BudgetLineState {
    const line = item.lines.find(({ id }) => id === lineId);
    if (!line) throw budgetProblem('no-such-line');
    return line;
  }

  /** Says what is wrong before the database refuses it. */
  private async check(line: BudgetLineState, posting: Posting): Promise<void> {
    if (line.year === null) throw budgetProblem('line-without-year');
    const { manager } = this.transactions;
    const [year] = await manager.query<{ state: string }[]>(
      'SELECT state FROM budget_year WHERE year = $1 FOR SHARE',
      [line.year],
    );
    if (year?.state === 'closed') throw budgetProblem('year-closed', { year: line.year });
    const [stored] = await manager.query<StoredBalance[]>(
      `SELECT requested, appraised, approved, allocated, disbursed, settled, over_granted AS "overGranted"
         FROM budget_balance WHERE line_id = $1 FOR UPDATE`,
      [line.id],
    );
    if (!stored) throw budgetProblem('no-such-line');
    const result = post(inNumbers(stored), posting, line.source);
    if ('refused' in result) throw refusalProblem(result.refused);
  }

  private async insert(
    what: Pick<BudgetEntry, 'lineId' | 'step' | 'amount' | 'reverses' | 'overGrant'>,
    { document, documentDate, effectiveOn, reason, roundId }: EntryGround,
    author: Author,
  ): Promise<void> {
    await this.transactions.manager.insert(BudgetEntry, {
      ...what,
      id: uuidv7(),
      effectiveOn: effectiveOn ?? this.clock.today(),
      document,
      documentDate,
      reason,
      roundId: roundId ?? null,
      author: author.subject,
      authorAgency: author.agency,
      recordedAt: this.clock.now(),
    });
  }
}

function inNumbers(stored: StoredBalance): LedgerBalance {
  // Sums of a line are bounded by the table, far below what a number keeps exactly.
  return Object.fromEntries(
    Object.entries(stored).map(([name, value]) => [name, Number(value)]),
  ) as unknown as LedgerBalance;
}

function refusalProblem({ code, ...parameters }: Refusal): Error {
  return budgetProblem(code, parameters);
}
