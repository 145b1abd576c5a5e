import { Injectable } from '@nestjs/common';
import { type Standing, worstOf } from '#libs/calendar';
import type { TaskState } from '#libs/contracts';
import { TransactionScope } from '#libs/persistence';
import type { Moment } from './moment.js';
import { type ChildrenSummary, timelinessAt } from './task-state.js';

interface PartRow {
  root: string;
  level: number;
  state: TaskState;
  lastDay: string | null;
  completedOn: string | null;
  threshold: number;
}

/** A task's tree never changes but by growing, so that it is walked as it is now and each part looked up on the day. */
const TREE = `
  WITH RECURSIVE tree AS (
    SELECT id, parent_id AS root, 1 AS level FROM task WHERE parent_id = ANY ($1::uuid[])
    UNION ALL
    SELECT part.id, tree.root, tree.level + 1 FROM task part JOIN tree ON part.parent_id = tree.id)
  SELECT tree.root, tree.level, stood.state, stood.last_day::text AS "lastDay",
    stood.completed_on::text AS "completedOn", stood.due_soon_working_days AS threshold
  FROM tree `;
const NOW = `JOIN task stood ON stood.id = tree.id`;
const THEN = `
  JOIN LATERAL (
    SELECT state, last_day, completed_on, due_soon_working_days FROM task
    WHERE id = tree.id AND valid_from <= $2::date
    UNION ALL
    SELECT state, last_day, completed_on, due_soon_working_days FROM task_past
    WHERE id = tree.id AND valid_from <= $2::date AND valid_to > $2::date) stood ON true`;

/** How the parts of tasks stand, all levels down. */
@Injectable()
export class Children {
  constructor(private readonly transactions: TransactionScope) {}

  /** By the id of the task that was split; without those that were not split yet on that day. */
  async of(ids: readonly string[], moment: Moment): Promise<ReadonlyMap<string, ChildrenSummary>> {
    const summaries = new Map<string, ChildrenSummary>();
    if (ids.length === 0) return summaries;
    const rows: PartRow[] = await this.transactions.manager.query(
      TREE + (moment.live ? NOW : THEN),
      moment.live ? [ids] : [ids, moment.day],
    );
    for (const [root, parts] of Map.groupBy(rows, (row) => row.root)) {
      const worst = worstOf(parts.map((part) => standingOf(part, moment)));
      const count = parts.filter((part) => part.level === 1).length;
      if (worst) summaries.set(root, { count, worst });
    }
    return summaries;
  }
}

function standingOf({ state, lastDay, completedOn, threshold }: PartRow, moment: Moment): Standing {
  return { state, timeliness: timelinessAt({ state, lastDay, completedOn }, threshold, moment) };
}
