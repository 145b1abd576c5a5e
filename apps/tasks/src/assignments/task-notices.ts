import { Injectable } from '@nestjs/common';
import type { TaskDue, TaskEventState } from '#libs/contracts';
import { Notices } from '../notices/notices.js';
import { writtenAgencies, writtenDay, writtenDirective } from '../reminders/task-texts.js';
import type { Author, LockedTask } from './task-ledger.js';
import type { TaskAction } from './task-lifecycle.js';
import { codesOf } from './task-permissions.js';

/** Tasks that one notice names one by one; a file may bring thousands. */
const MOST_NAMED = 20;

/** An agency's part in a task that was just assigned. */
interface Part {
  state: TaskEventState;
  isLead: boolean;
}

/** What agencies are told of tasks, in the transaction of the cause. */
@Injectable()
export class TaskNotices {
  constructor(private readonly notices: Notices) {}

  /**
   * Tells leads and collaborators of the tasks that were assigned together: agencies with a part in the same ones by one
   * notice, whoever assigned them left out.
   */
  assigned(states: readonly TaskEventState[], author: Author): void {
    const parts = partsByAgency(states);
    if (author.agency !== null) parts.delete(author.agency);
    const same = Map.groupBy(parts, ([, own]) =>
      own.map(({ state, isLead }) => `${state.id} ${isLead}`).join(),
    );
    for (const group of same.values()) {
      const [first] = group;
      const [task] = first?.[1] ?? [];
      if (!first || !task) continue;
      const [agency, own] = first;
      this.notices.giveUnasked({
        // A task is assigned once, and an agency is told of it by one notice.
        cause: `task-assigned/${task.state.id}/${agency}`,
        kind: 'task-assigned',
        recipients: group.map(([code]) => ({ agency: code, role: 'desk' })),
        about: own.length === 1 ? { taskId: task.state.id } : {},
        ...(own.length === 1 ? textOfOne(task) : textOfMany(own)),
      });
    }
  }

  /** Tells the assigning side that more time is asked for, and the leads what became of it. Of other actions nothing. */
  extension(action: TaskAction, { row, agencies }: LockedTask, reason: string | null): void {
    const { publicState: state } = row;
    const title = titleOf(action, state);
    if (title === null) return;
    const isAsked = action === 'extension-request';
    const told = codesOf(agencies, isAsked ? 'assigner' : 'lead');
    this.notices.giveUnasked({
      cause: `task-extension/${state.id}/${state.version}`,
      kind: isAsked ? 'extension-request' : 'extension-decision',
      recipients: told.map((agency) => ({ agency, role: 'desk' })),
      about: { taskId: state.id },
      title,
      text: [
        `Căn cứ: ${writtenDirective(state.directive)}`,
        `Cơ quan chủ trì: ${writtenAgencies(state.leads)}`,
        `Thời hạn hiện nay: ${writtenDue(state.due)}`,
        ...(reason === null ? [] : [`Lý do: ${reason}`]),
      ].join('\n'),
    });
  }
}

function titleOf(action: TaskAction, { title, due, extensionRequest }: TaskEventState): string | null {
  switch (action) {
    case 'extension-request':
      return `Đề nghị gia hạn đến hết ngày ${writtenDay(extensionRequest?.lastDay ?? '')}: ${title}`;
    case 'extension':
      return `Gia hạn đến ${writtenDue(due)}: ${title}`;
    case 'extension-refusal':
      return `Không đồng ý gia hạn: ${title}`;
    default:
      return null;
  }
}

function partsByAgency(states: readonly TaskEventState[]): Map<string, Part[]> {
  const parts = new Map<string, Part[]>();
  for (const state of states) {
    for (const agency of [...state.leads, ...state.collaborators]) {
      const own = parts.get(agency.code ?? '') ?? [];
      own.push({ state, isLead: state.leads.includes(agency) });
      parts.set(agency.code ?? '', own);
    }
  }
  return parts;
}

function textOfOne({ state, isLead }: Part): { title: string; text: string } {
  const collaborators = state.collaborators.length > 0;
  return {
    title: `${isLead ? 'Giao chủ trì' : 'Giao phối hợp'}: ${state.title}`,
    text: [
      `Căn cứ: ${writtenDirective(state.directive)}`,
      `Cơ quan chủ trì: ${writtenAgencies(state.leads)}`,
      ...(collaborators ? [`Cơ quan phối hợp: ${writtenAgencies(state.collaborators)}`] : []),
      `Thời hạn: ${writtenDue(state.due)}`,
    ].join('\n'),
  };
}

function textOfMany(parts: readonly Part[]): { title: string; text: string } {
  const lines = parts
    .slice(0, MOST_NAMED)
    .map(
      ({ state, isLead }, index) =>
        `${index + 1}. ${state.title} (${isLead ? 'chủ trì' : 'phối hợp'}; thời hạn: ${writtenDue(state.due)}; ${writtenDirective(state.directive)})`,
    );
  const others = parts.length - lines.length;
  return {
    title: `Giao ${parts.length} nhiệm vụ`,
    text: [...lines, ...(others > 0 ? [`… và ${others} nhiệm vụ khác.`] : [])].join('\n'),
  };
}

function writtenDue({ lastDay, phrase }: TaskDue): string {
  if (lastDay !== null) return `hết ngày ${writtenDay(lastDay)}`;
  return phrase ?? 'không ghi';
}
