import { Column, Entity, PrimaryColumn } from 'typeorm';
import type {
  BudgetItemKind,
  BudgetStage,
  ItemStatus,
  Lifecycle,
  MeasureKind,
  TrainingPlanState,
} from '#libs/contracts';

/** What is kept of each kind of measure: as little as progress needs. */
export interface MeasureFacts {
  database: { lifecycle: Lifecycle };
  'budget-item': { kind: BudgetItemKind; stage: BudgetStage | null; status: ItemStatus };
  'report-period': {
    /** Codes of the agencies that are to report. */
    asked: string[];
    /** Those of them that have. */
    answered: string[];
  };
  /** percent: null when there are no sessions to count. */
  'training-plan': { state: TrainingPlanState; percent: number | null };
}

/** The present value of something that tasks can be bound to. */
@Entity({ name: 'measure' })
export class Measure<Kind extends MeasureKind = MeasureKind> {
  @PrimaryColumn({ type: 'text' })
  kind: Kind;

  @PrimaryColumn({ type: 'text' })
  subject: string;

  /** Version of the aggregate that the value is of; a newer one wins, whatever the order of arrival. */
  @Column({ type: 'integer' })
  sequence: number;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'jsonb' })
  facts: MeasureFacts[Kind];

  /** When it came to be so. */
  @Column({ type: 'timestamptz' })
  at: Date;
}
