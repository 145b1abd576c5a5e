import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AgencyRef, EscalationStep, ReportForm, ReportRule } from '#libs/contracts';
import { ChangeLine } from '../../timeline/change-line.js';

/** A duty to report (nghĩa vụ báo cáo); its fields are told by ReportDutyState. */
@Entity({ name: 'report_duty' })
export class Duty {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'integer' })
  version: number;

  @Column({ type: 'text' })
  title: string;

  @Column({ name: 'directive_id', type: 'uuid', nullable: true })
  directiveId: string | null;

  @Column({ type: 'text', nullable: true })
  clause: string | null;

  @Column({ name: 'owner_code', type: 'text', nullable: true })
  ownerCode: string | null;

  @Column({ name: 'owner_name', type: 'text', nullable: true })
  ownerName: string | null;

  @Column({ type: 'jsonb' })
  agencies: AgencyRef[];

  @Column({ type: 'jsonb' })
  recipients: AgencyRef[];

  @Column({ type: 'jsonb' })
  rule: ReportRule;

  @Column({ type: 'jsonb' })
  form: ReportForm;

  @Column({ name: 'grace_working_days', type: 'integer' })
  graceWorkingDays: number;

  @Column({ type: 'jsonb' })
  escalation: EscalationStep[];

  @Column({ name: 'starts_on', type: 'date' })
  startsOn: string;

  @Column({ name: 'ends_on', type: 'date', nullable: true })
  endsOn: string | null;

  @Column({ type: 'text' })
  state: 'active' | 'ended';

  @Column({ name: 'counted_from', type: 'date' })
  countedFrom: string;

  @Column({ type: 'text', nullable: true })
  assumptions: string | null;

  /** Title and agencies without diacritics and case, for `q`. */
  @Column({ name: 'search_text', type: 'text' })
  searchText: string;

  /** How many periods have opened so far. */
  @Column({ type: 'integer' })
  periods: number;

  /** Day on which the next period opens; null when there will be none. */
  @Column({ name: 'next_opens_on', type: 'date', nullable: true })
  nextOpensOn: string | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt: Date;
}

export type DutyRow = Pick<Duty, keyof Duty>;

/** One line of a duty's history; never changed. */
@Entity({ name: 'report_duty_change' })
export class DutyChange extends ChangeLine {
  @PrimaryColumn({ name: 'duty_id', type: 'uuid' })
  dutyId: string;

  @Column({ type: 'text' })
  action: 'registration' | 'change' | 'end';

  /** The fields that changed, with their new values. */
  @Column({ type: 'jsonb' })
  changed: Record<string, unknown>;

  @Column({ type: 'text', nullable: true })
  note: string | null;
}
