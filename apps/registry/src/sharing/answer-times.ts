import { Injectable } from '@nestjs/common';
import { type Day, WorkingCalendar } from '#libs/calendar';
import { SHARING_ESCALATIONS } from '#libs/contracts';
import { numberSetting } from '#libs/http';
import { ReferenceData } from '#libs/reference';

const bounds = { min: 1, max: 60 };

/**
 * How long an answer may take, in working days. Our sources name no such time, so that all of them are settings with
 * defaults of this system: never to be cited as law.
 */
@Injectable()
export class AnswerTimes {
  private readonly calendar: WorkingCalendar;
  private readonly decision = numberSetting(process.env, 'SHARING_DECISION_WORKING_DAYS', {
    ...bounds,
    otherwise: 5,
  });
  private readonly opening = numberSetting(process.env, 'SHARING_OPENING_WORKING_DAYS', {
    ...bounds,
    otherwise: 2,
  });
  private readonly escalation = numberSetting(process.env, 'SHARING_ESCALATION_WORKING_DAYS', {
    ...bounds,
    otherwise: 2,
  });

  constructor(reference: ReferenceData) {
    this.calendar = new WorkingCalendar(reference.holidays);
  }

  /** Last day for an answer to a request of that day. */
  dueOn(submittedOn: Day): Day {
    return this.calendar.addWorkingDays(submittedOn, this.decision);
  }

  /** Last day for opening the account of a grant of that day. */
  openingDueOn(grantedOn: Day): Day {
    return this.calendar.addWorkingDays(grantedOn, this.opening);
  }

  /** How many levels are to be told of a late answer by that day: the first on the working day after the last day. */
  escalationsBy(dueOn: Day, today: Day): number {
    const days = SHARING_ESCALATIONS.map((_, level) =>
      this.calendar.addWorkingDays(dueOn, 1 + level * this.escalation),
    );
    return days.filter((day) => day <= today).length;
  }
}
