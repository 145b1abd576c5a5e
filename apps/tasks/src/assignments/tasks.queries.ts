import { Injectable } from '@nestjs/common';
import { LessThanOrEqual } from 'typeorm';
import type { Actor } from '#libs/auth';
import type { Day } from '#libs/calendar';
import { problem, type TaskEventState } from '#libs/contracts';
import { decodeCursor, encodeCursor } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { visibleAgencies } from '../access/tasks-access.js';
import { DueChange, toDueChangeLine } from '../due-dates/due-change.entity.js';
import { ExtensionRequest, toExtensionRequestLine } from '../due-dates/extension-request.entity.js';
import { Children } from './children.js';
import { type Moment, Moments } from './moment.js';
import { END_OF_TIME } from './new-tasks.js';
import { PreparedReads } from './prepared-reads.js';
import { TaskChange } from './task-change.entity.js';
import type { Evidence } from './task.entity.js';
import type { ListTasksQuery } from './task.requests.js';
import { pageAsJson, type PageRow } from './task-page.js';
import { TaskSelection } from './task-selection.js';
import { type TaskDetail, type TaskItem, toHistoryLine, toTaskItem } from './task-state.js';
import type { AssignedTask } from './tasks.service.js';
import { WordSample } from './word-sample.js';

interface Standing {
  state: TaskEventState;
  description: string | null;
  evidence: Evidence | null;
}

/** Reads tasks, as they are or as they were at the end of a past day. */
@Injectable()
export class TasksQueries {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly reference: ReferenceData,
    private readonly moments: Moments,
    private readonly children: Children,
    private readonly sample: WordSample,
    private readonly reads: PreparedReads,
  ) {}

  /** A page of {@link TaskItem}s as JSON in UTF-8, the earliest last day first, tasks without one at the end. */
  async listAsJson(actor: Actor, query: ListTasksQuery): Promise<Buffer> {
    const { limit, cursor, ...filters } = query;
    const after = decodeCursor<[string | null, string]>(cursor, filters, ['date?', 'uuid']);
    const moment = this.moments.at(filters.asOf);
    const frequency = filters.q === undefined ? {} : await this.sample.frequencyOf(filters.q);
    const selection = new TaskSelection(moment, filters, actor, this.reference, frequency);
    const place = after && { sortDay: after[0] ?? END_OF_TIME, id: after[1] };
    const [page] = await this.reads.query<PageRow>(selection.page(place, limit));
    const { items, hasMore, sortDay, id, split } = page!;
    const position = [sortDay === END_OF_TIME ? null : sortDay, id];
    const nextCursor = hasMore ? JSON.stringify(encodeCursor(position, filters)) : 'null';
    return pageAsJson(await this.withChildren(items ?? '', split ?? [], moment), nextCursor);
  }

  /** @throws problem `not-found`, also for a task that the caller may not see, or that was not there yet */
  async read(actor: Actor, id: string, asOf?: Day): Promise<TaskDetail> {
    const moment = this.moments.at(asOf);
    const standing = await this.standingOf(actor, id, moment);
    if (!standing) throw problem('not-found');
    const { state, description, evidence } = standing;
    const [[item], history, dueHistory, requests] = await Promise.all([
      this.itemsOf([state], moment),
      ...this.historyOf(state),
    ]);
    if (!item) throw new Error(`task ${id} was read and lost`);
    return {
      ...item,
      description,
      evidence,
      history: history.map(toHistoryLine),
      dueHistory: dueHistory.map(toDueChangeLine),
      extensionRequests: requests.map((request) => toExtensionRequestLine(request, state.version)),
    };
  }

  /** A task that was just assigned, as `read` would answer it. */
  detailOfNew({ row, state, description, change }: AssignedTask): TaskDetail {
    const set = { date: row.dueDate, lastDay: row.lastDay, phrase: row.duePhrase };
    const isDated = row.dueDate !== null || row.duePhrase !== null;
    const first = { before: null, after: set, reason: null, document: null };
    const line = toHistoryLine(change);
    return {
      ...toTaskItem(state, this.moments.at(undefined), null),
      description,
      evidence: null,
      history: [line],
      dueHistory: isDated ? [{ version: 1, kind: 'set', at: line.at, agency: line.agency, ...first }] : [],
      extensionRequests: [],
    };
  }

  /** As items, with their parts. */
  async itemsOf(states: readonly TaskEventState[], moment: Moment): Promise<TaskItem[]> {
    const children = await this.children.of(
      states.map((state) => state.id),
      moment,
    );
    return states.map((state) => toTaskItem(state, moment, children.get(state.id) ?? null));
  }

  /** What stands for the children of a task replaced by how they stand; text of a person never holds bare quotes. */
  private async withChildren(items: string, split: readonly string[], moment: Moment): Promise<string> {
    const children = await this.children.of(split, moment);
    return split.reduce(
      (text, id) =>
        text.replace(`"children":"${id}"`, () => `"children":${JSON.stringify(children.get(id) ?? null)}`),
      items,
    );
  }

  /** Up to the version of the state: a change made between the statements belongs to the next one. */
  private historyOf({ id, version }: TaskEventState) {
    const { manager } = this.transactions;
    const upTo = { taskId: id, version: LessThanOrEqual(version) };
    const asked = { taskId: id, askedVersion: LessThanOrEqual(version) };
    return [
      manager.find(TaskChange, { where: upTo, order: { version: 'ASC' } }),
      manager.find(DueChange, { where: upTo, order: { version: 'ASC' } }),
      manager.find(ExtensionRequest, { where: asked, order: { askedVersion: 'ASC' } }),
    ] as const;
  }

  private async standingOf(actor: Actor, id: string, { day, live }: Moment): Promise<Standing | undefined> {
    const visible = visibleAgencies(actor, this.reference);
    const seen = `$2::text[] IS NULL OR EXISTS (
      SELECT 1 FROM task_agency seen WHERE seen.task_id = task.id AND seen.agency_code = ANY ($2::text[]))`;
    const past = `
      SELECT past.public_state AS state, task.description, past.evidence
      FROM task_past past JOIN task ON task.id = past.id
      WHERE past.id = $1 AND past.valid_from <= $3::date AND past.valid_to > $3::date AND (${seen})`;
    const rows: Standing[] = await this.transactions.manager.query(
      `SELECT public_state AS state, description, evidence FROM task WHERE id = $1 AND (${seen})
       ${live ? '' : `AND valid_from <= $3::date UNION ALL ${past}`}`,
      live ? [id, visible] : [id, visible, day],
    );
    return rows[0];
  }
}
