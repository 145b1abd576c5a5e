import { ReportAnswer, ReportAnswerVersion } from './answers/answer.entity.js';
import { Duty, DutyChange } from './duties/duty.entity.js';
import { Period, Step } from './periods/period.entity.js';

/** Rows of the tables of this folder. */
export const reportEntities = [Duty, DutyChange, Period, Step, ReportAnswer, ReportAnswerVersion];
