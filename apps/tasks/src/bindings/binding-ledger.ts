import { Injectable } from '@nestjs/common';
import type { Actor } from '#libs/auth';
import { Clock } from '#libs/calendar';
import {
  BINDING_REACHED,
  BINDING_REMOVED,
  BINDING_SET,
  type BindingEventState,
  changedFields,
  TASKS_BINDING,
} from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import { TransactionScope } from '#libs/persistence';
import { TaskAgency } from '../assignments/task-agency.entity.js';
import type { Task } from '../assignments/task.entity.js';
import { Notices } from '../notices/notices.js';
import { Binding, BindingChange, type BindingRow } from './binding.entity.js';

const EVENTS = { set: BINDING_SET, reached: BINDING_REACHED, removed: BINDING_REMOVED } as const;

type Author = Pick<Actor, 'subject' | 'agency'>;
type BoundTask = Pick<Task, 'id' | 'title'>;

/** Writes changes of bindings: the row, its line of history and its event, in the caller's transaction. */
@Injectable()
export class BindingLedger {
  constructor(
    private readonly transactions: TransactionScope,
    private readonly outbox: Outbox,
    private readonly notices: Notices,
    private readonly clock: Clock,
  ) {}

  /** @param before null: the task was never bound @param description what it is bound to, in Vietnamese */
  async write(
    action: BindingChange['action'],
    before: BindingRow | null,
    after: Omit<BindingRow, 'version'>,
    task: BoundTask,
    author: Author,
    description: string,
  ): Promise<BindingRow> {
    const row = { ...after, version: (before?.version ?? 0) + 1 };
    const { manager } = this.transactions;
    if (before) await manager.update(Binding, { taskId: task.id }, row);
    else await manager.insert(Binding, row);
    this.transactions.insert(BindingChange, {
      taskId: task.id,
      version: row.version,
      action,
      at: this.clock.now(),
      subject: author.subject,
      agencyCode: author.agency,
      description,
    });
    const state = stateOf(row, task);
    this.outbox.append({
      aggregate: TASKS_BINDING,
      aggregateId: task.id,
      sequence: row.version,
      type: EVENTS[action],
      state,
      changed: before ? changedFields(stateOf(before, task), state) : [],
    });
    return row;
  }

  /** Tells both sides that the data say the task is done: the lead hands in, the assigning side confirms. */
  async reached(binding: BindingRow, task: BoundTask, value: string): Promise<void> {
    const before = { ...binding, reachedOn: null };
    const author = { subject: 'data-binding', agency: null };
    const { version } = await this.write('reached', before, binding, task, author, value);
    const agencies = await this.transactions.manager.findBy(TaskAgency, { taskId: task.id });
    const concerned = agencies.filter(({ role }) => role === 'lead' || role === 'assigner');
    await this.notices.give({
      cause: `binding/${task.id}/${version}`,
      kind: 'task-changed',
      recipients: concerned.map(({ agencyCode }) => ({ agency: agencyCode, role: 'desk' })),
      about: { taskId: task.id },
      title: `Số liệu đã đạt yêu cầu: ${task.title}`,
      text: [
        `Số liệu: ${value}`,
        'Đề nghị cơ quan chủ trì gửi kết quả để cơ quan giao nhiệm vụ xem xét, xác nhận hoàn thành.',
      ].join('\n'),
    });
  }
}

function stateOf(row: BindingRow, { id, title }: BoundTask): BindingEventState {
  const { version, kind, subject, target, reachedOn } = row;
  const measure = kind === null || subject === null ? null : { kind, subject, target };
  return { id, version, title, measure, reachedOn };
}
