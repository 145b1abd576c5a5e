import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { changedFields, problem, TASK_ASSIGNED, type TaskEventState, TASKS_TASK } from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import { DayCache } from './day-cache.js';
import { TaskAgency, type TaskAgencyRow } from './task-agency.entity.js';
import { TaskChange } from './task-change.entity.js';
import { type Evidence, Task, type TaskRow } from './task.entity.js';
import { LIFECYCLE, type TaskAction } from './task-lifecycle.js';
import { changingState } from './task-state.js';

/** Who did something, for the history. */
export type Author = Pick<Actor, 'subject' | 'agency'>;

/** A task that no other transaction can change before this one ends. */
export interface LockedTask {
  row: TaskRow;
  agencies: readonly TaskAgencyRow[];
}

/** What a change of a task brings. */
export interface TaskChangeContent {
  action: TaskAction;
  author: Author;
  /** Columns that change; version, instants and the public state are worked out here. */
  columns?: Partial<TaskRow>;
  /** Parts of the public state that are no columns of the task. */
  published?: Partial<Pick<TaskEventState, 'extensionRequest' | 'directive'>>;
  note?: string | null;
  evidence?: Evidence | null;
}

/**
 * The book of tasks: every entry is one version of a task with its line of history and its event, and the version before
 * is kept when it stood at the end of a day.
 *
 * "The end of a day" is in Asia/Ho_Chi_Minh. A version stands on the days from its `valid_from` up to the day before
 * the next version's. What changed again on the same day stood at the end of none and is in the history only.
 */
@Injectable()
export class TaskLedger {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly figures: DayCache,
  ) {}

  /** @throws problem `not-found` */
  async lock(id: string): Promise<LockedTask> {
    const { manager } = this.transactions;
    const lock = { mode: 'pessimistic_write' } as const;
    const [row, agencies] = await Promise.all([
      manager.findOne(Task, { where: { id }, lock }),
      manager.findBy(TaskAgency, { taskId: id }),
    ]);
    if (!row) throw problem('not-found');
    return { row, agencies };
  }

  /** Enters a new task. The caller's transaction must be open. */
  open(row: TaskRow, agencies: readonly TaskAgencyRow[], author: Author): TaskChange {
    this.transactions.insert(Task, row);
    this.transactions.insert(TaskAgency, [...agencies]);
    const change = this.record(row, 'assignment', author, null, null);
    this.publish(TASK_ASSIGNED, row.publicState, []);
    return change;
  }

  /** Enters the next version of a locked task. */
  enter(task: LockedTask, content: TaskChangeContent): LockedTask {
    const { row } = task;
    const { action, author, columns = {}, published = {}, note = null, evidence = null } = content;
    const today = this.clock.today();
    const next: TaskRow = {
      ...row,
      ...columns,
      version: row.version + 1,
      updatedAt: this.clock.now(),
      // Never back: replicas' clocks may differ by seconds around midnight.
      validFrom: today > row.validFrom ? today : row.validFrom,
    };
    const before = row.publicState;
    next.publicState = { ...before, version: next.version, ...changingState(next), ...published };
    if (next.validFrom > row.validFrom) this.keepPast(row.id, next.validFrom);
    this.transactions.send(
      this.transactions.manager.createQueryBuilder().update(Task).set(next).where('id = :id', { id: row.id }),
    );
    this.placeInLists(next);
    this.record(next, action, author, note, evidence);
    this.publish(LIFECYCLE[action].event, next.publicState, changedFields(before, next.publicState));
    return { ...task, row: next };
  }

  /** The present version stood until the day before `until`. Sent before the update, on the same connection. */
  private keepPast(id: string, until: string): void {
    this.transactions.send({ name: 'keep-past-task', text: KEEP_PAST, values: [id, until] });
    this.transactions.send({ name: 'keep-past-agencies', text: KEEP_PAST_AGENCIES, values: [id, until] });
  }

  private placeInLists(task: TaskRow): void {
    const { id, lastDay, state, completedOn, dueSoonWorkingDays, extensions, validFrom } = task;
    const values = [id, lastDay, state, completedOn, dueSoonWorkingDays, extensions, validFrom];
    this.transactions.send({ name: 'place-task-in-lists', text: PLACE_IN_LISTS, values });
  }

  private record(
    task: TaskRow,
    action: TaskChange['action'],
    author: Author,
    note: string | null,
    evidence: Evidence | null,
  ): TaskChange {
    const change: TaskChange = {
      taskId: task.id,
      version: task.version,
      action,
      at: task.updatedAt,
      subject: author.subject,
      agencyCode: author.agency,
      state: task.state,
      progressPercent: task.progressPercent,
      note,
      evidence,
    };
    this.transactions.insert(TaskChange, change);
    return change;
  }

  private publish(type: string, state: TaskEventState, changed: string[]): void {
    this.outbox.append({
      aggregate: TASKS_TASK,
      aggregateId: state.id,
      sequence: state.version,
      type,
      state,
      changed,
    });
    const today = this.clock.today();
    this.transactions.afterCommit(() => {
      this.figures.changed(today);
    });
  }
}

const KEEP_PAST = `
  INSERT INTO task_past (id, version, valid_from, valid_to, directive_id, parent_id, state, last_day, sort_day,
    completed_on, given_on, due_soon_working_days, extensions, evidence, public_state, words_signature)
  SELECT id, version, valid_from, $2::date, directive_id, parent_id, state, last_day, sort_day,
    completed_on, given_on, due_soon_working_days, extensions, evidence, public_state, words_signature
  FROM task WHERE id = $1`;

const KEEP_PAST_AGENCIES = `
  INSERT INTO task_past_agency (task_id, version, role, agency_code, sort_day, state, completed_on, given_on,
    due_soon_working_days, extensions, valid_from, valid_to)
  SELECT task.id, task.version, part.role, part.agency_code, part.sort_day, part.state, part.completed_on, part.given_on,
    part.due_soon_working_days, part.extensions, part.valid_from, $2::date
  FROM task JOIN task_agency part ON part.task_id = task.id WHERE task.id = $1`;

const PLACE_IN_LISTS = `
  UPDATE task_agency SET sort_day = coalesce($2::date, DATE '9999-12-31'), state = $3, completed_on = $4::date,
    due_soon_working_days = $5, extensions = $6, valid_from = $7::date
  WHERE task_id = $1`;
