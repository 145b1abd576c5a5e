import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Actor } from '#libs/auth';
import { TransactionScope } from '#libs/persistence';
import { Reminder } from '../reminders/reminder.entity.js';
import { type TimelineEntry, TimelineSource } from '../timeline/timeline-source.js';
import { ExplanationChange } from './explanation.entity.js';
import { ExplanationsQueries } from './explanations.queries.js';

const TITLES: Readonly<Record<ExplanationChange['action'], string>> = {
  request: 'Yêu cầu giải trình',
  answer: 'Giải trình',
  withdrawal: 'Rút yêu cầu giải trình',
};

/** Requests for explanation about a task, their answers and reminders, for those who may read them. */
@Injectable()
export class ExplanationEntries extends TimelineSource {
  readonly name = 'explanations';

  constructor(
    private readonly transactions: TransactionScope,
    private readonly queries: ExplanationsQueries,
  ) {
    super();
  }

  async entriesOf(taskId: string, actor: Actor): Promise<TimelineEntry[]> {
    const ids = (await this.queries.aboutTask(actor, taskId)).map(({ id }) => id);
    const { manager } = this.transactions;
    const changes = await manager.findBy(ExplanationChange, { explanationId: In(ids) });
    const reminders = await manager.findBy(Reminder, {
      subject: 'explanation',
      subjectId: In(ids),
      outcome: 'sent',
    });
    return [
      ...changes.map((change) => this.ofChange(change)),
      ...reminders.map((reminder) => this.ofReminder(reminder)),
    ];
  }

  private ofChange({
    at,
    action,
    explanationId,
    version,
    agencyCode,
    note,
  }: ExplanationChange): TimelineEntry {
    return {
      at: at.toISOString(),
      source: this.name,
      kind: action,
      reference: `${explanationId}/${String(version).padStart(10, '0')}`,
      agency: agencyCode,
      title: TITLES[action],
      text: note,
    };
  }

  private ofReminder({ at, subjectId, plannedOn, step }: Reminder): TimelineEntry {
    return {
      at: at.toISOString(),
      source: this.name,
      kind: 'reminder',
      reference: `${subjectId}/reminder/${plannedOn}/${step}`,
      agency: null,
      title: 'Nhắc giải trình',
      text: null,
    };
  }
}
