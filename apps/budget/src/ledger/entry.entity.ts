import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MoneyStep } from '#libs/contracts';
import { wholeNumber } from '#libs/persistence';

/** An entry of the ledger; never changed, see migrations/budget-ledger-rules.ts. */
@Entity({ name: 'budget_entry' })
export class BudgetEntry {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'line_id', type: 'uuid' })
  lineId: string;

  @Column({ type: 'text' })
  step: MoneyStep;

  /** Whole đồng; below 0 in a reversal. */
  @Column({ type: 'bigint', transformer: wholeNumber })
  amount: number;

  @Column({ type: 'uuid', nullable: true })
  reverses: string | null;

  @Column({ name: 'over_grant', type: 'boolean' })
  overGrant: boolean;

  /** What it added to the line's over-granted money (a reversal: takes from it); set by the database. */
  @Column({ type: 'bigint', transformer: wholeNumber, insert: false, update: false })
  excess: number;

  /** Day on which it takes effect: the document's, or the day of entry. */
  @Column({ name: 'effective_on', type: 'date' })
  effectiveOn: string;

  @Column({ type: 'text' })
  document: string;

  @Column({ name: 'document_date', type: 'date', nullable: true })
  documentDate: string | null;

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  /** Round of estimates that it came of. */
  @Column({ name: 'round_id', type: 'uuid', nullable: true })
  roundId: string | null;

  /** Person or system; kept for the audit, not answered by the API. */
  @Column({ type: 'text' })
  author: string;

  @Column({ name: 'author_agency', type: 'text', nullable: true })
  authorAgency: string | null;

  @Column({ name: 'recorded_at', type: 'timestamptz' })
  recordedAt: Date;
}
