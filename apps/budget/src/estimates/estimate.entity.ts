import { Column, Entity, PrimaryColumn } from 'typeorm';
import type {
  AppraisalVerdict,
  BudgetItemKind,
  BudgetOrigin,
  EstimateState,
  MoneyForm,
  MoneySource,
} from '#libs/contracts';
import { wholeNumber } from '#libs/persistence';

/** What one agency or commune asks for in a round. */
@Entity({ name: 'estimate' })
export class Estimate {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'integer' })
  version: number;

  @Column({ name: 'round_id', type: 'uuid' })
  roundId: string;

  @Column({ name: 'agency_code', type: 'text' })
  agencyCode: string;

  @Column({ name: 'agency_name', type: 'text' })
  agencyName: string;

  @Column({ type: 'text' })
  state: EstimateState;

  @Column({ name: 'submitted_on', type: 'date', nullable: true })
  submittedOn: string | null;

  @Column({ type: 'boolean' })
  late: boolean;

  @Column({ name: 'return_reason', type: 'text', nullable: true })
  returnReason: string | null;
}

/** A line of an estimate; without one it waits for the next round of its year. */
@Entity({ name: 'estimate_line' })
export class EstimateLine {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'estimate_id', type: 'uuid', nullable: true })
  estimateId: string | null;

  @Column({ name: 'agency_code', type: 'text' })
  agencyCode: string;

  @Column({ name: 'agency_name', type: 'text' })
  agencyName: string;

  @Column({ name: 'item_id', type: 'uuid', nullable: true })
  itemId: string | null;

  @Column({ type: 'text' })
  kind: BudgetItemKind;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  source: MoneySource;

  @Column({ type: 'integer' })
  year: number;

  @Column({ type: 'text' })
  form: MoneyForm;

  @Column({ type: 'bigint', transformer: wholeNumber })
  amount: number;

  @Column({ type: 'text', nullable: true })
  explanation: string | null;

  @Column({ name: 'origin_service', type: 'text', nullable: true })
  originService: BudgetOrigin['service'] | null;

  @Column({ name: 'origin_aggregate', type: 'text', nullable: true })
  originAggregate: string | null;

  @Column({ name: 'origin_id', type: 'text', nullable: true })
  originId: string | null;

  /** What the origin asks for by now, where it is another amount. */
  @Column({ name: 'origin_amount', type: 'bigint', nullable: true, transformer: wholeNumber })
  originAmount: number | null;

  @Column({ type: 'text', nullable: true })
  verdict: AppraisalVerdict | null;

  @Column({ name: 'appraised_amount', type: 'bigint', nullable: true, transformer: wholeNumber })
  appraisedAmount: number | null;

  @Column({ name: 'appraisal_reason', type: 'text', nullable: true })
  appraisalReason: string | null;

  @Column({ name: 'appraisal_ground', type: 'text', nullable: true })
  appraisalGround: string | null;

  /** Line of the budget that the money goes into, once the round is consolidated. */
  @Column({ name: 'budget_line_id', type: 'uuid', nullable: true })
  budgetLineId: string | null;

  /** The line of the budget was made for this line, so that its plan is what this line asks for. */
  @Column({ name: 'plans_line', type: 'boolean', default: false })
  plansLine: boolean;

  @Column({ name: 'allocated_amount', type: 'bigint', transformer: wholeNumber })
  allocatedAmount: number;
}
