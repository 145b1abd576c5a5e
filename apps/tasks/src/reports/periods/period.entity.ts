import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EscalationLevel, EscalationStep, ReportForm } from '#libs/contracts';

/**
 * A period of a duty. Form, grace and escalation are those of the duty on the day when it opened: what is asked of an
 * agency does not change under its hands. How its reports stand is computed when read.
 */
@Entity({ name: 'report_period' })
export class Period {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  /** Changes with everything that the events tell; drafts are the agency's own and change only its answer. */
  @Column({ type: 'integer' })
  version: number;

  @Column({ name: 'duty_id', type: 'uuid' })
  dutyId: string;

  @Column({ type: 'integer' })
  number: number;

  @Column({ type: 'text' })
  label: string;

  @Column({ name: 'opens_on', type: 'date' })
  opensOn: string;

  @Column({ name: 'written_date', type: 'date' })
  date: string;

  @Column({ name: 'last_day', type: 'date' })
  lastDay: string;

  @Column({ type: 'timestamptz' })
  deadline: Date;

  @Column({ name: 'before_start', type: 'boolean' })
  beforeStart: boolean;

  /** When the service opened it; later than `opensOn` when it was down. */
  @Column({ name: 'opened_at', type: 'timestamptz' })
  openedAt: Date;

  @Column({ name: 'withdrawn_at', type: 'timestamptz', nullable: true })
  withdrawnAt: Date | null;

  @Column({ type: 'jsonb' })
  form: ReportForm;

  @Column({ name: 'grace_working_days', type: 'integer' })
  graceWorkingDays: number;

  @Column({ type: 'jsonb' })
  escalation: EscalationStep[];

  /** How many steps for missing reports have been taken or passed over. */
  @Column({ name: 'steps_taken', type: 'integer' })
  stepsTaken: number;

  /** When the next step is due; null when there is none to take. */
  @Column({ name: 'next_step_at', type: 'timestamptz', nullable: true })
  nextStepAt: Date | null;
}

export type PeriodRow = Pick<Period, keyof Period>;

/** A step that a missing report led to; never changed. */
@Entity({ name: 'report_step' })
export class Step {
  @PrimaryColumn({ name: 'period_id', type: 'uuid' })
  periodId: string;

  @PrimaryColumn({ name: 'agency_code', type: 'text' })
  agencyCode: string;

  /** 0: the reminder; from 1 on: the steps of the escalation. */
  @PrimaryColumn({ type: 'integer' })
  step: number;

  @Column({ type: 'text' })
  level: 'agency' | EscalationLevel;

  @Column({ name: 'due_at', type: 'timestamptz' })
  dueAt: Date;

  @Column({ type: 'timestamptz' })
  at: Date;

  /** Its time passed while the service was down: it is on record, nobody was written to. */
  @Column({ type: 'boolean' })
  skipped: boolean;
}

export type StepRow = Pick<Step, keyof Step>;
