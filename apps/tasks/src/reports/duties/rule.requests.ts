import { REPORT_RULE_KINDS, type ReportRule } from '#libs/contracts';
import { BooleanField, CodeField, DateField, EnumField, fieldProblem, IntegerField } from '#libs/http';

/** One year. */
const MAX_WEEKS = 52;

/** When reports fall due; what belongs to another kind than the stated one is left out. */
export class RuleBody {
  @EnumField(REPORT_RULE_KINDS, {
    description:
      'weeks: every so many weeks after the start; weekly: on a weekday; monthly, quarterly: on a day of a month; once',
  })
  kind: ReportRule['kind'];

  @IntegerField({
    description: 'weeks: weeks from one to the next',
    min: 1,
    max: MAX_WEEKS,
    optional: true,
    example: 2,
  })
  weeks?: number;

  @IntegerField({ description: 'weekly: 1 (Monday) to 7 (Sunday)', min: 1, max: 7, optional: true })
  weekday?: number;

  @IntegerField({
    description: 'quarterly: which month of the quarter; default 3',
    min: 1,
    max: 3,
    optional: true,
  })
  month?: number;

  @IntegerField({
    description: 'monthly, quarterly: day as written; null or left out: the last day of the month',
    min: 1,
    max: 31,
    optional: true,
    nullable: true,
    example: 20,
  })
  day?: number | null;

  @DateField({ description: 'once: the date as written', optional: true })
  date?: string;

  @BooleanField({
    description:
      'monthly, quarterly, once: true for "trước ngày 20", whose last day is the 19th; default false',
    optional: true,
  })
  before?: boolean;

  @CodeField(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, {
    description:
      'Time of the last day (Asia/Ho_Chi_Minh) before which it is in time; left out: the whole day',
    optional: true,
    nullable: true,
    example: '16:00',
  })
  time?: string | null;
}

/** @throws problem `validation-failed` when the kind lacks what it needs, or has what belongs to another */
export function toRule(body: RuleBody): ReportRule {
  const { kind, weeks, weekday, month, day = null, date, before = false, time = null } = body;
  const own: Readonly<Record<ReportRule['kind'], readonly (keyof RuleBody)[]>> = {
    weeks: ['weeks'],
    weekly: ['weekday'],
    monthly: ['day', 'before'],
    quarterly: ['month', 'day', 'before'],
    once: ['date', 'before'],
  };
  for (const name of ['weeks', 'weekday', 'month', 'day', 'date', 'before'] as const) {
    if (body[name] !== undefined && !own[kind].includes(name))
      throw fieldProblem({ field: `rule.${name}`, code: 'unknown-field' });
  }
  switch (kind) {
    case 'weeks':
      return { kind, weeks: required(weeks, 'weeks'), time };
    case 'weekly':
      return { kind, weekday: required(weekday, 'weekday'), time };
    case 'monthly':
      return { kind, day, before, time };
    case 'quarterly':
      return { kind, month: month ?? 3, day, before, time };
    case 'once':
      return { kind, date: required(date, 'date'), before, time };
  }
}

function required<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw fieldProblem({ field: `rule.${name}`, code: 'required' });
  return value;
}
