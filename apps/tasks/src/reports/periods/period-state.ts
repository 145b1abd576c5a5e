import type {
  AgencyRef,
  EscalationLevel,
  EscalationStep,
  ReportCounts,
  ReportForm,
  ReportPeriodState,
  ReportState,
  TakenStep,
} from '#libs/contracts';

/** A period in a list, as of an instant. */
export interface PeriodItem extends Omit<ReportPeriodState, 'answers'> {
  /** Of the reports that the caller may see. */
  counts: ReportCounts;
}

/** How the report of an agency stands. */
export interface AnswerLine {
  agency: AgencyRef;
  state: ReportState;
  /** ISO 8601 UTC. */
  submittedAt: string | null;
  correctedAt: string | null;
  corrections: number;
  step: TakenStep | null;
}

/**
 * Something that happened in a period. opened: it began; submitted, corrected: by an agency; entered-from-paper: a report
 * that came on paper, by those who oversee the duty; reminded, escalated: a step
 * for a missing report; step-skipped: one whose time passed while the service was down; withdrawn: the duty ended.
 */
export const PERIOD_HAPPENINGS = [
  'opened',
  'submitted',
  'entered-from-paper',
  'corrected',
  'reminded',
  'escalated',
  'step-skipped',
  'withdrawn',
] as const;

export interface PeriodTimelineLine {
  /** ISO 8601 UTC. */
  at: string;
  what: (typeof PERIOD_HAPPENINGS)[number];
  /** Null where it concerns the whole period. */
  agency: AgencyRef | null;
  /** Who was told, or was to be. */
  level: 'agency' | EscalationLevel | null;
  /** When the step was due, ISO 8601 UTC. */
  dueAt: string | null;
  /** Why a report was corrected. */
  reason: string | null;
  /** Day on which a report came on paper. */
  receivedOn: string | null;
}

/** A period read alone, as of an instant. */
export interface PeriodDetail extends PeriodItem {
  form: ReportForm;
  graceWorkingDays: number;
  escalation: EscalationStep[];
  /** Of the agencies whose reports the caller may see, in the order of the duty. */
  answers: AnswerLine[];
  /** Oldest first. */
  timeline: PeriodTimelineLine[];
}

/** The report that an agency owes or has given, in a list over all duties. */
export interface ReportItem {
  duty: { id: string; title: string };
  period: { id: string; number: number; label: string; lastDay: string; deadline: string };
  agency: AgencyRef;
  state: ReportState;
  submittedAt: string | null;
}
