import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, type Relation } from 'typeorm';
import type { Task } from './task.entity.js';

export type AgencyRole = 'lead' | 'collaborator' | 'assigner';

/** An agency's part in a task; the assigner is the issuer of the directive. */
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

  // By name: the two entities would import each other.
  @ManyToOne('Task', 'agencies')
  @JoinColumn({ name: 'task_id' })
  task?: Relation<Task>;
}

export type TaskAgencyRow = Pick<TaskAgency, keyof TaskAgency>;
