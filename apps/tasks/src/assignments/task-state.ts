import { timelinessOf, type WorkingCalendar } from '#libs/calendar';
import type { AgencyRef, TaskDirective, TaskEventState, TaskState, Timeliness } from '#libs/contracts';
import { foldVietnamese } from '#libs/http';
import type { DirectiveRow } from '../directives/directive.entity.js';
import type { AgencyRole, TaskAgencyRow } from './task-agency.entity.js';
import type { TaskChange } from './task-change.entity.js';
import type { Evidence, TaskRow } from './task.entity.js';

/** A task as lists answer it: its public state and how it stands today. */
export interface TaskItem extends TaskEventState {
  timeliness: Timeliness;
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
}

export function toTaskState(
  task: TaskRow,
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
  };
}

export function toTaskItem(state: TaskEventState, today: string, calendar: WorkingCalendar): TaskItem {
  const { completedOn, due } = state;
  return {
    ...state,
    timeliness: timelinessOf({ lastDay: due.lastDay, completedOn, state: state.state }, today, calendar),
  };
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
  const { id, number, symbol, kind, issuerCode, issuerName, issuedOn } = directive;
  return { id, number, symbol, kind, issuer: { code: issuerCode, name: issuerName }, issuedOn, clause };
}

function agenciesOf(agencies: readonly TaskAgencyRow[], role: AgencyRole): AgencyRef[] {
  return agencies
    .filter((agency) => agency.role === role)
    .sort((one, other) => one.position - other.position)
    .map(({ agencyCode, agencyName }) => ({ code: agencyCode, name: agencyName }));
}
