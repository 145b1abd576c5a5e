import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an agency states for a figure of the form. */
export interface FigureAnswer {
  key: string;
  /** At most six decimals; null when it has none to give. */
  value: number | null;
  /** Remark, or what stands in the number's place. */
  note: string | null;
}

export interface TaskPercent {
  taskId: string;
  /** 0–100 */
  percent: number;
  note: string | null;
}

/** What an agency reports; parts that the form does not ask for are empty. */
export interface ReportContent {
  results: string | null;
  figures: FigureAnswer[];
  /** One element each, so that they can be answered one by one. Empty: none. */
  obstacles: string[];
  proposals: string[];
  taskPercents: TaskPercent[];
}

/** The report of one agency in one period; there from the opening of the period on. */
@Entity({ name: 'report_answer' })
export class ReportAnswer {
  @PrimaryColumn({ name: 'period_id', type: 'uuid' })
  periodId: string;

  @PrimaryColumn({ name: 'agency_code', type: 'text' })
  agencyCode: string;

  @Column({ name: 'agency_name', type: 'text' })
  agencyName: string;

  /** Place in the order of the duty, from 0. */
  @Column({ type: 'integer' })
  position: number;

  @Column({ type: 'integer' })
  version: number;

  /** What is being written; null when there is nothing that was not submitted. */
  @Column({ type: 'jsonb', nullable: true })
  draft: ReportContent | null;

  /** When a draft was first kept. */
  @Column({ name: 'drafted_at', type: 'timestamptz', nullable: true })
  draftedAt: Date | null;

  /** First submission: unless it came on paper, it alone decides on time or late. */
  @Column({ name: 'submitted_at', type: 'timestamptz', nullable: true })
  submittedAt: Date | null;

  /** Beginning of the day on which it came on paper, to be entered later; null for one that was sent here. */
  @Column({ name: 'received_at', type: 'timestamptz', nullable: true })
  receivedAt: Date | null;

  @Column({ name: 'corrected_at', type: 'timestamptz', nullable: true })
  correctedAt: Date | null;

  @Column({ type: 'integer' })
  corrections: number;
}

export type ReportAnswerRow = Pick<ReportAnswer, keyof ReportAnswer>;

/** A report as it was submitted (number 1) or corrected; never changed. */
@Entity({ name: 'report_answer_version' })
export class ReportAnswerVersion {
  @PrimaryColumn({ name: 'period_id', type: 'uuid' })
  periodId: string;

  @PrimaryColumn({ name: 'agency_code', type: 'text' })
  agencyCode: string;

  @PrimaryColumn({ type: 'integer' })
  number: number;

  @Column({ type: 'jsonb' })
  content: ReportContent;

  /** Why it was corrected; null for the first one. */
  @Column({ type: 'text', nullable: true })
  reason: string | null;

  /** Day on which it came on paper; null for one that was sent here. */
  @Column({ name: 'received_on', type: 'date', nullable: true })
  receivedOn: string | null;

  @Column({ name: 'submitted_at', type: 'timestamptz' })
  submittedAt: Date;

  /** Person or system; kept for the audit, not answered by the API. */
  @Column({ type: 'text' })
  subject: string;
}
