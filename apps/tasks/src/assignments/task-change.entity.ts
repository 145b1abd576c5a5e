import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { TaskState } from '#libs/contracts';
import { ChangeLine } from '../timeline/change-line.js';
import type { Evidence } from './task.entity.js';
import type { TaskAction } from './task-lifecycle.js';

/** One line of a task's history; never changed. */
@Entity({ name: 'task_change' })
export class TaskChange extends ChangeLine {
  @PrimaryColumn({ name: 'task_id', type: 'uuid' })
  taskId: string;

  @Column({ type: 'text' })
  action: 'assignment' | TaskAction;

  /** State of the task after the change. */
  @Column({ type: 'text' })
  state: TaskState;

  @Column({ name: 'progress_percent', type: 'integer' })
  progressPercent: number;

  /** Note, reason or ground that came with it. */
  @Column({ type: 'text', nullable: true })
  note: string | null;

  @Column({ type: 'jsonb', nullable: true })
  evidence: Evidence | null;
}
