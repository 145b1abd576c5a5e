import type { AgencyRef } from './overview.js';

/** Aggregate segments of the subjects `ioc.tasks.report-duty.<id>` and `ioc.tasks.report-period.<id>`. */
export const TASKS_REPORT_DUTY = 'report-duty';
export const TASKS_REPORT_PERIOD = 'report-period';

/** Clock time (HH:mm, Asia/Ho_Chi_Minh) on the last day before which a report is in time; null: the whole last day. */
interface AtTime {
  time: string | null;
}

/** A day of a month. */
interface OnDayOfMonth extends AtTime {
  /** Day as written, 1–31 (in a shorter month its last day); null: the last day of the month. */
  day: number | null;
  /** True for "trước ngày 20": the last day in time is the 19th. False for "chậm nhất ngày 20". */
  before: boolean;
}

/**
 * When the reports of a duty fall due.
 *
 * - weeks: every `weeks` weeks after the day on which the duty starts ("02 tuần/lần").
 * - weekly: each week on a weekday, 1 (Monday) to 7 (Sunday) ("trước 16 giờ thứ Sáu hàng tuần").
 * - monthly: each month on a day ("trước ngày 20 hàng tháng").
 * - quarterly: each quarter on a day of its 1st, 2nd or 3rd month.
 * - once: on one date.
 */
export type ReportRule =
  | ({ kind: 'weeks'; weeks: number } & AtTime)
  | ({ kind: 'weekly'; weekday: number } & AtTime)
  | ({ kind: 'monthly' } & OnDayOfMonth)
  | ({ kind: 'quarterly'; month: number } & OnDayOfMonth)
  | ({ kind: 'once'; date: string; before: boolean } & AtTime);

export const REPORT_RULE_KINDS = ['weeks', 'weekly', 'monthly', 'quarterly', 'once'] as const;

/** A figure that a report is asked for. */
export interface ReportFigure {
  /** Name within the duty. */
  key: string;
  name: string;
  /** "triệu đồng", "hồ sơ"; null for a mere count. */
  unit: string | null;
  /** Whether the figures of several agencies may be added (a percentage may not). */
  summable: boolean;
}

/** What a report is asked to tell. */
export interface ReportForm {
  results: boolean;
  obstacles: boolean;
  proposals: boolean;
  /** Percent done of each task that the agency leads. */
  taskPercents: boolean;
  figures: ReportFigure[];
}

/** Who is told of a missing report, in this order, after the agency itself has been reminded. */
export const ESCALATION_LEVELS = ['agency-head', 'standing-body', 'provincial-office', 'vice-chair'] as const;
export type EscalationLevel = (typeof ESCALATION_LEVELS)[number];

export interface EscalationStep {
  level: EscalationLevel;
  /** Working days after the step before. */
  graceWorkingDays: number;
}

/** A duty to report again and again, or once (nghĩa vụ báo cáo). */
export interface ReportDutyState {
  id: string;
  version: number;
  title: string;
  /** Directive that orders it; null when it was set without one. */
  directiveId: string | null;
  /** Place in the directive. */
  clause: string | null;
  /** Agency that set it; null for an actor of no agency. */
  owner: AgencyRef | null;
  /** Who is to report; a group stands for its members at the time when a period opens. */
  agencies: AgencyRef[];
  /** Where the reports go. As members of a group they do not report to themselves. */
  recipients: AgencyRef[];
  rule: ReportRule;
  form: ReportForm;
  /** Working days from the last day to the reminder. */
  graceWorkingDays: number;
  escalation: EscalationStep[];
  /** Day on which it begins, yyyy-MM-dd. */
  startsOn: string;
  /** No period has a last day after this one; null: no end. */
  endsOn: string | null;
  state: 'active' | 'ended';
  /** Periods whose last day is before this one were over when the duty was registered here: they are not judged. */
  countedFrom: string;
  /** What the document leaves open and was assumed; null when nothing was. */
  assumptions: string | null;
}

/** What became of the missing report of an agency: the newest step that was taken. */
export interface TakenStep {
  level: 'agency' | EscalationLevel;
  /** ISO 8601 UTC. */
  at: string;
}

/** Where one agency stands in a period. The texts of its report are not told on the bus. */
export interface ReportAnswerState {
  agency: AgencyRef;
  /**
   * First submission, ISO 8601 UTC: it alone decides on time or late. Of a report that came on paper the beginning of that
   * day. Null: none yet.
   */
  submittedAt: string | null;
  /** Newest correction, ISO 8601 UTC. */
  correctedAt: string | null;
  /** How often it was corrected. */
  corrections: number;
  step: TakenStep | null;
}

/** A period of a duty (kỳ báo cáo) with the answers of its agencies. */
export interface ReportPeriodState {
  id: string;
  version: number;
  dutyId: string;
  /** Title of the duty and name of the period. */
  title: string;
  /** Counts from 1. */
  number: number;
  /** "Tháng 4/2026", "Kỳ 3". */
  label: string;
  /** First day of the period, yyyy-MM-dd. */
  opensOn: string;
  /** Date as written ("trước ngày 20" → the 20th). */
  date: string;
  /** Last day that is in time. A written date does not move when it is a day off. */
  lastDay: string;
  /** First instant that is too late, ISO 8601 UTC. */
  deadline: string;
  /** The period was over before the duty was registered here: whether anybody reported is not known. */
  beforeStart: boolean;
  /** Set when the duty ended before the period did: nobody owes the report. ISO 8601 UTC. */
  withdrawnAt: string | null;
  answers: ReportAnswerState[];
}

/**
 * open: not due yet, nothing written; draft: not due yet, being written; on-time, late: submitted; missing: due and not
 * submitted; before-start: over before the duty was registered here; withdrawn: the duty ended first.
 */
export const REPORT_STATES = [
  'open',
  'draft',
  'on-time',
  'late',
  'missing',
  'before-start',
  'withdrawn',
] as const;
export type ReportState = (typeof REPORT_STATES)[number];

/** Reports by how they stand; those that nobody is judged by (before-start, withdrawn) are in none of them. */
export interface ReportCounts {
  onTime: number;
  late: number;
  missing: number;
  /** Not due yet and not submitted. */
  due: number;
}

/** What the state of an agency's report depends on; instants are ISO 8601 UTC with milliseconds. */
export interface ReportFacts {
  deadline: string;
  beforeStart: boolean;
  withdrawnAt: string | null;
  submittedAt: string | null;
  /** When it came on paper, to be submitted later by who took it; null or left out: it did not. */
  receivedAt?: string | null;
  /** When a draft was first kept; null also where drafts are not known. */
  draftedAt: string | null;
}

/** How a report stands at an instant, past ones included; computed whenever it is read. */
export function reportStateOf(facts: ReportFacts, at: string): ReportState {
  const { deadline, beforeStart, withdrawnAt, submittedAt, receivedAt, draftedAt } = facts;
  if (beforeStart) return 'before-start';
  if (submittedAt !== null && submittedAt <= at)
    return (receivedAt ?? submittedAt) < deadline ? 'on-time' : 'late';
  if (withdrawnAt !== null && withdrawnAt <= at) return 'withdrawn';
  if (deadline <= at) return 'missing';
  return draftedAt !== null && draftedAt <= at ? 'draft' : 'open';
}

export const REPORT_DUTY_REGISTERED = 'vn.ioc.tasks.report-duty.registered.v1';
export const REPORT_DUTY_CHANGED = 'vn.ioc.tasks.report-duty.changed.v1';
export const REPORT_DUTY_ENDED = 'vn.ioc.tasks.report-duty.ended.v1';
export const REPORT_PERIOD_OPENED = 'vn.ioc.tasks.report-period.opened.v1';
export const REPORT_PERIOD_ANSWERED = 'vn.ioc.tasks.report-period.answered.v1';
export const REPORT_PERIOD_CORRECTED = 'vn.ioc.tasks.report-period.corrected.v1';
export const REPORT_PERIOD_REMINDED = 'vn.ioc.tasks.report-period.reminded.v1';
export const REPORT_PERIOD_ESCALATED = 'vn.ioc.tasks.report-period.escalated.v1';
export const REPORT_PERIOD_WITHDRAWN = 'vn.ioc.tasks.report-period.withdrawn.v1';
