import { type Deadline, type Standing, timelinessWithin } from '#libs/calendar';
import type { AgencyRef, TaskDirective, TaskEventState, TaskState, Timeliness } from '#libs/contracts';
import { foldVietnamese } from '#libs/http';
import type { DirectiveRow } from '../directives/directive.entity.js';
import type { DueChangeLine, ExtensionRequestLine } from '../due-dates/due-lines.js';
import type { Moment } from './moment.js';
import type { AgencyRole, TaskAgencyRow } from './task-agency.entity.js';
import type { TaskChange } from './task-change.entity.js';
import type { Evidence, TaskRow } from './task.entity.js';

/** A task before its public state was made of it. */
export type NewTaskRow = Omit<TaskRow, 'publicState'>;

/** The parts that a task was split into. */
export interface ChildrenSummary {
  /** Parts of this task itself, cancelled ones included. */
  count: number;
  /** Of these parts and the parts they were split into. */
  worst: Standing;
}

/** A task as lists answer it: its public state and how it stands on the day asked for. */
export interface TaskItem extends TaskEventState {
  timeliness: Timeliness;
  /** Null when it was not split. */
  children: ChildrenSummary | null;
}

/** One line of a task's history. */
export interface HistoryLine {
  /** Version of the task after the change. */
  version: number;
  action: TaskChange['action'];
  /** ISO 8601 UTC. */
  at: string;
  /** Code of the agency that did it; null for an actor of no agency. Who it was in person stays in the database. */
  agency: string | null;
  state: TaskState;
  progressPercent: number;
  note: string | null;
  evidence: Evidence | null;
}

/** A task read alone. */
export interface TaskDetail extends TaskItem {
  description: string | null;
  /** Evidence that waits for an answer, or was confirmed. */
  evidence: Evidence | null;
  /** Oldest first. */
  history: HistoryLine[];
  /** How the due date came about, oldest first. */
  dueHistory: DueChangeLine[];
  /** What the leads asked for, oldest first. */
  extensionRequests: ExtensionRequestLine[];
}

/** The public state of a new task. */
export function newTaskState(
  task: NewTaskRow,
  directive: DirectiveRow,
  agencies: readonly TaskAgencyRow[],
): TaskEventState {
  return {
    id: task.id,
    version: task.version,
    title: task.title,
    directive: toTaskDirective(directive, task.clause),
    leads: agenciesOf(agencies, 'lead'),
    collaborators: agenciesOf(agencies, 'collaborator'),
    ...changingState(task),
    parentId: task.parentId,
    extensionRequest: null,
  };
}

/** The part of the public state that follows from the columns and changes in the life of a task. */
export function changingState(task: NewTaskRow): ChangingState {
  return {
    due: {
      date: task.dueDate,
      lastDay: task.lastDay,
      phrase: task.duePhrase,
      extendable: task.extendable,
      recurrence: task.recurrence,
    },
    state: task.state,
    progressPercent: task.progressPercent,
    assignedOn: task.assignedOn,
    completedOn: task.completedOn,
    extensions: task.extensions,
  };
}

type ChangingState = Pick<
  TaskEventState,
  'due' | 'state' | 'progressPercent' | 'assignedOn' | 'completedOn' | 'extensions'
>;

export function toTaskItem(
  state: TaskEventState,
  moment: Moment,
  children: ChildrenSummary | null,
): TaskItem {
  const { due, completedOn, directive } = state;
  const deadline = { lastDay: due.lastDay, completedOn, state: state.state };
  return { ...state, timeliness: timelinessAt(deadline, directive.dueSoonWorkingDays, moment), children };
}

/** As `timelinessOf`, with the bounds of the day worked out before. */
export function timelinessAt(
  deadline: Deadline,
  threshold: number,
  { day, dueSoonUntil }: Moment,
): Timeliness {
  return timelinessWithin(deadline, day, dueSoonUntil[threshold] ?? day);
}

export function taskSearchText(state: TaskEventState, description: string | null): string {
  const agencies = [...state.leads, ...state.collaborators].map((agency) => agency.name);
  return foldVietnamese(
    [state.title, description ?? '', state.directive.number ?? '', ...agencies].join(' '),
  );
}

export function toHistoryLine(change: TaskChange): HistoryLine {
  const { version, action, at, agencyCode, state, progressPercent, note, evidence } = change;
  return {
    version,
    action,
    at: at.toISOString(),
    agency: agencyCode,
    state,
    progressPercent,
    note,
    evidence,
  };
}

function toTaskDirective(directive: DirectiveRow, clause: string | null): TaskDirective {
  const { id, number, symbol, kind, issuerCode, issuerName, issuedOn, dueSoonWorkingDays } = directive;
  const issuer = { code: issuerCode, name: issuerName };
  return { id, number, symbol, kind, issuer, issuedOn, clause, dueSoonWorkingDays };
}

function agenciesOf(agencies: readonly TaskAgencyRow[], role: AgencyRole): AgencyRef[] {
  return agencies
    .filter((agency) => agency.role === role)
    .sort((one, other) => one.position - other.position)
    .map(({ agencyCode, agencyName }) => ({ code: agencyCode, name: agencyName }));
}
