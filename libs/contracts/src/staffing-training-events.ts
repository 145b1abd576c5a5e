import { orNull, schemaParts, type SourceReference, stateEventSchemas } from './event-schema.js';
import type { AgencyRef } from './overview.js';

/** Aggregate segment of the subject `ioc.staffing.training-plan.<id>`. */
export const STAFFING_TRAINING_PLAN = 'training-plan';

/** A training plan (kế hoạch tập huấn) is planned, under way, then finished; or cancelled with its ground. */
export const TRAINING_PLAN_STATES = ['planned', 'under-way', 'finished', 'cancelled'] as const;
export type TrainingPlanState = (typeof TRAINING_PLAN_STATES)[number];

/** A document that a plan rests on or that reports on it. */
export interface PlanDocument {
  number: string;
  /** yyyy-MM-dd; null: not determined. */
  date: string | null;
}

/** A commune unit or other agency whose staff is trained. */
export interface TrainingUnit {
  unit: AgencyRef;
  /** Persons that are to take part, 0–10,000; null: not determined. */
  planned: number | null;
  /**
   * Most persons of the unit that were at one session: so many were trained at least, since one person may be at several
   * sessions and nobody is named. Null: no attendance reported.
   */
  attended: number | null;
}

export interface TrainingSession {
  /** UUIDv7, lasting as long as the plan. */
  id: string;
  title: string;
  /** yyyy-MM-dd; null: not determined. */
  plannedOn: string | null;
  /** Day on which it was held; null: not held yet. */
  heldOn: string | null;
  /** Persons of each unit that were there, by the unit's code. */
  attendance: { unit: string; participants: number }[];
}

/** Public state of a training plan. */
export interface TrainingPlanEventState {
  id: string;
  version: number;
  title: string;
  /** Who carries the plan out, and reports that it is finished. */
  owner: AgencyRef;
  /** For whom it is, in words; null: not determined. */
  audience: string | null;
  /** Subjects and skills; empty: not determined. */
  skills: string[];
  /** Last day (yyyy-MM-dd) by which it is to be finished; null: not determined. */
  dueOn: string | null;
  /** By which it was issued; null: not determined. */
  document: PlanDocument | null;
  /** Where it was read, when it was taken from a document. */
  source: SourceReference | null;
  state: TrainingPlanState;
  /** By code; empty: not determined. */
  units: TrainingUnit[];
  /** In their order; empty: not determined. */
  sessions: TrainingSession[];
  /**
   * Sessions held of those planned, rounded down and at most 99 until the plan is finished, which is 100. Null: there are no
   * sessions to count, or the plan is cancelled.
   */
  progressPercent: number | null;
  startedOn: string | null;
  /** Day of the report that it is finished. */
  finishedOn: string | null;
  /** Report that it is finished. */
  report: PlanDocument | null;
  /** Why it was cancelled. */
  cancelGround: string | null;
}

export const TRAINING_PLAN_REGISTERED = 'vn.ioc.staffing.training-plan.registered.v1';
export const TRAINING_PLAN_CHANGED = 'vn.ioc.staffing.training-plan.changed.v1';
export const TRAINING_PLAN_STARTED = 'vn.ioc.staffing.training-plan.started.v1';
export const TRAINING_PLAN_ATTENDED = 'vn.ioc.staffing.training-plan.attended.v1';
export const TRAINING_PLAN_FINISHED = 'vn.ioc.staffing.training-plan.finished.v1';
export const TRAINING_PLAN_CANCELLED = 'vn.ioc.staffing.training-plan.cancelled.v1';

const persons = { type: 'integer', minimum: 0, maximum: 10_000 } as const;

/** JSON Schema of {@link PlanDocument}, or null. */
export const optionalPlanDocument = orNull({
  type: 'object',
  required: ['number', 'date'],
  properties: { number: schemaParts.text, date: schemaParts.optionalDate },
});

const unit = {
  type: 'object',
  required: ['unit', 'planned', 'attended'],
  properties: { unit: schemaParts.agency, planned: orNull(persons), attended: orNull(persons) },
};

const session = {
  type: 'object',
  required: ['id', 'title', 'plannedOn', 'heldOn', 'attendance'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    title: schemaParts.text,
    plannedOn: schemaParts.optionalDate,
    heldOn: schemaParts.optionalDate,
    attendance: {
      type: 'array',
      items: {
        type: 'object',
        required: ['unit', 'participants'],
        properties: { unit: schemaParts.text, participants: persons },
      },
    },
  },
};

/** JSON Schemas (draft 2020-12) of the data of the events of training plans, by event type. */
export const trainingPlanEventSchemas: Record<string, object> = stateEventSchemas<TrainingPlanEventState>(
  {
    [TRAINING_PLAN_REGISTERED]: 'A training plan was registered.',
    [TRAINING_PLAN_CHANGED]: 'Title, units, sessions or other content of a training plan changed.',
    [TRAINING_PLAN_STARTED]: 'A training plan is under way.',
    [TRAINING_PLAN_ATTENDED]: 'A session was held, or attendance at it was reported.',
    [TRAINING_PLAN_FINISHED]: 'The owner of a training plan reported that it is finished.',
    [TRAINING_PLAN_CANCELLED]: 'A training plan was cancelled.',
  },
  {
    id: schemaParts.id,
    version: schemaParts.version,
    title: schemaParts.text,
    owner: schemaParts.agency,
    audience: schemaParts.optionalText,
    skills: { type: 'array', items: schemaParts.text },
    dueOn: schemaParts.optionalDate,
    document: optionalPlanDocument,
    source: schemaParts.source,
    state: { enum: TRAINING_PLAN_STATES },
    units: { type: 'array', items: unit },
    sessions: { type: 'array', items: session },
    progressPercent: { type: ['integer', 'null'], minimum: 0, maximum: 100 },
    startedOn: schemaParts.optionalDate,
    finishedOn: schemaParts.optionalDate,
    report: optionalPlanDocument,
    cancelGround: schemaParts.optionalText,
  },
);

/** Whether a training plan should have been finished by now. @param today yyyy-MM-dd in Asia/Ho_Chi_Minh */
export function isTrainingOverdue(
  { state, dueOn }: Pick<TrainingPlanEventState, 'state' | 'dueOn'>,
  today: string,
): boolean {
  return (state === 'planned' || state === 'under-way') && dueOn !== null && dueOn < today;
}
