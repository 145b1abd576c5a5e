import { Column, Entity, JoinColumn, ManyToOne, OneToMany, PrimaryColumn, type Relation } from 'typeorm';
import type { Recurrence, TaskState } from '#libs/contracts';
import { Directive } from '../directives/directive.entity.js';
import { TaskAgency } from './task-agency.entity.js';

/** What a lead hands in as proof that the task is done. */
export interface Evidence {
  documentNumber: string | null;
  /** Day of the document; null when not stated. */
  date: string | null;
  link: string | null;
  note: string | null;
  /** Day on which it was handed in. */
  submittedOn: string;
}

/** A task that a directive assigns (nhiệm vụ được giao). Timeliness is not here: it depends on today. */
@Entity({ name: 'task' })
export class Task {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'integer' })
  version: number;

  @Column({ name: 'directive_id', type: 'uuid' })
  directiveId: string;

  @ManyToOne(() => Directive)
  @JoinColumn({ name: 'directive_id' })
  directive?: Directive;

  @OneToMany(() => TaskAgency, (agency) => agency.task)
  agencies?: Relation<TaskAgency[]>;

  @Column({ type: 'text', nullable: true })
  clause: string | null;

  @Column({ type: 'text' })
  title: string;

  @Column({ type: 'text', nullable: true })
  description: string | null;

  @Column({ name: 'due_date', type: 'date', nullable: true })
  dueDate: string | null;

  @Column({ name: 'last_day', type: 'date', nullable: true })
  lastDay: string | null;

  @Column({ name: 'due_phrase', type: 'text', nullable: true })
  duePhrase: string | null;

  @Column({ type: 'boolean' })
  extendable: boolean;

  @Column({ type: 'jsonb', nullable: true })
  recurrence: Recurrence | null;

  @Column({ type: 'text' })
  state: TaskState;

  @Column({ name: 'suspended_in', type: 'text', nullable: true })
  suspendedIn: TaskState | null;

  @Column({ name: 'progress_percent', type: 'integer' })
  progressPercent: number;

  @Column({ type: 'jsonb', nullable: true })
  evidence: Evidence | null;

  @Column({ name: 'assigned_on', type: 'date', nullable: true })
  assignedOn: string | null;

  @Column({ name: 'completed_on', type: 'date', nullable: true })
  completedOn: string | null;

  /** Last day, or the end of time without one: the order of lists. Computed by the database. */
  @Column({ name: 'sort_day', type: 'date', insert: false, update: false })
  sortDay?: string;

  /** Title, description, agencies and number of the directive without diacritics and case, for `q`. */
  @Column({ name: 'search_text', type: 'text' })
  searchText: string;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt: Date;
}

/** The columns of a task, made here or read. */
export type TaskRow = Pick<Task, keyof Task>;
