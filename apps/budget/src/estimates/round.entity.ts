import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RoundState } from '#libs/contracts';
import { wholeNumber } from '#libs/persistence';

/** A round of estimates; see round-machine.ts for its life. */
@Entity({ name: 'estimate_round' })
export class EstimateRound {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'integer' })
  version: number;

  @Column({ type: 'text' })
  name: string;

  @Column({ name: 'fiscal_year', type: 'integer' })
  fiscalYear: number;

  @Column({ type: 'date' })
  deadline: string;

  @Column({ type: 'text', nullable: true })
  document: string | null;

  @Column({ type: 'text' })
  state: RoundState;

  @Column({ name: 'decision_document', type: 'text', nullable: true })
  decisionDocument: string | null;

  @Column({ name: 'decision_date', type: 'date', nullable: true })
  decisionDate: string | null;

  @Column({ name: 'cancel_document', type: 'text', nullable: true })
  cancelDocument: string | null;

  @Column({ name: 'cancel_reason', type: 'text', nullable: true })
  cancelReason: string | null;

  @Column({ type: 'bigint', transformer: wholeNumber })
  requested: number;

  @Column({ type: 'bigint', transformer: wholeNumber })
  appraised: number;

  @Column({ type: 'bigint', transformer: wholeNumber })
  approved: number;

  @Column({ type: 'bigint', transformer: wholeNumber })
  allocated: number;
}
