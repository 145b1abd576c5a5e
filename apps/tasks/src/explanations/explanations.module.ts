import { Module } from '@nestjs/common';
import { AssignmentsModule } from '../assignments/assignments.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { RemindersModule } from '../reminders/reminders.module.js';
import { ExplanationEntries } from './explanation-entries.js';
import { ExplanationNotices } from './explanation-notices.js';
import { ExplanationReminderRound } from './explanation-reminder-round.js';
import { ExplanationSettings, readExplanationSettings } from './explanation-settings.js';
import { Explanation, ExplanationAgency, ExplanationChange } from './explanation.entity.js';
import { ExplanationsController } from './explanations.controller.js';
import { ExplanationsQueries } from './explanations.queries.js';
import { ExplanationsService } from './explanations.service.js';

@Module({
  imports: [AssignmentsModule, NoticesModule, RemindersModule],
  controllers: [ExplanationsController],
  providers: [
    ExplanationsService,
    ExplanationsQueries,
    ExplanationNotices,
    ExplanationReminderRound,
    ExplanationEntries,
    { provide: ExplanationSettings, useFactory: () => readExplanationSettings(process.env) },
  ],
})
export class ExplanationsModule {}

/** Rows of the tables of this folder. */
export const explanationEntities = [Explanation, ExplanationAgency, ExplanationChange];
