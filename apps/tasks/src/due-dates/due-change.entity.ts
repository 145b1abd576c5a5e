import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DueChangeKind, DueChangeLine, DueDay, DueDocument } from './due-lines.js';

/** One line of the history of a due date; never changed. */
@Entity({ name: 'task_due_change' })
export class DueChange {
  @PrimaryColumn({ name: 'task_id', type: 'uuid' })
  taskId: string;

  /** Version of the task after the change. */
  @PrimaryColumn({ type: 'integer' })
  version: number;

  @Column({ type: 'text' })
  kind: DueChangeKind;

  @Column({ type: 'timestamptz' })
  at: Date;

  /** Person or system; kept for the audit, not answered by the API. */
  @Column({ type: 'text' })
  subject: string;

  @Column({ name: 'agency_code', type: 'text', nullable: true })
  agencyCode: string | null;

  @Column({ type: 'jsonb', nullable: true })
  before: DueDay | null;

  @Column({ type: 'jsonb' })
  after: DueDay;

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ type: 'jsonb', nullable: true })
  document: DueDocument | null;
}

export function toDueChangeLine(change: DueChange): DueChangeLine {
  const { version, kind, at, agencyCode, before, after, reason, document } = change;
  return { version, kind, at: at.toISOString(), agency: agencyCode, before, after, reason, document };
}
