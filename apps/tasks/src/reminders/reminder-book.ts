import type { Day } from '#libs/calendar';
import type { TransactionScope } from '#libs/persistence';
import type { ReminderSchedule, ReminderStep } from './reminder-schedule.js';
import type { ReminderSubject } from './reminder.entity.js';

/** A due date to be reminded of. */
export interface Reminded {
  id: string;
  lastDay: Day;
  /** Day on which this last day was set: whoever set it knows about the steps before. */
  since: Day;
}

/**
 * SQL: a row of `table` with `id` and `last_day` whose calendar may have a step to take on the day `:today`. Asked when
 * candidates are read, and again when one is locked, since another replica may have been quicker.
 */
export function mayBeDue(subject: ReminderSubject, table: string): string {
  return `NOT EXISTS (SELECT 1 FROM reminder_plan plan
    WHERE plan.subject = '${subject}' AND plan.subject_id = ${table}.id
      AND plan.last_day = ${table}.last_day AND plan.next_on > :today)`;
}

/** Which reminders of a kind of subject were taken, and when each is to be looked at again. */
export class ReminderBook {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly schedule: ReminderSchedule,
    private readonly subject: ReminderSubject,
  ) {}

  /**
   * Takes every step that is due and not yet taken, inside the caller's transaction. Only the latest of them is to be
   * sent: after days of downtime, or of a suspension, nobody gets a heap. One from before the due date was set, and a
   * "days are left" that comes after the last day, are not sent either.
   *
   * @returns the step to send, null when there is none; never the same one twice
   */
  async take(reminded: Reminded, today: Day, now: Date): Promise<ReminderStep | null> {
    const due = this.schedule.until(reminded.lastDay, today);
    const latest = due.at(-1);
    if (!latest) return null;
    const toSend = isWorthSending(latest, reminded, today) ? latest : null;
    const rows: { step: string }[] = await this.transactions.manager.query(
      `INSERT INTO reminder (subject, subject_id, last_day, step, planned_on, outcome, at)
       SELECT $1, $2, $3, s.step, s.planned_on,
         CASE WHEN s.step = $6 THEN 'sent' ELSE 'passed-over' END, $7
       FROM unnest($4::text[], $5::date[]) AS s (step, planned_on)
       ON CONFLICT DO NOTHING RETURNING step`,
      [
        this.subject,
        reminded.id,
        reminded.lastDay,
        due.map(({ name }) => name),
        due.map(({ plannedOn }) => plannedOn),
        toSend?.name ?? null,
        now,
      ],
    );
    this.planNext(reminded, today);
    return rows.some(({ step }) => step === toSend?.name) ? toSend : null;
  }

  private planNext({ id, lastDay }: Reminded, today: Day): void {
    this.transactions.send({
      text: `INSERT INTO reminder_plan (subject, subject_id, last_day, next_on) VALUES ($1, $2, $3, $4)
       ON CONFLICT (subject, subject_id) DO UPDATE SET last_day = excluded.last_day, next_on = excluded.next_on`,
      values: [this.subject, id, lastDay, this.schedule.nextAfter(lastDay, today)],
    });
  }
}

function isWorthSending(step: ReminderStep, { lastDay, since }: Reminded, today: Day): boolean {
  return step.overdue || (today <= lastDay && step.plannedOn >= since);
}
