import { Injectable } from '@nestjs/common';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import type { Actor } from '#libs/auth';
import { Clock, WorkingCalendar } from '#libs/calendar';
import { problem, type TaskEventState } from '#libs/contracts';
import { decodeCursor, likeFolded, type Page, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { visibleAgencies } from '../access/tasks-access.js';
import { TaskChange } from './task-change.entity.js';
import { Task } from './task.entity.js';
import type { ListTasksQuery } from './task.requests.js';
import { type TaskDetail, type TaskItem, toHistoryLine, toTaskItem, toTaskState } from './task-state.js';
import type { AssignedTask } from './tasks.service.js';
import { timelinessBounds, timelinessCondition } from './timeliness-filter.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** What tasks without a last day are ordered by; the same as in the table's definition. */
const END_OF_TIME = '9999-12-31';

@Injectable()
export class TasksQueries {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly reference: ReferenceData,
    private readonly calendar: WorkingCalendar,
    private readonly clock: Clock,
  ) {}

  /** The earliest last day first, tasks without one at the end. */
  async list(actor: Actor, query: ListTasksQuery): Promise<Page<TaskItem>> {
    const { limit, cursor, ...filters } = query;
    const after = decodeCursor<[string, string]>(cursor, filters, ['text', 'uuid']);
    const today = this.clock.today();
    const page = this.transactions.manager.createQueryBuilder(Task, 'task').select('task.id');
    this.narrow(page, actor);
    filterByColumns(page, filters);
    filterByAgencies(page, filters);
    if (filters.timeliness?.length) {
      page.andWhere(timelinessCondition(filters.timeliness), timelinessBounds(today, this.calendar));
    }
    if (after)
      page.andWhere('(task.sort_day, task.id) > (:afterDay, :afterId)', {
        afterDay: after[0],
        afterId: after[1],
      });
    page
      .orderBy('task.sortDay')
      .addOrderBy('task.id')
      .limit(limit + 1);

    const tasks = await this.selectWhole()
      .where(`whole.id IN (${page.getQuery()})`)
      .setParameters(page.getParameters())
      .getMany();
    const items = tasks.map((task) => toTaskItem(stateOf(task), today, this.calendar));
    return toPage(items, limit, (item) => [item.due.lastDay ?? END_OF_TIME, item.id], filters);
  }

  /** @throws problem `not-found`, also for a task that the caller may not see */
  async read(actor: Actor, id: string): Promise<TaskDetail> {
    const { manager } = this.transactions;
    const select = this.selectWhole().where('whole.id = :id', { id });
    const visible = manager.createQueryBuilder(Task, 'task').select('task.id').where('task.id = :id', { id });
    this.narrow(visible, actor);
    const task = await select
      .andWhere(`whole.id IN (${visible.getQuery()})`)
      .setParameters(visible.getParameters())
      .getOne();
    if (!task) throw problem('not-found');
    return this.detailOf(manager, task);
  }

  /** A task that was just assigned, as `read` would answer it. */
  detailOfNew({ state, description, change }: AssignedTask): TaskDetail {
    const item = toTaskItem(state, this.clock.today(), this.calendar);
    return { ...item, description, evidence: null, history: [toHistoryLine(change)] };
  }

  private async detailOf(manager: EntityManager, task: Task): Promise<TaskDetail> {
    const changes = await manager.find(TaskChange, { where: { taskId: task.id }, order: { version: 'ASC' } });
    return {
      ...toTaskItem(stateOf(task), this.clock.today(), this.calendar),
      description: task.description,
      evidence: task.evidence,
      // A change made between the two statements belongs to the next version.
      history: changes.filter((change) => change.version <= task.version).map(toHistoryLine),
    };
  }

  /** Leaves only what the caller may see. */
  private narrow(select: SelectQueryBuilder<Task>, actor: Actor): void {
    const visible = visibleAgencies(actor, this.reference);
    if (visible) select.andWhere(hasAgency('seen', 'seen.agency_code IN (:...visible)'), { visible });
  }

  /** Tasks with directive and agencies in one statement, so that they are of the same moment. */
  private selectWhole(): SelectQueryBuilder<Task> {
    return this.transactions.manager
      .createQueryBuilder(Task, 'whole')
      .innerJoinAndSelect('whole.directive', 'directive')
      .innerJoinAndSelect('whole.agencies', 'agency')
      .orderBy('whole.sortDay')
      .addOrderBy('whole.id');
  }
}

type Filters = Omit<ListTasksQuery, 'limit' | 'cursor'>;

function filterByColumns(page: SelectQueryBuilder<Task>, filters: Filters): void {
  const { directive, state, dueFrom, dueTo, q } = filters;
  if (directive !== undefined) {
    const isId = UUID.test(directive);
    const byNumber = 'task.directiveId IN (SELECT d.id FROM directive d WHERE d.number = :directive)';
    page.andWhere(isId ? 'task.directiveId = :directive' : byNumber, { directive });
  }
  if (state?.length) page.andWhere('task.state IN (:...states)', { states: state });
  if (dueFrom !== undefined)
    page.andWhere('task.last_day >= :dueFrom AND task.sort_day >= :dueFrom', { dueFrom });
  if (dueTo !== undefined) page.andWhere('task.last_day <= :dueTo AND task.sort_day <= :dueTo', { dueTo });
  if (q !== undefined) page.andWhere('task.searchText LIKE :q', { q: likeFolded(q) });
}

function filterByAgencies(page: SelectQueryBuilder<Task>, { lead, collaborator }: Filters): void {
  if (lead !== undefined) {
    page.andWhere(hasAgency('led', `led.role = 'lead' AND led.agency_code = :lead`), { lead });
  }
  if (collaborator !== undefined) {
    page.andWhere(
      hasAgency('joined', `joined.role = 'collaborator' AND joined.agency_code = :collaborator`),
      {
        collaborator,
      },
    );
  }
}

function hasAgency(alias: string, condition: string): string {
  return `EXISTS (SELECT 1 FROM task_agency ${alias} WHERE ${alias}.task_id = task.id AND ${condition})`;
}

function stateOf(task: Task): TaskEventState {
  if (!task.directive || !task.agencies)
    throw new Error('a task was read without its directive and agencies');
  return toTaskState(task, task.directive, task.agencies);
}
