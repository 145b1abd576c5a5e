import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { problem, ProblemError, type TaskDue, type TaskEventState } from '#libs/contracts';
import { quoted } from '#libs/workbooks';
import { mayAssign } from '../access/tasks-access.js';
import { Splitting } from '../assignments/splitting.js';
import { TaskNotices } from '../assignments/task-notices.js';
import { TasksQueries } from '../assignments/tasks.queries.js';
import { TasksService } from '../assignments/tasks.service.js';
import { differenceOf, type ExistingTask, ExistingTasks, taskKey } from './existing-tasks.js';
import type { ImportedRow } from './import-result.js';
import type { PlannedTask } from './task-plan.js';

/** Rows after which others get their turn. */
const TURN = 25;

/** A task that parts can be split off from. */
interface Whole {
  id: string;
  directiveId: string;
  clause: string | null;
  due: TaskDue;
}

/** A row whose place is known, to be made or found. */
interface PlacedTask {
  planned: PlannedTask;
  whole: Whole | null;
  due: TaskDue;
}

/** Assigns the tasks of a file that are not there yet. */
@Injectable()
export class TaskImport {
  constructor(
    private readonly tasks: TasksService,
    private readonly queries: TasksQueries,
    private readonly splitting: Splitting,
    private readonly existing: ExistingTasks,
    private readonly notices: TaskNotices,
  ) {}

  /** In the caller's transaction; faults are noted at the rows, and whoever finds some takes everything back. */
  async take(actor: Actor, levels: readonly PlannedTask[][]): Promise<ImportedRow[]> {
    const wholes = new Map<PlannedTask, Whole>();
    const taken: ImportedRow[] = [];
    const keys = new Map<string, number>();
    for (const level of levels) {
      const placed: PlacedTask[] = [];
      for (const planned of level) {
        const place = await this.place(actor, planned, wholes);
        if (place) placed.push(place);
      }
      const added = await this.withoutExisting(placed, keys, wholes, taken);
      await this.assign(actor, added, wholes, taken);
      await this.split(actor, added, wholes, taken);
    }
    return taken.sort((one, other) => one.row - other.row);
  }

  /** Null: the row, or the one it is part of, was refused. */
  private async place(
    actor: Actor,
    planned: PlannedTask,
    wholes: ReadonlyMap<PlannedTask, Whole>,
  ): Promise<PlacedTask | null> {
    const { stated, directive, above } = planned;
    const { row } = stated;
    if (!mayAssign(actor, directive.issuerCode)) {
      row.refuse('directive', problem('other-agency'));
      return null;
    }
    if (above === null) return { planned, whole: null, due: planned.due };
    const whole = typeof above === 'string' ? await this.registered(actor, above) : wholes.get(above);
    if (!whole) {
      if (typeof above === 'string') row.fault('parent', 'unknown-parent', { value: quoted(above) });
      return null;
    }
    if (whole.directiveId !== directive.id || (stated.clause !== null && stated.clause !== whole.clause)) {
      row.fault('parent', 'parent-of-other-directive');
      return null;
    }
    const due = dueWithin(planned.due, whole.due);
    const { lastDay } = whole.due;
    if (lastDay !== null && due.lastDay !== null && due.lastDay > lastDay) {
      row.fault('lastDay', 'beyond-parent', { value: lastDay });
      return null;
    }
    return { planned, whole, due };
  }

  private async registered(actor: Actor, id: string): Promise<Whole | undefined> {
    try {
      const { directive, due } = await this.queries.read(actor, id);
      return { id, directiveId: directive.id, clause: directive.clause, due };
    } catch (error) {
      if (error instanceof ProblemError && error.code === 'not-found') return undefined;
      throw error;
    }
  }

  /** Those that have to be made; the others are found unchanged, or differ, which is a fault. */
  private async withoutExisting(
    placed: readonly PlacedTask[],
    keys: Map<string, number>,
    wholes: Map<PlannedTask, Whole>,
    taken: ImportedRow[],
  ): Promise<PlacedTask[]> {
    if (placed.length === 0) return [];
    const known = await this.existing.of(
      placed.map(({ planned }) => planned.directive.id),
      placed.map(({ planned }) => planned.title),
    );
    const added: PlacedTask[] = [];
    for (const place of placed) {
      const { stated, title } = place.planned;
      const key = keyOf(place);
      const other = keys.get(key);
      if (other !== undefined) {
        stated.row.fault('title', 'row-twice', { other });
        continue;
      }
      keys.set(key, stated.row.row);
      const candidates = known.get(key);
      if (!candidates) {
        added.push(place);
        continue;
      }
      const found = unchangedOf(place, candidates);
      if (!found) continue;
      wholes.set(place.planned, wholeOf(place, found.state.id));
      taken.push({ row: stated.row.row, action: 'unchanged', id: found.state.id, title });
    }
    return added;
  }

  private async assign(
    actor: Actor,
    added: readonly PlacedTask[],
    wholes: Map<PlannedTask, Whole>,
    taken: ImportedRow[],
  ): Promise<void> {
    const assigned: TaskEventState[] = [];
    for (const place of added) {
      if (place.whole) continue;
      const { stated, directive, title } = place.planned;
      const { clause, description, leads, collaborators } = stated;
      const content = { directiveId: directive.id, clause, title, description, leads, collaborators };
      const { state } = await this.tasks.assign(directive, { ...content, due: place.due }, actor);
      assigned.push(state);
      wholes.set(place.planned, wholeOf(place, state.id));
      taken.push({ row: stated.row.row, action: 'create', id: state.id, title });
      if (assigned.length % TURN === 0) await setImmediate();
    }
    this.notices.assigned(assigned, actor);
  }

  private async split(
    actor: Actor,
    added: readonly PlacedTask[],
    wholes: Map<PlannedTask, Whole>,
    taken: ImportedRow[],
  ): Promise<void> {
    for (const [id, parts] of partsByWhole(added)) {
      const ids = await this.splitOne(actor, id, parts);
      for (const [index, place] of parts.entries()) {
        const partId = ids[index];
        if (partId === undefined) continue;
        const { stated, title } = place.planned;
        wholes.set(place.planned, wholeOf(place, partId));
        taken.push({ row: stated.row.row, action: 'create', id: partId, title });
      }
    }
  }

  /** Identifiers of the parts; none when the split was refused, which is noted at the first one. */
  private async splitOne(actor: Actor, id: string, parts: readonly PlacedTask[]): Promise<string[]> {
    const contents = parts.map(({ planned: { stated, title }, due }) => ({
      title,
      description: stated.description,
      leads: stated.leads,
      collaborators: stated.collaborators,
      due: () => due,
    }));
    try {
      const split = await this.splitting.split(actor, id, undefined, contents, null);
      return split.parts.map((part) => part.id);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      parts[0]?.planned.stated.row.refuse('parent', error);
      return [];
    }
  }
}

/** A part without a date of its own is due with the whole, as `Splitting` has it. */
function dueWithin(own: TaskDue, whole: TaskDue): TaskDue {
  if (own.lastDay !== null || whole.lastDay === null) return own;
  return { ...whole, extendable: true, phrase: own.phrase };
}

function keyOf({ planned, whole }: PlacedTask): string {
  const { directive, stated, title } = planned;
  return taskKey({ directiveId: directive.id, clause: stated.clause, title, parentId: whole?.id ?? null });
}

function wholeOf({ planned, whole, due }: PlacedTask, id: string): Whole {
  return { id, directiveId: planned.directive.id, clause: whole ? whole.clause : planned.stated.clause, due };
}

/** Null when all that exist differ from the row, which is noted with the column of the first one. */
function unchangedOf({ planned, due }: PlacedTask, candidates: readonly ExistingTask[]): ExistingTask | null {
  const compared = { ...planned.stated, due };
  const found = candidates.find((one) => differenceOf(one, compared) === null);
  if (found) return found;
  const [first] = candidates;
  planned.stated.row.fault(first ? differenceOf(first, compared) : null, 'task-differs');
  return null;
}

function partsByWhole(added: readonly PlacedTask[]): Map<string, PlacedTask[]> {
  const parts = new Map<string, PlacedTask[]>();
  for (const place of added) {
    if (place.whole) parts.set(place.whole.id, [...(parts.get(place.whole.id) ?? []), place]);
  }
  return parts;
}
