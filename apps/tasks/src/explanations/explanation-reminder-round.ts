import { Injectable } from '@nestjs/common';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { Clock, type Day, WorkingCalendar } from '#libs/calendar';
import { Round } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { mayBeDue, ReminderBook } from '../reminders/reminder-book.js';
import { reminderDay } from '../reminders/reminder-day.js';
import { ReminderSchedule } from '../reminders/reminder-schedule.js';
import { ReminderSettings } from '../reminders/reminder-settings.js';
import { writtenDistance } from '../reminders/task-texts.js';
import { ExplanationNotices } from './explanation-notices.js';
import { toExplanationState } from './explanation-state.js';
import { Explanation, ExplanationAgency } from './explanation.entity.js';

/** An answer is asked for within days: one reminder the working day before is enough. */
const BEFORE = [1];

/** Reminds the agencies that have not explained yet. There are few open requests, so that each round looks at all. */
@Injectable()
export class ExplanationReminderRound extends Round {
  readonly name = 'explanation-reminders';
  private readonly schedule: ReminderSchedule;
  private readonly book: ReminderBook;

  constructor(
    private readonly transactions: TransactionScope,
    private readonly notices: ExplanationNotices,
    private readonly calendar: WorkingCalendar,
    private readonly settings: ReminderSettings,
    private readonly clock: Clock,
  ) {
    super();
    this.schedule = new ReminderSchedule(settings.withBefore(BEFORE), calendar);
    this.book = new ReminderBook(transactions, this.schedule, 'explanation');
  }

  async run(): Promise<void> {
    const today = reminderDay(this.clock.now(), this.settings.hour);
    const candidates = await this.due(this.transactions.manager, today).select('explanation.id').getMany();
    for (const { id } of candidates) await this.remind(id, today);
  }

  private due(manager: EntityManager, today: Day): SelectQueryBuilder<Explanation> {
    return manager
      .createQueryBuilder(Explanation, 'explanation')
      .where(`explanation.state = 'open' AND explanation.last_day <= :latest`, {
        latest: this.schedule.latestBegun(today),
      })
      .andWhere(mayBeDue('explanation', 'explanation'), { today })
      .orderBy('explanation.lastDay')
      .addOrderBy('explanation.id');
  }

  private async remind(id: string, today: Day): Promise<void> {
    await this.transactions.run(async (manager) => {
      const row = await this.due(manager, today)
        .andWhere('explanation.id = :id', { id })
        .setLock('for_no_key_update')
        .setOnLocked('skip_locked')
        .getOne();
      if (!row) return;
      const { lastDay, requestedOn } = row;
      const step = await this.book.take({ id, lastDay, since: requestedOn }, today, this.clock.now());
      if (!step) return;
      const state = toExplanationState(row, await manager.findBy(ExplanationAgency, { explanationId: id }));
      await this.notices.reminder(state, step.name, writtenDistance(lastDay, today, this.calendar));
    });
  }
}
