import { Injectable } from '@nestjs/common';
import { TransactionScope } from '#libs/persistence';
import { type TimelineEntry, TimelineSource } from '../timeline/timeline-source.js';
import { Reminder } from './reminder.entity.js';
import { writtenDay } from './task-texts.js';

/** The reminders of a task on its timeline, those that were passed over included. */
@Injectable()
export class ReminderEntries extends TimelineSource {
  readonly name = 'reminders';

  constructor(private readonly transactions: TransactionScope) {
    super();
  }

  async entriesOf(taskId: string): Promise<TimelineEntry[]> {
    const { manager } = this.transactions;
    const reminders = await manager.findBy(Reminder, { subject: 'task', subjectId: taskId });
    return reminders.map((reminder) => ({
      at: reminder.at.toISOString(),
      source: this.name,
      kind: reminder.outcome,
      reference: `${reminder.lastDay}/${reminder.plannedOn}/${reminder.step}`,
      agency: null,
      title: titleOf(reminder),
      text: null,
    }));
  }
}

function titleOf({ step, lastDay, plannedOn, outcome }: Reminder): string {
  const [kind, days = ''] = step.split('-');
  const what =
    kind === 'before' ? `Nhắc việc trước ${days} ngày làm việc` : `Đôn đốc khi quá hạn ${days} ngày`;
  const due = `hạn ${writtenDay(lastDay)}`;
  if (outcome === 'sent') return `${what} (${due})`;
  return `${what} (${due}), dự kiến ngày ${writtenDay(plannedOn)}: không gửi, đã có lần nhắc sau thay thế hoặc hạn được đặt sau ngày này`;
}
