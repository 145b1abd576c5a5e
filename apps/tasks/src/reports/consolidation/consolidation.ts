import type {
  AgencyRef,
  DirectiveState,
  ReportCounts,
  ReportDutyState,
  ReportFigure,
  ReportForm,
} from '#libs/contracts';
import type { AnswerLine, PeriodItem } from '../periods/period-state.js';

/** What an agency wrote. */
export interface AgencyText {
  agency: AgencyRef;
  text: string;
}

/** What an agency wrote, point by point. */
export interface AgencyPoints {
  agency: AgencyRef;
  points: string[];
}

export interface FigureSummary extends ReportFigure {
  /** Sum of the values given; null when they may not be added, or nobody gave one: "Chưa xác định". */
  total: number | null;
  /** How many agencies gave a value. */
  given: number;
  /** Those who reported; value null: it has none to give, the note may say why. */
  byAgency: { agency: AgencyRef; value: number | null; note: string | null }[];
}

export interface TaskSummary {
  taskId: string;
  title: string;
  /** Last day of the task, yyyy-MM-dd; null when it has none. */
  lastDay: string | null;
  byAgency: { agency: AgencyRef; percent: number; note: string | null }[];
}

/** The reports of a period taken together, as of an instant. Drafts are not in it; of corrected reports the newest version. */
export interface Consolidation {
  /** ISO 8601 UTC. */
  asOf: string;
  /** Who sends it on. */
  preparedBy: AgencyRef;
  duty: Pick<ReportDutyState, 'id' | 'title' | 'clause' | 'recipients'>;
  /** The directive that orders the reports; null for a duty without one. */
  directive: DirectiveState | null;
  period: Omit<PeriodItem, 'counts' | 'version'>;
  form: ReportForm;
  counts: ReportCounts;
  /** Everybody who owed a report, and how it stands. */
  agencies: AnswerLine[];
  results: AgencyText[];
  figures: FigureSummary[];
  obstacles: AgencyPoints[];
  proposals: AgencyPoints[];
  tasks: TaskSummary[];
}

const SCALE = 6;

/** Exact to six decimals, which sums of binary fractions are not. */
export function exactSum(values: readonly number[]): number {
  const scaled = values.map((value) => BigInt(value.toFixed(SCALE).replace('.', '')));
  return Number(scaled.reduce((sum, value) => sum + value, 0n)) / 10 ** SCALE;
}
