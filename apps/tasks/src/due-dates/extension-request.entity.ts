import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ExtensionDecision, ExtensionRequestLine } from './due-lines.js';

/** A lead's request for more time. At most one of a task waits for its answer. */
@Entity({ name: 'task_extension_request' })
export class ExtensionRequest {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ name: 'task_id', type: 'uuid' })
  taskId: string;

  @Column({ name: 'due_date', type: 'date' })
  dueDate: string;

  @Column({ name: 'last_day', type: 'date' })
  lastDay: string;

  @Column({ type: 'text' })
  reason: string;

  /** Version of the task that the request made. */
  @Column({ name: 'asked_version', type: 'integer' })
  askedVersion: number;

  @Column({ name: 'asked_at', type: 'timestamptz' })
  askedAt: Date;

  @Column({ name: 'asked_on', type: 'date' })
  askedOn: string;

  @Column({ name: 'asked_by', type: 'text', nullable: true })
  askedBy: string | null;

  /** Person or system; kept for the audit, not answered by the API. */
  @Column({ name: 'asked_subject', type: 'text' })
  askedSubject: string;

  @Column({ type: 'text', nullable: true })
  decision: ExtensionDecision | null;

  /** Version of the task that the decision made. */
  @Column({ name: 'decided_version', type: 'integer', nullable: true })
  decidedVersion: number | null;

  @Column({ name: 'decided_at', type: 'timestamptz', nullable: true })
  decidedAt: Date | null;

  @Column({ name: 'decided_by', type: 'text', nullable: true })
  decidedBy: string | null;

  @Column({ name: 'decided_subject', type: 'text', nullable: true })
  decidedSubject: string | null;

  @Column({ name: 'decision_reason', type: 'text', nullable: true })
  decisionReason: string | null;
}

/** The request as it stood at a version of its task: later decisions are left out. */
export function toExtensionRequestLine(request: ExtensionRequest, version: number): ExtensionRequestLine {
  const { id, dueDate, lastDay, reason, askedOn, askedBy } = request;
  const decided = request.decidedVersion !== null && request.decidedVersion <= version;
  return {
    id,
    date: dueDate,
    lastDay,
    reason,
    askedOn,
    askedBy,
    decision: decided ? request.decision : null,
    decidedAt: decided ? (request.decidedAt?.toISOString() ?? null) : null,
    decidedBy: decided ? request.decidedBy : null,
    decisionReason: decided ? request.decisionReason : null,
  };
}
