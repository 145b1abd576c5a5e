import type { ExplanationCounts } from './explanation-events.js';
import type { ReportCounts } from './report-events.js';
import type { ServiceName } from './services.js';

/** Timeliness of a task, computed when it is read (Asia/Ho_Chi_Minh), never stored. */
export const TIMELINESS = [
  'on-track',
  'due-soon',
  'overdue',
  'completed-on-time',
  'completed-late',
  'no-date',
] as const;
export type Timeliness = (typeof TIMELINESS)[number];

export interface AgencyRef {
  /** Code in the reference list; null when the list does not have the agency. */
  code: string | null;
  /** Vietnamese name as documents write it. */
  name: string;
}

export interface TimelinessCounts {
  onTrack: number;
  dueSoon: number;
  overdue: number;
  completedOnTime: number;
  completedLate: number;
  noDate: number;
}

/** Under which of the counts a task of that timeliness is counted. */
export const COUNT_OF_TIMELINESS: Readonly<Record<Timeliness, keyof TimelinessCounts>> = {
  'on-track': 'onTrack',
  'due-soon': 'dueSoon',
  overdue: 'overdue',
  'completed-on-time': 'completedOnTime',
  'completed-late': 'completedLate',
  'no-date': 'noDate',
};

/** A task as the wall lists it. */
export interface TaskLine {
  id: string;
  title: string;
  directive: { number: string | null; kind: string; clause: string | null };
  leads: AgencyRef[];
  /** Last day of the due date (yyyy-MM-dd). */
  lastDay: string;
  /** Whole calendar days from the last day to today: positive when overdue, negative while time is left. */
  daysLate: number;
  state: string;
  timeliness: Timeliness;
  extendable: boolean;
  /** How often the due date was extended. */
  extensions: number;
  progressPercent: number;
}

export interface AgencyTaskCounts {
  agency: AgencyRef;
  total: number;
  byTimeliness: TimelinessCounts;
}

/** Each section carries the time of its source: the `ce-time` of the newest event in it; null before the first. */
export interface Section {
  sourceTime: string | null;
}

export interface TasksSection extends Section {
  total: number;
  byTimeliness: TimelinessCounts;
  /** Worst first. */
  overdue: TaskLine[];
  /** Nearest first; tasks that are not overdue and not finished. */
  nextDue: TaskLine[];
  /** By lead agency (each co-lead counts the task once), worst first. */
  byAgency: AgencyTaskCounts[];
  /** Periodic reports of all agencies, past periods included. */
  reports: ReportCounts;
  /** Requests for explanation that wait for an answer. */
  explanations: ExplanationCounts;
}

/** Money of a fiscal year; whole đồng. */
export interface BudgetAmounts {
  planned: number;
  requested: number;
  allocated: number;
  disbursed: number;
}

export interface AgencyBudget extends BudgetAmounts {
  agency: AgencyRef;
  /** Items that have money in it. */
  items: number;
}

/** Money in whole đồng. */
export interface BudgetSection extends Section {
  /** The fiscal year of the figures. */
  year: number;
  /** Fiscal years that have items, earliest first. */
  years: number[];
  projects: { count: number; totalCost: number; plannedByYear: Record<string, number> };
  activities: { count: number; requested: number; allocated: number; supplement: number };
  /** Money of the year by source (see MONEY_SOURCES); `not-determined`: known as reported only, without a source. */
  bySource: Record<string, BudgetAmounts>;
  /** Items of the fiscal year by stage (see BUDGET_STAGES); `not-determined`: the progress phrase may tell. */
  byStage: Record<string, number>;
  /** Money of the year by owner, most requested and planned first. */
  byAgency: AgencyBudget[];
  /** Disbursed of the year's money. */
  disbursed: number;
  /** Partnerships of the fiscal year's items that were not terminated. */
  ppp: { count: number; statePart: number; enterprisePart: number };
}

export interface RegistrySection extends Section {
  databases: { total: number; byLifecycle: Record<string, number>; byKind: Record<string, number> };
  systems: { total: number; byLifecycle: Record<string, number> };
  /** Databases for which the State budget has allocated money. */
  funded: number;
  /** Databases with a partner enterprise. */
  withPartner: number;
  /** Databases in operation, or whose target quarter is not over; of those with a target quarter. */
  onSchedule: number;
  withTarget: number;
  /** Connections in use, of those that have not ended. */
  connections: { inUse: number; total: number };
  /** Systems with an approved security level, of those that serve and to which levels apply. */
  securityLevels: { approved: number; total: number };
  /** Reports on databases of priority lists, past periods included. */
  reports: { onTime: number; late: number; missing: number };
  quality: QualitySummary;
}

/** Quality of all databases that were not replaced or retired, at the moment the overview was made. */
export interface QualitySummary {
  /** Criteria attained, of six: the mean over databases of which at least one is judged; null: there is none. */
  average: number | null;
  /** Criteria judged: the mean over the same databases; null: there is none. */
  averageJudged: number | null;
  /** Databases of which at least one criterion is judged. */
  judged: number;
  /** Databases whose data is late against the declared frequency. */
  stale: number;
  /** Databases with a declared frequency and a known last arrival: those that can be late. */
  tracked: number;
  /** Since when the data that is late the longest has been late, ISO 8601 UTC; null: none is late. */
  staleSince: string | null;
}

/** What an agency gives to others, and gets from them, by grants that are active today. */
export interface AgencyGrants {
  agency: AgencyRef;
  provides: number;
  receives: number;
}

/** Mandatory data sharing among agencies. */
export interface SharingSection extends Section {
  /** Datasets that take requests. */
  datasets: number;
  requests: {
    /** Wait for an answer, in time. */
    open: number;
    /** Wait for an answer after its last day. */
    late: number;
    /** Answered by the agency that shares, no later than its last day. */
    answeredInTime: number;
    /** Granted within limits: less than was asked, or otherwise. */
    grantedInPart: number;
    refused: number;
  };
  grants: {
    active: number;
    /** Active ones whose receivers should have their account on the bus by now, and have none. */
    openingLate: number;
    /** Active ones of datasets that take no further requests, such as those that a service has withdrawn. */
    ofClosedDatasets: number;
    /** Agencies with active grants, those with the most first. */
    byAgency: AgencyGrants[];
  };
  /** Messages delivered: in the last hour (to five minutes), and since midnight in Asia/Ho_Chi_Minh. */
  exchanges: { lastHour: number; today: number };
  /** Attempts without a right to the data since midnight in Asia/Ho_Chi_Minh. */
  deniedToday: number;
  /** null: not verified yet. */
  chain: { verifiedAt: string | null; ok: boolean | null };
  /** Active grants by the agency that shares and the one that receives, both by code. */
  matrix: { provider: AgencyRef; receiver: AgencyRef; grants: number }[];
}

export interface StaffingSection extends Section {
  /** answered: units that have reported their head count. */
  units: { total: number; answered: number };
  /** Sum of the reported head counts; null while nobody has reported. */
  itStaff: number | null;
  /** Every unit, in the order of the reference list; headCount null = "Chưa xác định". */
  byUnit: { code: string; name: string; kind: string; headCount: number | null; reportedAt: string | null }[];
  training: TrainingCounts;
  support: SupportCounts;
}

/** Training plans; those that were cancelled are left out everywhere. */
export interface TrainingCounts {
  plans: number;
  underWay: number;
  finished: number;
  /** Not finished, though their last day has passed. */
  overdue: number;
  sessions: { planned: number; held: number };
}

/** Plans to support communes with IT staff; those that were cancelled are left out everywhere. */
export interface SupportCounts {
  plans: number;
  proposed: number;
  approved: number;
  underWay: number;
  ended: number;
  /** Commune units with support under way. */
  units: number;
  /** What the plans ask of the State budget, whole đồng; what is not determined adds nothing. */
  cost: number;
}

export interface ServiceHealth {
  service: ServiceName;
  /** ce-time of the last event handled, null before the first. */
  lastEventAt: string | null;
  /** Events on the bus not handled yet; null when the bus does not answer. */
  lag: number | null;
  /** ok: the service answers and nothing waits; behind: events wait; down: the service or the bus does not answer. */
  state: 'ok' | 'behind' | 'down';
}

export interface HealthSection {
  services: ServiceHealth[];
  /** Time at which this was looked up. */
  checkedAt: string;
}

/** A line of "just changed" on the wall. */
export interface RecentChange {
  service: ServiceName;
  aggregate: string;
  aggregateId: string;
  /** Event type, for example vn.ioc.tasks.task.completed.v1. */
  type: string;
  /** Title or name of what changed. */
  title: string;
  /** Event time, ISO 8601 UTC. */
  time: string;
}

export interface Overview {
  year: number;
  /** When the gateway computed it (not the time of the data: see each sourceTime). */
  generatedAt: string;
  tasks: TasksSection;
  budget: BudgetSection;
  registry: RegistrySection;
  sharing: SharingSection;
  staffing: StaffingSection;
  health: HealthSection;
  /** Newest first, at most 20. */
  recent: RecentChange[];
}

/**
 * SSE `GET /ioc/v1/stream?year=`: `event: snapshot` carries {@link Overview}; `event: change` carries only the
 * sections that changed, each whole (a reader replaces the section); `event: resync` (once, before a snapshot) says
 * that the given Last-Event-ID is too old. `event: ping` comes every 10 s.
 */
export interface OverviewChange {
  generatedAt: string;
  sections: Partial<
    Pick<Overview, 'tasks' | 'budget' | 'registry' | 'sharing' | 'staffing' | 'health' | 'recent'>
  >;
}
