import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * What a notice is about. task-reminder: a task falls due; task-overdue: it is overdue; report-reminder,
 * report-escalation: a periodic report is missing; explanation-*: a request for explanation (giải trình) and what became
 * of it; extension-*: an extension of a due date (gia hạn); task-assigned, task-changed: news of a task; general: other.
 */
export const NOTICE_KINDS = [
  'task-reminder',
  'task-overdue',
  'task-assigned',
  'task-changed',
  'report-reminder',
  'report-escalation',
  'explanation-request',
  'explanation-reminder',
  'explanation-answer',
  'explanation-withdrawal',
  'extension-request',
  'extension-decision',
  'general',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** Whom of an agency a notice is for. desk: văn thư, the agency's common address; vice-chair: of the Committee. */
export const RECIPIENT_ROLES = ['desk', 'head', 'vice-chair'] as const;
export type RecipientRole = (typeof RECIPIENT_ROLES)[number];

export interface NoticeSubject {
  taskId?: string;
  directiveId?: string;
  dutyId?: string;
  periodId?: string;
  explanationId?: string;
}

/** Something that agencies were told; never changed afterwards. */
@Entity({ name: 'notice' })
export class Notice {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  /** What it was given for; a second notice for the same cause does not come to be. */
  @Column({ type: 'text' })
  cause: string;

  @Column({ type: 'text' })
  kind: NoticeKind;

  @Column({ type: 'jsonb' })
  about: NoticeSubject;

  /** The task it is about, also found in `about`; what the task's timeline asks for. */
  @Column({ name: 'task_id', type: 'uuid', nullable: true })
  taskId: string | null;

  @Column({ type: 'text' })
  title: string;

  @Column({ type: 'text' })
  text: string;

  @Column({ name: 'given_at', type: 'timestamptz' })
  givenAt: Date;
}

/** A place in an agency's inbox. */
@Entity({ name: 'notice_recipient' })
export class NoticeRecipient {
  @PrimaryColumn({ name: 'notice_id', type: 'uuid' })
  noticeId: string;

  @PrimaryColumn({ name: 'agency_code', type: 'text' })
  agencyCode: string;

  @PrimaryColumn({ type: 'text' })
  role: RecipientRole;

  @Column({ name: 'read_at', type: 'timestamptz', nullable: true })
  readAt: Date | null;

  /** Person or system that read it; kept for the audit, not answered by the API. */
  @Column({ name: 'read_by', type: 'text', nullable: true })
  readBy: string | null;
}
