import { orNull, schemaParts, stateEventSchemas } from './event-schema.js';

/** Aggregate segment of the subjects `ioc.tasks.binding.<task id>`. */
export const TASKS_BINDING = 'binding';

/**
 * What a task's progress can be taken from. database: the life cycle of a database of the registry; budget-item: the
 * stage of a project or activity of the budget; report-period: the reports of a period of a reporting duty;
 * training-plan: the sessions and the report of a training plan of staffing.
 */
export const MEASURE_KINDS = ['database', 'budget-item', 'report-period', 'training-plan'] as const;
export type MeasureKind = (typeof MEASURE_KINDS)[number];

/** The measure that a task is bound to. */
export interface BoundMeasure {
  kind: MeasureKind;
  /** Identifier of the database, item, period or training plan. */
  subject: string;
  /** What is to be reached: a state of the life cycle or of the plan, a stage, the code of an agency that is to report. */
  target: string | null;
}

/** Whether the progress of a task is taken from data (gắn với số liệu); its id is the task's. */
export interface BindingEventState {
  id: string;
  version: number;
  /** Title of the task. */
  title: string;
  /** Null: the task is bound no more. */
  measure: BoundMeasure | null;
  /** Day on which the target was first seen reached, yyyy-MM-dd. The assigning side still confirms the task. */
  reachedOn: string | null;
}

export const BINDING_SET = 'vn.ioc.tasks.binding.set.v1';
export const BINDING_REACHED = 'vn.ioc.tasks.binding.reached.v1';
export const BINDING_REMOVED = 'vn.ioc.tasks.binding.removed.v1';

/** JSON Schemas (draft 2020-12) of the data of the events of bindings, by event type. */
export const bindingEventSchemas: Record<string, object> = stateEventSchemas<BindingEventState>(
  {
    [BINDING_SET]: 'A task takes its progress from data of another service.',
    [BINDING_REACHED]: 'The data of a bound task reached what is to be reached.',
    [BINDING_REMOVED]: 'A task takes its progress from data no more.',
  },
  {
    id: schemaParts.id,
    version: schemaParts.version,
    title: schemaParts.text,
    measure: orNull({
      type: 'object',
      required: ['kind', 'subject', 'target'],
      properties: {
        kind: { enum: MEASURE_KINDS },
        subject: schemaParts.text,
        target: schemaParts.optionalText,
      },
    }),
    reachedOn: schemaParts.optionalDate,
  },
);
