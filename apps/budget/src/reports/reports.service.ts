import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { Clock, daysBetween, WorkingCalendar } from '#libs/calendar';
import { type AgencyRef, type BudgetStage, MONEY_CHAIN, type MoneyBalance } from '#libs/contracts';
import { TransactionScope, wholeNumber } from '#libs/persistence';
import { visibleOwner } from '../access/budget-access.js';
import { lastDayOf, type TimedItem } from '../stages/stage-times.js';
import { type Breakdown, breakdownQuery, overCommitmentsQuery, stagesQuery } from './report-money.js';
import { PAST, type Standing, TODAY } from './report-standing.js';

/** Sums of a part of the budget, whole đồng; rates in hundredths of a percent, null where there is nothing to divide by. */
export interface MoneyRow extends MoneyBalance {
  key: string;
  /** Name of an agency; null for keys that are words of this system. */
  label: string | null;
  /** Items that have money in it. */
  items: number;
  planned: number;
  gaps: { requestedNotAllocated: number; approvedNotAllocated: number; allocatedNotDisbursed: number };
  /** Disbursed of what was allocated. */
  disbursementRate: number | null;
  /** Disbursed of what was planned. */
  planRate: number | null;
}

export interface MoneyReport {
  asOf: string;
  year: number | null;
  by: Breakdown;
  rows: MoneyRow[];
}

export interface DisbursementReport {
  asOf: string;
  year: number;
  /** Part of the fiscal year that has gone by, hundredths of a percent. */
  timeGone: number;
  rows: (MoneyRow & { behind: boolean })[];
}

export interface OverCommitment {
  itemId: string;
  name: string;
  owner: AgencyRef;
  kind: 'allocated-over-approved' | 'allocated-over-requested' | 'requested-over-cost';
  source: string | null;
  year: number | null;
  /** What there is ground for, what is committed, and the difference; whole đồng. */
  ground: number;
  committed: number;
  beyond: number;
}

export interface LateStep {
  itemId: string;
  name: string;
  owner: AgencyRef;
  stage: BudgetStage;
  since: string;
  lastDay: string;
  /** Working days after the last day. */
  workingDaysLate: number;
  document: string | null;
}

type SumColumns = Record<'items' | 'planned' | keyof MoneyBalance, string>;
type SumRow = SumColumns & { key: string | null; label: string | null };
type CommitmentRow = Omit<OverCommitment, 'owner' | 'ground' | 'committed' | 'beyond'> &
  Record<'ground' | 'committed' | 'beyond', string> &
  OwnerColumns;
type StageRow = Pick<LateStep, 'itemId' | 'name' | 'stage' | 'since' | 'document'> & TimedItem & OwnerColumns;
interface OwnerColumns {
  ownerCode: string | null;
  ownerName: string;
}

/** Reports as of any day, over what the caller may see. */
@Injectable()
export class ReportsService {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly calendar: WorkingCalendar,
    private readonly clock: Clock,
  ) {}

  /** @param year only money of this fiscal year; undefined: of all */
  async money(
    actor: Actor,
    by: Breakdown,
    { year, asOf = this.clock.today() }: { year?: number; asOf?: string },
  ): Promise<MoneyReport> {
    const rows = await this.transactions.manager.query<SumRow[]>(breakdownQuery(by, this.standingOn(asOf)), [
      asOf,
      year ?? null,
      visibleOwner(actor),
    ]);
    return { asOf, year: year ?? null, by, rows: rows.map(moneyRow) };
  }

  /** How far the money of a year is spent, by agency, beside how far the year has gone. */
  async disbursement(actor: Actor, year: number, asOf = this.clock.today()): Promise<DisbursementReport> {
    const { rows } = await this.money(actor, 'agency', { year, asOf });
    const timeGone = timeGoneOf(year, asOf);
    return {
      asOf,
      year,
      timeGone,
      rows: rows.map((row) => ({
        ...row,
        behind: row.disbursementRate !== null && row.disbursementRate < timeGone,
      })),
    };
  }

  /** Most first. */
  async overCommitments(
    actor: Actor,
    { year, asOf = this.clock.today() }: { year?: number; asOf?: string },
  ): Promise<OverCommitment[]> {
    const parameters = [asOf, year ?? null, visibleOwner(actor)];
    const query = overCommitmentsQuery(this.standingOn(asOf));
    const rows = await this.transactions.manager.query<CommitmentRow[]>(query, parameters);
    return rows.map(({ ownerCode, ownerName, ground, committed, beyond, ...row }) => ({
      ...row,
      owner: { code: ownerCode, name: ownerName },
      ground: whole(ground),
      committed: whole(committed),
      beyond: whole(beyond),
    }));
  }

  /** Items that are in a stage for longer than the law allows, latest first. */
  async lateSteps(actor: Actor, asOf = this.clock.today()): Promise<LateStep[]> {
    const rows = await this.transactions.manager.query<StageRow[]>(stagesQuery(this.standingOn(asOf)), [
      asOf,
      visibleOwner(actor),
    ]);
    return rows
      .flatMap((row) => {
        const lastDay = lastDayOf(row, row.stage, row.since, this.calendar);
        return lastDay !== null && lastDay < asOf ? [this.lateStep(row, lastDay, asOf)] : [];
      })
      .sort(
        (one, other) => one.lastDay.localeCompare(other.lastDay) || one.itemId.localeCompare(other.itemId),
      );
  }

  private standingOn(day: string): Standing {
    return day < this.clock.today() ? PAST : TODAY;
  }

  private lateStep(row: StageRow, lastDay: string, asOf: string): LateStep {
    return {
      itemId: row.itemId,
      name: row.name,
      owner: { code: row.ownerCode, name: row.ownerName },
      stage: row.stage,
      since: row.since,
      lastDay,
      workingDaysLate: this.calendar.workingDaysBetween(lastDay, asOf),
      document: row.document,
    };
  }
}

function moneyRow({ key, label, ...columns }: SumRow): MoneyRow {
  const items = whole(columns.items);
  const planned = whole(columns.planned);
  const balance = Object.fromEntries(MONEY_CHAIN.map((step) => [step, whole(columns[step])])) as MoneyBalance;
  const { requested, approved, allocated, disbursed } = balance;
  return {
    // Plans that are not assigned to a year.
    key: key ?? 'not-determined',
    label,
    items,
    planned,
    ...balance,
    gaps: {
      requestedNotAllocated: Math.max(requested - allocated, 0),
      approvedNotAllocated: Math.max(approved - allocated, 0),
      allocatedNotDisbursed: allocated - disbursed,
    },
    disbursementRate: rateOf(disbursed, allocated),
    planRate: rateOf(disbursed, planned),
  };
}

function rateOf(part: number, total: number): number | null {
  return total === 0 ? null : Math.round((part / total) * 10_000);
}

/** Hundredths of a percent of the fiscal year, which is the calendar year, gone by on the evening of the day. */
export function timeGoneOf(year: number, day: string): number {
  const length = daysBetween(`${year}-01-01`, `${year + 1}-01-01`);
  const gone = daysBetween(`${year}-01-01`, day) + 1;
  return Math.round((Math.min(Math.max(gone, 0), length) / length) * 10_000);
}

/** Sums come as text, since they may outgrow a JSON number; such a one is refused rather than rounded. */
function whole(sum: string): number {
  return wholeNumber.from(sum) as number;
}
