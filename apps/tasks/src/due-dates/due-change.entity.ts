import { Column, Entity, PrimaryColumn } from 'typeorm';
import { ChangeLine } from '../timeline/change-line.js';
import type { DueChangeKind, DueChangeLine, DueDay, DueDocument } from './due-lines.js';

/** One line of the history of a due date; never changed. */
@Entity({ name: 'task_due_change' })
export class DueChange extends ChangeLine {
  @PrimaryColumn({ name: 'task_id', type: 'uuid' })
  taskId: string;

  @Column({ type: 'text' })
  kind: DueChangeKind;

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
