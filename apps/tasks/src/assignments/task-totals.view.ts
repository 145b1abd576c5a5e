import type { TimelinessCounts } from '#libs/contracts';
import { DateField, IntegerField, ObjectField } from '#libs/http';
import type { StateCounts, TaskTotals } from './task-totals.js';

const Count = (description: string): PropertyDecorator => IntegerField({ description, min: 0 });

export class TimelinessCountsView implements TimelinessCounts {
  @Count('Time is left, more than the threshold')
  onTrack: number;

  @Count('Due soon')
  dueSoon: number;

  @Count('Overdue')
  overdue: number;

  @Count('Completed on time')
  completedOnTime: number;

  @Count('Completed late')
  completedLate: number;

  @Count('Without a date to keep: none is set, or suspended, or cancelled')
  noDate: number;
}

export class StateCountsView implements StateCounts {
  @Count('Assigned')
  assigned: number;

  @Count('In progress')
  inProgress: number;

  @Count('Submitted')
  submitted: number;

  @Count('Completed')
  completed: number;

  @Count('Suspended')
  suspended: number;

  @Count('Cancelled')
  cancelled: number;
}

export class TaskTotalsView implements TaskTotals {
  @DateField({ description: 'The day that was looked at' })
  asOf: string;

  @Count('Tasks that pass the filters')
  total: number;

  @ObjectField(() => TimelinessCountsView, { description: 'By timeliness' })
  byTimeliness: TimelinessCounts;

  @ObjectField(() => StateCountsView, { description: 'By state' })
  byState: StateCounts;
}
