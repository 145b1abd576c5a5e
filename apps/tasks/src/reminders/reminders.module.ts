import { Module } from '@nestjs/common';
import { AssignmentsModule } from '../assignments/assignments.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { ReminderLettersController } from './letter/reminder-letters.controller.js';
import { ReminderLetters } from './letter/reminder-letters.service.js';
import { ReminderEntries } from './reminder-entries.js';
import { ReminderSettings, readReminderSettings } from './reminder-settings.js';
import { Reminder } from './reminder.entity.js';
import { TaskReminderRound } from './task-reminder-round.js';

@Module({
  imports: [AssignmentsModule, NoticesModule],
  controllers: [ReminderLettersController],
  providers: [
    TaskReminderRound,
    ReminderLetters,
    ReminderEntries,
    { provide: ReminderSettings, useFactory: () => readReminderSettings(process.env) },
  ],
  exports: [ReminderSettings],
})
export class RemindersModule {}

/** Rows of the tables of this folder. */
export const reminderEntities = [Reminder];
