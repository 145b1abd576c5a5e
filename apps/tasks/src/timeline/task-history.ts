import { Injectable } from '@nestjs/common';
import { TransactionScope } from '#libs/persistence';
import { TaskChange } from '../assignments/task-change.entity.js';
import { DueChange } from '../due-dates/due-change.entity.js';
import { writtenDay } from '../reminders/task-texts.js';
import { type TimelineEntry, TimelineSource } from './timeline-source.js';

const TITLES: Readonly<Record<TaskChange['action'], string>> = {
  assignment: 'Giao nhiệm vụ',
  progress: 'Báo cáo tiến độ',
  split: 'Chia nhiệm vụ cho cơ quan khác',
  submission: 'Gửi kết quả để xác nhận',
  confirmation: 'Xác nhận hoàn thành',
  return: 'Trả lại kết quả',
  suspension: 'Tạm dừng',
  resumption: 'Tiếp tục thực hiện',
  cancellation: 'Hủy nhiệm vụ',
  'extension-request': 'Đề nghị gia hạn',
  'extension-refusal': 'Không đồng ý gia hạn',
  extension: 'Gia hạn',
  'due-correction': 'Đính chính thời hạn',
  'extension-lift': 'Cho phép gia hạn trở lại',
  threshold: 'Thay đổi ngưỡng sắp đến hạn',
};

/** The task's own history: what was done to it and by which agency, with the due dates that came of it. */
@Injectable()
export class TaskHistory extends TimelineSource {
  readonly name = 'history';

  constructor(private readonly transactions: TransactionScope) {
    super();
  }

  async entriesOf(taskId: string): Promise<TimelineEntry[]> {
    const { manager } = this.transactions;
    const changes = await manager.findBy(TaskChange, { taskId });
    const dueChanges = await manager.findBy(DueChange, { taskId });
    return changes.map((change) => {
      const due = dueChanges.find(({ version }) => version === change.version);
      return {
        at: change.at.toISOString(),
        source: this.name,
        kind: change.action,
        reference: String(change.version).padStart(10, '0'),
        agency: change.agencyCode,
        title: titleOf(change, due),
        text: change.note ?? due?.reason ?? null,
      };
    });
  }
}

function titleOf({ action, progressPercent }: TaskChange, due: DueChange | undefined): string {
  const title = TITLES[action];
  if (action === 'progress') return `${title}: ${progressPercent}%`;
  if (!due?.after.lastDay) return title;
  const before = due.before?.lastDay ? ` từ ${writtenDay(due.before.lastDay)}` : '';
  const ground = due.document ? ` theo ${due.document.number}` : '';
  return `${title}:${before || ' hạn'} đến ${writtenDay(due.after.lastDay)}${ground}`;
}
