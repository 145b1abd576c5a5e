import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { type AgencyRef, problem, type TaskEventState } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { mayAssign, visibleAgencies } from '../../access/tasks-access.js';
import { TaskAgency } from '../../assignments/task-agency.entity.js';
import { TasksQueries } from '../../assignments/tasks.queries.js';
import { REMINDED_STATES } from '../reminded-states.js';
import { letterProblem } from './letter-problems.js';
import type { ReminderLetter } from './reminder-letter.js';

/** Sends the letters of actors of no agency. */
const OFFICE = 'VPUBND';
/** Rows of one letter; more than any agency has overdue. */
const MOST_TASKS = 500;

/** What reminder letters say; they are for the assigning side of the tasks in them. */
@Injectable()
export class ReminderLetters {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly tasks: TasksQueries,
    private readonly reference: ReferenceData,
    private readonly clock: Clock,
  ) {}

  /**
   * About one task, to its leads.
   * @throws problem `not-found`, `other-agency`, `nothing-to-remind` when it has no date or nothing is left to do
   */
  async aboutTask(actor: Actor, id: string): Promise<ReminderLetter> {
    const task = await this.tasks.read(actor, id);
    const assigners = await this.transactions.manager.findBy(TaskAgency, { taskId: id, role: 'assigner' });
    if (!assigners.some(({ agencyCode }) => mayAssign(actor, agencyCode))) throw problem('other-agency');
    if (task.due.lastDay === null || !REMINDED_STATES.includes(task.state)) {
      throw letterProblem('nothing-to-remind');
    }
    return this.letter(actor, task.leads, [task]);
  }

  /**
   * About all overdue tasks that an agency leads; of those, the ones the caller may assign.
   * @throws problem `not-found` for an unknown agency, `nothing-to-remind`
   */
  async toAgency(actor: Actor, code: string): Promise<ReminderLetter> {
    const agency = this.reference.agency(code);
    if (!agency?.current) throw problem('not-found');
    const assigner = visibleAgencies(actor, this.reference) === null ? null : actor.agency;
    const rows: { state: TaskEventState }[] = await this.transactions.manager.query(
      `SELECT task.public_state AS state FROM task
       WHERE task.state = ANY($1) AND task.sort_day < $2 AND task.last_day IS NOT NULL
         AND EXISTS (SELECT 1 FROM task_agency led
           WHERE led.task_id = task.id AND led.role = 'lead' AND led.agency_code = $3)
         AND ($4::text IS NULL OR EXISTS (SELECT 1 FROM task_agency own
           WHERE own.task_id = task.id AND own.role = 'assigner' AND own.agency_code = $4))
       ORDER BY task.sort_day, task.id LIMIT $5`,
      [REMINDED_STATES, this.clock.today(), code, assigner, MOST_TASKS],
    );
    if (rows.length === 0) throw letterProblem('nothing-to-remind');
    const addressee = { code, name: agency.name };
    return this.letter(
      actor,
      [addressee],
      rows.map(({ state }) => state),
    );
  }

  private letter(
    { agency }: Actor,
    addressees: readonly AgencyRef[],
    tasks: readonly TaskEventState[],
  ): ReminderLetter {
    const code = agency ?? OFFICE;
    const sender = { code, name: this.reference.agency(code)?.name ?? code };
    return { sender, addressees, tasks, today: this.clock.today() };
  }
}
