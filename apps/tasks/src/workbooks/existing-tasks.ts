import { Injectable } from '@nestjs/common';
import type { AgencyRef, TaskDue, TaskEventState } from '#libs/contracts';
import type { KnownAgency } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import type { TaskKey } from './columns.js';

/** A task that is there already. */
export interface ExistingTask {
  state: TaskEventState;
  description: string | null;
}

/** What a row states of a task, to be compared. */
export interface ComparedTask {
  description: string | null;
  leads: readonly KnownAgency[];
  collaborators: readonly KnownAgency[];
  due: TaskDue;
}

interface Identity {
  directiveId: string;
  clause: string | null;
  title: string;
  parentId: string | null;
}

/** Two rows, or a row and a task, of the same key are the same task. A part has the clause of its whole. */
export function taskKey({ directiveId, clause, title, parentId }: Identity): string {
  return JSON.stringify(parentId === null ? [directiveId, clause, title] : [parentId, title]);
}

/** Finds the tasks that rows of a file may mean. */
@Injectable()
export class ExistingTasks {
  constructor(private readonly transactions: TransactionScope) {}

  /** Of these directives with these titles, by their keys. */
  async of(directiveIds: readonly string[], titles: readonly string[]): Promise<Map<string, ExistingTask[]>> {
    const rows: ExistingTask[] = await this.transactions.manager.query(
      `SELECT public_state AS state, description FROM task
        WHERE directive_id = ANY ($1::uuid[]) AND title = ANY ($2::text[]) ORDER BY id`,
      [[...new Set(directiveIds)], [...new Set(titles)]],
    );
    const byKey = new Map<string, ExistingTask[]>();
    for (const row of rows) {
      const { directive, title, parentId } = row.state;
      const key = taskKey({ directiveId: directive.id, clause: directive.clause, title, parentId });
      byKey.set(key, [...(byKey.get(key) ?? []), row]);
    }
    return byKey;
  }
}

/** The first column in which they differ; null: identical. */
export function differenceOf({ state, description }: ExistingTask, row: ComparedTask): TaskKey | null {
  const { due } = state;
  const recurrence = (one: TaskDue['recurrence']): string =>
    one === null ? '' : [one.unit, one.interval, one.day, one.lastDay].join(' ');
  const same: readonly (readonly [TaskKey, boolean])[] = [
    ['description', description === row.description],
    ['leads', codesOf(state.leads) === codesOf(row.leads)],
    ['collaborators', codesOf(state.collaborators) === codesOf(row.collaborators)],
    ['phrase', due.phrase === row.due.phrase],
    ['date', due.date === row.due.date],
    ['lastDay', due.lastDay === row.due.lastDay],
    ['recurrence', recurrence(due.recurrence) === recurrence(row.due.recurrence)],
    ['extendable', due.extendable === row.due.extendable],
  ];
  return same.find(([, isSame]) => !isSame)?.[0] ?? null;
}

function codesOf(agencies: readonly AgencyRef[]): string {
  return agencies.map(({ code }) => code ?? '').join(' ');
}
