import {
  ACTIVITY_STAGES,
  BUDGET_STAGES,
  type BoundMeasure,
  type Lifecycle,
  type MeasureKind,
  PROJECT_STAGES,
  type TrainingPlanState,
} from '#libs/contracts';
import type { Measure, MeasureFacts } from './measure.entity.js';

/** How a kind of measure becomes progress. */
interface Scale<Kind extends MeasureKind> {
  /** What can be reached; null: an agency code or nothing. */
  targets: readonly string[] | null;
  /** Progress, 0–100; null when the value says nothing about the target. */
  percent: (facts: MeasureFacts[Kind], target: string | null) => number | null;
  /** The present value in Vietnamese, for the history of the task. */
  written: (facts: MeasureFacts[Kind]) => string;
}

const LIFECYCLE_ORDER: readonly Lifecycle[] = ['planned', 'under-construction', 'trial', 'in-operation'];
/** A database that is upgraded or taken over by another works on; one that is replaced or retired tells nothing. */
const WORKS_ON: readonly Lifecycle[] = ['upgrading', 'merging'];

const LIFECYCLE_WORDS: Readonly<Record<Lifecycle, string>> = {
  'not-determined': 'chưa xác định',
  planned: 'đã có kế hoạch',
  'under-construction': 'đang xây dựng',
  trial: 'vận hành thử',
  'in-operation': 'đang vận hành',
  upgrading: 'đang nâng cấp',
  merging: 'đang hợp nhất',
  replaced: 'đã được thay thế',
  retired: 'đã ngừng',
};

const TRAINING_WORDS: Readonly<Record<TrainingPlanState, string>> = {
  planned: 'đã có kế hoạch',
  'under-way': 'đang triển khai',
  finished: 'đã hoàn thành',
  cancelled: 'đã hủy',
};

const SCALES: { readonly [Kind in MeasureKind]: Scale<Kind> } = {
  database: {
    targets: LIFECYCLE_ORDER.slice(1),
    percent: ({ lifecycle }, target) =>
      along(LIFECYCLE_ORDER, WORKS_ON.includes(lifecycle) ? 'in-operation' : lifecycle, target),
    written: ({ lifecycle }) => LIFECYCLE_WORDS[lifecycle],
  },
  'budget-item': {
    targets: [...BUDGET_STAGES, 'completed'],
    percent: ({ kind, stage, status }, target) => {
      if (status === 'cancelled') return null;
      if (status === 'completed') return 100;
      return along([...(kind === 'project' ? PROJECT_STAGES : ACTIVITY_STAGES), 'completed'], stage, target);
    },
    written: ({ stage, status }) =>
      status === 'completed' ? 'hoàn thành' : `giai đoạn ${stage ?? 'chưa xác định'}`,
  },
  'report-period': {
    targets: null,
    percent: ({ asked, answered }, target) => {
      if (target !== null) return asked.includes(target) ? 100 * Number(answered.includes(target)) : null;
      return asked.length === 0 ? null : Math.floor((100 * answered.length) / asked.length);
    },
    written: ({ asked, answered }) => `${answered.length}/${asked.length} cơ quan đã báo cáo`,
  },
  'training-plan': {
    targets: ['finished'],
    percent: ({ state, percent }) => (state === 'finished' ? 100 : state === 'cancelled' ? null : percent),
    written: ({ state, percent }) =>
      state === 'under-way' && percent !== null
        ? `${TRAINING_WORDS[state]} (${percent}%)`
        : TRAINING_WORDS[state],
  },
};

/** Targets that a kind of measure has; null: an agency code, or none. */
export function targetsOf(kind: MeasureKind): readonly string[] | null {
  return SCALES[kind].targets;
}

/** Progress of a task that is bound to the measure, 0–100; null when the present value says nothing about it. */
export function progressOf(measure: Measure, { target }: Pick<BoundMeasure, 'target'>): number | null {
  return scaleOf(measure.kind).percent(measure.facts, target);
}

/** The present value in Vietnamese. */
export function writtenValue(measure: Measure): string {
  return scaleOf(measure.kind).written(measure.facts);
}

function scaleOf(kind: MeasureKind): Scale<MeasureKind> {
  // The facts of a row are those of its kind.
  return SCALES[kind] as Scale<MeasureKind>;
}

/** How far a value is on the way to a target, in steps of an order. At least 100 means reached. */
function along(order: readonly string[], value: string | null, target: string | null): number | null {
  const [at, end] = [order.indexOf(value ?? ''), order.indexOf(target ?? '')];
  if (at < 0 || end < 0) return null;
  return at >= end ? 100 : Math.floor((100 * at) / end);
}
