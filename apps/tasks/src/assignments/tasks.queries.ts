import { Injectable } from '@nestjs/common';
import { LessThanOrEqual } from 'typeorm';
import type { Actor } from '#libs/auth';
import type { Day } from '#libs/calendar';
import { problem, type TaskEventState, TIMELINESS, type Timeliness } from '#libs/contracts';
import { decodeCursor, toPage } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { ReferenceData } from '#libs/reference';
import { visibleAgencies } from '../access/tasks-access.js';
import { DueChange, toDueChangeLine } from '../due-dates/due-change.entity.js';
import { ExtensionRequest, toExtensionRequestLine } from '../due-dates/extension-request.entity.js';
import { Children } from './children.js';
import { type Moment, Moments } from './moment.js';
import { END_OF_TIME } from './new-tasks.js';
import { PreparedReads } from './prepared-reads.js';
import { type KeptState, PublicStates, type VersionKey } from './public-states.js';
import { TaskChange } from './task-change.entity.js';
import type { Evidence } from './task.entity.js';
import type { ListTasksQuery } from './task.requests.js';
import { TaskSelection } from './task-selection.js';
import {
  type ChildrenSummary,
  type TaskDetail,
  type TaskItem,
  timelinessAt,
  toHistoryLine,
  toTaskItem,
} from './task-state.js';
import type { AssignedTask } from './tasks.service.js';

interface Standing {
  state: TaskEventState;
  description: string | null;
  evidence: Evidence | null;
}

/** A task of a page. */
interface PageRow extends VersionKey {
  sortDay: string;
}

/** Reads tasks, as they are or as they were at the end of a past day. */
@Injectable()
export class TasksQueries {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly reference: ReferenceData,
    private readonly moments: Moments,
    private readonly children: Children,
    private readonly reads: PreparedReads,
    private readonly states: PublicStates,
  ) {}

  /**
   * A page of {@link TaskItem}s as JSON in UTF-8, the earliest last day first, tasks without one at the end. The public
   * states are kept and handed on as bytes: to parse some thousand fields only to write them again would take longer
   * than all the rest of a request.
   */
  async listAsJson(actor: Actor, query: ListTasksQuery): Promise<Buffer> {
    const { limit, cursor, ...filters } = query;
    const after = decodeCursor<[string | null, string]>(cursor, filters, ['date?', 'uuid']);
    const moment = this.moments.at(filters.asOf);
    const selection = new TaskSelection(moment, filters, actor, this.reference);
    const page = selection.page(after && { sortDay: after[0] ?? END_OF_TIME, id: after[1] }, limit + 1);
    const position = ({ sortDay, id }: PageRow) => [sortDay === END_OF_TIME ? null : sortDay, id];
    let items: PageRow[], nextCursor: string | null, states: KeptState[] | undefined;
    do {
      const rows = await this.reads.query<PageRow>(page);
      ({ items, nextCursor } = toPage(rows, limit, position, filters));
      states = await this.states.of(items);
    } while (!states);
    const split = items.filter((_item, index) => states[index]?.wasSplit).map(({ id }) => id);
    return pageAsJson(states, items, await this.children.of(split, moment), moment, nextCursor);
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

/** What depends on the day, at the end of an item. */
function endOf(timeliness: Timeliness, children: ChildrenSummary | null): Buffer {
  return Buffer.from(`,${JSON.stringify({ timeliness, children }).slice(1)}`);
}

/** Of tasks without parts, which most are: made once, not for each of the fifty on a page. */
const ENDS = Object.fromEntries(
  TIMELINESS.map((timeliness) => [timeliness, endOf(timeliness, null)]),
) as Record<Timeliness, Buffer>;

const ITEMS = Buffer.from('{"items":[');
const COMMA = Buffer.from(',');

function pageAsJson(
  states: readonly KeptState[],
  items: readonly PageRow[],
  children: ReadonlyMap<string, ChildrenSummary>,
  moment: Moment,
  nextCursor: string | null,
): Buffer {
  const pieces: Buffer[] = [ITEMS];
  for (const [index, { json, deadline, dueSoonWorkingDays }] of states.entries()) {
    const timeliness = timelinessAt(deadline, dueSoonWorkingDays, moment);
    const parts = children.get(items[index]?.id ?? '');
    if (index > 0) pieces.push(COMMA);
    pieces.push(json, parts ? endOf(timeliness, parts) : ENDS[timeliness]);
  }
  pieces.push(Buffer.from(`],"nextCursor":${JSON.stringify(nextCursor)}}`));
  return Buffer.concat(pieces);
}
