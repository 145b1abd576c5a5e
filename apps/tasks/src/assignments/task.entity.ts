import { Column, Entity, JoinColumn, ManyToOne, OneToMany, PrimaryColumn, type Relation } from 'typeorm';
import type { Recurrence, TaskEventState, TaskState } from '#libs/contracts';
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

/** The document that rules out any further extension, as a refusal names it. */
export interface ForbiddingDocument {
  kind: string;
  number: string | null;
  /** yyyy-MM-dd */
  date: string | null;
  clause: string | null;
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

  /** The task that it was split off; never changes. */
  @Column({ name: 'parent_id', type: 'uuid', nullable: true })
  parentId: string | null;

  /** 1 for a task of the directive itself, one more than the parent's for a part; at most MAX_DEPTH. */
  @Column({ type: 'smallint' })
  depth: number;

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

  /** Set while it may not be extended because of another document than its own directive. */
  @Column({ name: 'forbidden_by', type: 'jsonb', nullable: true })
  forbiddenBy: ForbiddingDocument | null;

  @Column({ type: 'integer' })
  extensions: number;

  /** The directive's threshold. */
  @Column({ name: 'due_soon_working_days', type: 'smallint' })
  dueSoonWorkingDays: number;

  @Column({ type: 'jsonb', nullable: true })
  recurrence: Recurrence | null;

  @Column({ type: 'text' })
  state: TaskState;

  @Column({ name: 'suspended_in', type: 'text', nullable: true })
  suspendedIn: TaskState | null;

  /** The task above with which it was suspended, and is resumed. */
  @Column({ name: 'suspended_with', type: 'uuid', nullable: true })
  suspendedWith: string | null;

  @Column({ name: 'progress_percent', type: 'integer' })
  progressPercent: number;

  @Column({ type: 'jsonb', nullable: true })
  evidence: Evidence | null;

  /** Agency that handed in the evidence; null for none, and for an actor of no agency. */
  @Column({ name: 'submitted_by', type: 'text', nullable: true })
  submittedBy: string | null;

  @Column({ name: 'assigned_on', type: 'date', nullable: true })
  assignedOn: string | null;

  /** Day from which it counts as given: `assignedOn`, or where that is not known the day it was entered. */
  @Column({ name: 'given_on', type: 'date' })
  givenOn: string;

  @Column({ name: 'completed_on', type: 'date', nullable: true })
  completedOn: string | null;

  /** Last day, or the end of time without one: the order of lists. Computed by the database. */
  @Column({ name: 'sort_day', type: 'date', insert: false, update: false })
  sortDay?: string;

  /** Title, description, agencies and number of the directive without diacritics and case, for `q`. */
  @Column({ name: 'search_text', type: 'text' })
  searchText: string;

  /** See {@link wordsSignature}, of the search text, here and wherever lists are walked. Never read. */
  @Column({ name: 'words_signature', type: 'bit', length: 256, select: false })
  wordsSignature?: string;

  /** Codes of all agencies with a part in it, as in `task_agency`: what a search among an agency's own tasks asks. */
  @Column({ type: 'text', array: true })
  parties: string[];

  /** First day at whose end this version stood; see task-ledger.ts. */
  @Column({ name: 'valid_from', type: 'date' })
  validFrom: string;

  /** What the events and lists say of this version; made of the columns whenever one of them changes. */
  @Column({ name: 'public_state', type: 'json' })
  publicState: TaskEventState;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt: Date;
}

/** The columns of a task, made here or read. */
export type TaskRow = Pick<Task, keyof Task>;
