import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { MeasureKind } from '#libs/contracts';
import { ChangeLine } from '../timeline/change-line.js';

/** What the progress of a task is taken from; the row stays when the binding is removed, for its version. */
@Entity({ name: 'task_binding' })
export class Binding {
  @PrimaryColumn({ name: 'task_id', type: 'uuid' })
  taskId: string;

  @Column({ type: 'integer' })
  version: number;

  /** Null: removed. */
  @Column({ type: 'text', nullable: true })
  kind: MeasureKind | null;

  @Column({ type: 'text', nullable: true })
  subject: string | null;

  @Column({ type: 'text', nullable: true })
  target: string | null;

  /** Version of the measure that the task's progress was last taken from; 0: none yet. */
  @Column({ name: 'applied_sequence', type: 'integer' })
  appliedSequence: number;

  @Column({ name: 'reached_on', type: 'date', nullable: true })
  reachedOn: string | null;
}

export type BindingRow = Pick<Binding, keyof Binding>;

/** One line of a binding's history. */
@Entity({ name: 'task_binding_change' })
export class BindingChange extends ChangeLine {
  @PrimaryColumn({ name: 'task_id', type: 'uuid' })
  taskId: string;

  @Column({ type: 'text' })
  action: 'set' | 'reached' | 'removed';

  /** What it is, or was, bound to, in Vietnamese. */
  @Column({ type: 'text' })
  description: string;
}
