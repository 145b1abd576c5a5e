import type { TaskDue } from '#libs/contracts';
import { quoted } from '#libs/workbooks';
import type { Directive } from '../directives/directive.entity.js';
import type { Remark } from './remarks.js';
import type { StatedTask } from './stated-rows.js';

/** A task of the file whose directive and due date are known. */
export interface PlannedTask {
  stated: StatedTask;
  title: string;
  directive: Directive;
  due: TaskDue;
  /** Another row of the file, the identifier of a task that is there already, or null for a task of the directive itself. */
  above: PlannedTask | string | null;
}

/**
 * Plans the tasks of a file, level by level: those of the directives, then the parts of these, and so on. Rows with
 * faults, and parts of such rows, are left out.
 */
export function planTasks(
  stated: readonly StatedTask[],
  directiveOf: (task: StatedTask) => Directive | null,
  today: string,
  warnings: Remark[],
): PlannedTask[][] {
  const planned = new Map<StatedTask, PlannedTask>();
  for (const task of stated) {
    const directive = directiveOf(task);
    if (!directive) continue;
    const due = task.dueAt(directive.issuedOn ?? directive.meetingOn ?? today, warnings);
    if (due && task.title !== null && !task.row.isFaulty)
      planned.set(task, { stated: task, title: task.title, directive, due, above: null });
  }
  linkParents(stated, planned);
  return levelsOf([...planned.values()]);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function linkParents(stated: readonly StatedTask[], planned: Map<StatedTask, PlannedTask>): void {
  const byNumber = new Map<string, StatedTask>();
  for (const task of stated) {
    if (task.number === null) continue;
    const other = byNumber.get(task.number);
    if (other) task.row.fault('number', 'number-twice', { value: quoted(task.number), other: other.row.row });
    else byNumber.set(task.number, task);
  }
  for (const task of stated) {
    if (task.parent === null) continue;
    const own = planned.get(task);
    const above = byNumber.get(task.parent);
    const inFile = above && planned.get(above);
    if (own && inFile) own.above = inFile;
    else if (own && !above && UUID.test(task.parent)) own.above = task.parent.toLowerCase();
    else planned.delete(task);
    if (!above && !UUID.test(task.parent))
      task.row.fault('parent', 'unknown-parent', { value: quoted(task.parent) });
  }
}

function levelsOf(tasks: readonly PlannedTask[]): PlannedTask[][] {
  const levels: PlannedTask[][] = [];
  const kept = new Set(tasks);
  for (const task of tasks) {
    const level = levelOf(task, kept);
    if (level === 'circle') task.stated.row.fault('parent', 'parent-circle');
    if (typeof level === 'number') (levels[level] ??= []).push(task);
  }
  return Array.from(levels, (level: PlannedTask[] | undefined) => level ?? []);
}

/** How many rows of the file are above it; "lost" when one of these is left out. */
function levelOf(task: PlannedTask, kept: ReadonlySet<PlannedTask>): number | 'circle' | 'lost' {
  const seen = new Set<PlannedTask>();
  let current = task;
  for (let level = 0; ; level += 1) {
    if (seen.has(current)) return 'circle';
    seen.add(current);
    if (!kept.has(current)) return 'lost';
    if (current.above === null || typeof current.above === 'string') return level;
    current = current.above;
  }
}
