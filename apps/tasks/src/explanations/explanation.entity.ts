import { Column, Entity, OneToMany, PrimaryColumn, JoinColumn, ManyToOne, type Relation } from 'typeorm';
import type { ExplanationDocument, ExplanationState } from '#libs/contracts';
import { ChangeLine } from '../timeline/change-line.js';

/** A request to the lead agencies of a task to explain. Whether it is late depends on today and is not here. */
@Entity({ name: 'explanation' })
export class Explanation {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'integer' })
  version: number;

  @Column({ name: 'task_id', type: 'uuid' })
  taskId: string;

  /** Title of the task when it was asked. */
  @Column({ name: 'task_title', type: 'text' })
  taskTitle: string;

  @Column({ name: 'requester_code', type: 'text', nullable: true })
  requesterCode: string | null;

  @Column({ type: 'text' })
  reason: string;

  @Column({ name: 'requested_on', type: 'date' })
  requestedOn: string;

  @Column({ name: 'last_day', type: 'date' })
  lastDay: string;

  @Column({ type: 'text' })
  state: ExplanationState;

  @OneToMany(() => ExplanationAgency, (agency) => agency.explanation)
  agencies?: Relation<ExplanationAgency[]>;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt: Date;

  @Column({ name: 'updated_at', type: 'timestamptz' })
  updatedAt: Date;
}

/** A lead agency that is to explain, and its answer. */
@Entity({ name: 'explanation_agency' })
export class ExplanationAgency {
  @PrimaryColumn({ name: 'explanation_id', type: 'uuid' })
  explanationId: string;

  @PrimaryColumn({ name: 'agency_code', type: 'text' })
  agencyCode: string;

  /** Name at the time of the request. */
  @Column({ name: 'agency_name', type: 'text' })
  agencyName: string;

  /** Place among the leads, from 0. */
  @Column({ type: 'integer' })
  position: number;

  @Column({ name: 'answered_on', type: 'date', nullable: true })
  answeredOn: string | null;

  @Column({ type: 'text', nullable: true })
  answer: string | null;

  @Column({ type: 'jsonb', nullable: true })
  document: ExplanationDocument | null;

  @ManyToOne(() => Explanation, (explanation) => explanation.agencies)
  @JoinColumn({ name: 'explanation_id' })
  explanation?: Relation<Explanation>;
}

/** One line of a request's history. */
@Entity({ name: 'explanation_change' })
export class ExplanationChange extends ChangeLine {
  @PrimaryColumn({ name: 'explanation_id', type: 'uuid' })
  explanationId: string;

  @Column({ type: 'text' })
  action: 'request' | 'answer' | 'withdrawal';

  /** Reason or answer that came with it. */
  @Column({ type: 'text', nullable: true })
  note: string | null;
}

export type ExplanationRow = Omit<Explanation, 'agencies'>;
export type ExplanationAgencyRow = Omit<ExplanationAgency, 'explanation'>;
