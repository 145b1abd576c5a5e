import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { TaskState } from '#libs/contracts';
import type { Task } from './task.entity.js';

export type AgencyRole = 'lead' | 'collaborator' | 'assigner' | 'chain';

/**
 * An agency's part in a task; never changes. The assigner is the issuer of the directive, or the agency that split the
 * task off another one; `chain` are the leads of the tasks above, who must see what theirs waits for.
 */
@Entity({ name: 'task_agency' })
export class TaskAgency {
  @PrimaryColumn({ name: 'task_id', type: 'uuid' })
  taskId: string;

  @PrimaryColumn({ type: 'text' })
  role: AgencyRole;

  @PrimaryColumn({ name: 'agency_code', type: 'text' })
  agencyCode: string;

  /** Name at the time of the assignment. */
  @Column({ name: 'agency_name', type: 'text' })
  agencyName: string;

  /** Place in the directive's order, from 0. */
  @Column({ type: 'integer' })
  position: number;

  // How the task stands, here too, so that an agency's lists and sums are read from its own rows alone.

  @Column({ name: 'sort_day', type: 'date' })
  sortDay: string;

  @Column({ type: 'text' })
  state: TaskState;

  @Column({ name: 'completed_on', type: 'date', nullable: true })
  completedOn: string | null;

  @Column({ name: 'given_on', type: 'date' })
  givenOn: string;

  @Column({ name: 'due_soon_working_days', type: 'smallint' })
  dueSoonWorkingDays: number;

  @Column({ type: 'integer' })
  extensions: number;

  @Column({ name: 'valid_from', type: 'date' })
  validFrom: string;

  /** As that of the task. Never read. */
  @Column({ name: 'words_signature', type: 'bit', length: 256, select: false })
  wordsSignature?: string;

  // By name: the two entities would import each other.
  @ManyToOne('Task', 'agencies')
  @JoinColumn({ name: 'task_id' })
  task?: Relation<Task>;
}

export type TaskAgencyRow = Pick<TaskAgency, keyof TaskAgency>;
