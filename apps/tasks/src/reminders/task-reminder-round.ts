import { Injectable } from '@nestjs/common';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { Clock, type Day, dayOf, WorkingCalendar } from '#libs/calendar';
import type { AgencyRef } from '#libs/contracts';
import { Round } from '#libs/http';
import { TransactionScope } from '#libs/persistence';
import { Task } from '../assignments/task.entity.js';
import { DueChange } from '../due-dates/due-change.entity.js';
import type { Recipient } from '../notices/recipients.js';
import { Notices } from '../notices/notices.js';
import { mayBeDue, ReminderBook } from './reminder-book.js';
import { ReminderSchedule, type ReminderStep } from './reminder-schedule.js';
import { REMINDED_STATES } from './reminded-states.js';
import { ReminderSettings } from './reminder-settings.js';
import { reminderDay } from './reminder-day.js';
import { writtenAgencies, writtenDay, writtenDirective, writtenDistance } from './task-texts.js';

/** Between two looks at all open tasks on the same day, milliseconds: reminders are a matter of days. */
const PAUSE = 600_000;
/** A first look at thousands of overdue tasks must not hold up the other rounds for longer; the next one goes on. */
const LONGEST_ROUND_MILLISECONDS = 20_000;
/** Tasks whose candidates are read at once. */
const PAGE = 500;

/** Reminds the leads of tasks that fall due or are overdue. */
@Injectable()
export class TaskReminderRound extends Round {
  readonly name = 'task-reminders';
  private readonly schedule: ReminderSchedule;
  private readonly book: ReminderBook;
  /** A day of which nothing was left to do when it was last looked at, and until when it is not looked at again. */
  private quiet: { day: Day; until: Date } | undefined;

  constructor(
    private readonly transactions: TransactionScope,
    private readonly notices: Notices,
    private readonly calendar: WorkingCalendar,
    private readonly settings: ReminderSettings,
    private readonly clock: Clock,
  ) {
    super();
    this.schedule = new ReminderSchedule(settings, calendar);
    this.book = new ReminderBook(transactions, this.schedule, 'task');
  }

  async run(): Promise<void> {
    const now = this.clock.now();
    const today = reminderDay(now, this.settings.hour);
    if (this.quiet?.day === today && now < this.quiet.until) return;
    const isQuiet = !(await this.remindAll(today));
    this.quiet = isQuiet ? { day: today, until: new Date(now.getTime() + PAUSE) } : undefined;
  }

  /** @returns whether there was anything to look at */
  private async remindAll(today: Day): Promise<boolean> {
    const end = performance.now() + LONGEST_ROUND_MILLISECONDS;
    let found = false;
    let after: Candidate = { id: '00000000-0000-0000-0000-000000000000', day: '1000-01-01' };
    for (;;) {
      const candidates = await this.candidates(today, after);
      const last = candidates.at(-1);
      if (!last) return found;
      found = true;
      for (const { id } of candidates) {
        if (performance.now() > end) return true;
        await this.remind(id, today);
      }
      after = last;
    }
  }

  /** Tasks whose calendar may have a step to take, in the order of the last days. */
  private candidates(today: Day, after: Candidate): Promise<Candidate[]> {
    return this.due(this.transactions.manager, today)
      .select('task.id', 'id')
      .addSelect('task.last_day::text', 'day')
      .andWhere('(task.sort_day, task.id) > (:afterDay, :afterId)', {
        afterDay: after.day,
        afterId: after.id,
      })
      .orderBy('task.sort_day')
      .addOrderBy('task.id')
      .limit(PAGE)
      .getRawMany();
  }

  private due(manager: EntityManager, today: Day): SelectQueryBuilder<Task> {
    return manager
      .createQueryBuilder(Task, 'task')
      .where('task.state IN (:...states)', { states: REMINDED_STATES })
      .andWhere('task.sort_day <= :latest AND task.last_day IS NOT NULL', {
        latest: this.schedule.latestBegun(today),
      })
      .andWhere(mayBeDue('task', 'task'), { today });
  }

  /** One transaction for each task: its row stays locked, so that it cannot be handed in meanwhile. */
  private async remind(id: string, today: Day): Promise<void> {
    await this.transactions.run(async (manager) => {
      // Where another replica is at it, or somebody changes it, the next round looks again.
      const task = await this.due(manager, today)
        .andWhere('task.id = :id', { id })
        .setLock('for_no_key_update')
        .setOnLocked('skip_locked')
        .getOne();
      if (!task || task.lastDay === null) return;
      const reminded = { id, lastDay: task.lastDay, since: await this.dayOfSetting(task) };
      const step = await this.book.take(reminded, today, this.clock.now());
      if (step) await this.give(task, task.lastDay, step, today);
    });
  }

  /** Day on which the present last day was set: with the assignment, by an extension or a correction. */
  private async dayOfSetting({ id, createdAt }: Task): Promise<Day> {
    const { manager } = this.transactions;
    const change = await manager.findOne(DueChange, { where: { taskId: id }, order: { version: 'DESC' } });
    return dayOf(change?.at ?? createdAt);
  }

  private async give(task: Task, lastDay: Day, step: ReminderStep, today: Day): Promise<void> {
    const { directive, leads } = task.publicState;
    const distance = writtenDistance(lastDay, today, this.calendar);
    await this.notices.give({
      cause: `task-reminder/${task.id}/${lastDay}/${step.name}`,
      kind: step.overdue ? 'task-overdue' : 'task-reminder',
      recipients: recipientsOf(leads, step),
      about: { taskId: task.id, directiveId: task.directiveId },
      title: `${step.overdue ? 'Đôn đốc' : 'Nhắc việc'} (${distance}): ${task.title}`,
      text: [
        `Nhiệm vụ: ${task.title}`,
        `Văn bản giao: ${writtenDirective(directive)}`,
        `Cơ quan chủ trì: ${writtenAgencies(leads)}`,
        `Ngày cuối cùng còn đúng hạn: ${writtenDay(lastDay)} (${distance})`,
        `Tiến độ đã báo cáo: ${task.progressPercent}%`,
        '',
        step.overdue
          ? 'Đề nghị cơ quan chủ trì khẩn trương hoàn thành, báo cáo kết quả hoặc nêu rõ khó khăn, vướng mắc trên hệ thống.'
          : 'Đề nghị cơ quan chủ trì hoàn thành đúng thời hạn và gửi kết quả trên hệ thống.',
      ].join('\n'),
    });
  }
}

/** Key of the list of candidates. */
interface Candidate {
  id: string;
  day: Day;
}

/** What is overdue also goes to the heads of the lead agencies. */
function recipientsOf(leads: readonly AgencyRef[], { overdue }: ReminderStep): Recipient[] {
  const roles: Recipient['role'][] = overdue ? ['desk', 'head'] : ['desk'];
  return leads.flatMap(({ code }) => (code === null ? [] : roles.map((role) => ({ agency: code, role }))));
}
