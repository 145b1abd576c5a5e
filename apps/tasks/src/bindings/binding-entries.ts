import { Injectable } from '@nestjs/common';
import { TransactionScope } from '#libs/persistence';
import { type TimelineEntry, TimelineSource } from '../timeline/timeline-source.js';
import { BindingChange } from './binding.entity.js';

const TITLES: Readonly<Record<BindingChange['action'], string>> = {
  set: 'Gắn tiến độ với số liệu',
  reached: 'Số liệu đã đạt yêu cầu',
  removed: 'Bỏ gắn tiến độ với số liệu',
};

/** Bindings to data on the timeline of a task. */
@Injectable()
export class BindingEntries extends TimelineSource {
  readonly name = 'bindings';

  constructor(private readonly transactions: TransactionScope) {
    super();
  }

  async entriesOf(taskId: string): Promise<TimelineEntry[]> {
    const changes = await this.transactions.manager.findBy(BindingChange, { taskId });
    return changes.map(({ at, action, version, agencyCode, description }) => ({
      at: at.toISOString(),
      source: this.name,
      kind: action,
      reference: String(version).padStart(10, '0'),
      agency: agencyCode,
      title: TITLES[action],
      text: description,
    }));
  }
}
