import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What reminders are about. */
export type ReminderSubject = 'task' | 'explanation';

/** passed-over: it was due while nobody could send it, and a later one took its place. */
export const REMINDER_OUTCOMES = ['sent', 'passed-over'] as const;
export type ReminderOutcome = (typeof REMINDER_OUTCOMES)[number];

/** One step of a due date's calendar that was taken; a due date that moves has a calendar of its own. */
@Entity({ name: 'reminder' })
export class Reminder {
  @PrimaryColumn({ type: 'text' })
  subject: ReminderSubject;

  @PrimaryColumn({ name: 'subject_id', type: 'uuid' })
  subjectId: string;

  @PrimaryColumn({ name: 'last_day', type: 'date' })
  lastDay: string;

  /** Name of the step in the schedule. */
  @PrimaryColumn({ type: 'text' })
  step: string;

  @Column({ name: 'planned_on', type: 'date' })
  plannedOn: string;

  @Column({ type: 'text' })
  outcome: ReminderOutcome;

  @Column({ type: 'timestamptz' })
  at: Date;
}
