import { orNull, schemaParts, stateEventSchemas } from './event-schema.js';
import type { AgencyRef } from './overview.js';

/** Aggregate segment of the subjects `ioc.tasks.explanation.<id>`. */
export const TASKS_EXPLANATION = 'explanation';

/**
 * answered: every lead agency has answered. That an open one is late depends on today and is computed when read:
 * {@link explanationStanding}.
 */
export const EXPLANATION_STATES = ['open', 'answered', 'withdrawn'] as const;
export type ExplanationState = (typeof EXPLANATION_STATES)[number];

export const EXPLANATION_STANDINGS = ['open', 'late', 'answered', 'withdrawn'] as const;
export type ExplanationStanding = (typeof EXPLANATION_STANDINGS)[number];

/** The document that an answer was given in. */
export interface ExplanationDocument {
  number: string | null;
  /** yyyy-MM-dd */
  date: string | null;
  link: string | null;
}

/** What one lead agency owes, and what it answered. */
export interface ExplanationAnswer {
  agency: AgencyRef;
  /** yyyy-MM-dd; null until it answers. */
  answeredOn: string | null;
  text: string | null;
  document: ExplanationDocument | null;
}

/** A request to the lead agencies of a task to explain (yêu cầu giải trình). */
export interface ExplanationEventState {
  id: string;
  version: number;
  taskId: string;
  /** Title of the task when it was asked. */
  title: string;
  /** Code of the agency that asks; null for an actor of no agency. */
  requester: string | null;
  reason: string;
  /** yyyy-MM-dd */
  requestedOn: string;
  /** Last day on which an answer is in time, yyyy-MM-dd. */
  lastDay: string;
  state: ExplanationState;
  answers: ExplanationAnswer[];
}

/** Requests that wait for an answer, on the day they are counted. */
export interface ExplanationCounts {
  /** Still in time. */
  open: number;
  /** After their last day. */
  late: number;
}

/**
 * How a request stands on a day: `late` while it is open after its last day.
 * @param today day in Asia/Ho_Chi_Minh, yyyy-MM-dd
 */
export function explanationStanding(
  { state, lastDay }: Pick<ExplanationEventState, 'state' | 'lastDay'>,
  today: string,
): ExplanationStanding {
  return state === 'open' && lastDay < today ? 'late' : state;
}

export const EXPLANATION_REQUESTED = 'vn.ioc.tasks.explanation.requested.v1';
export const EXPLANATION_ANSWERED = 'vn.ioc.tasks.explanation.answered.v1';
export const EXPLANATION_WITHDRAWN = 'vn.ioc.tasks.explanation.withdrawn.v1';

const document = {
  type: 'object',
  required: ['number', 'date', 'link'],
  properties: {
    number: schemaParts.optionalText,
    date: schemaParts.optionalDate,
    link: schemaParts.optionalText,
  },
} as const;

/** JSON Schemas (draft 2020-12) of the data of the events of explanations, by event type. */
export const explanationEventSchemas: Record<string, object> = stateEventSchemas<ExplanationEventState>(
  {
    [EXPLANATION_REQUESTED]: 'The lead agencies of a task were asked to explain.',
    [EXPLANATION_ANSWERED]: 'A lead agency answered a request for explanation.',
    [EXPLANATION_WITHDRAWN]: 'A request for explanation was withdrawn.',
  },
  {
    id: schemaParts.id,
    version: schemaParts.version,
    taskId: schemaParts.id,
    title: schemaParts.text,
    requester: schemaParts.optionalText,
    reason: schemaParts.text,
    requestedOn: { type: 'string', format: 'date' },
    lastDay: { type: 'string', format: 'date' },
    state: { enum: EXPLANATION_STATES },
    answers: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['agency', 'answeredOn', 'text', 'document'],
        properties: {
          agency: schemaParts.agency,
          answeredOn: schemaParts.optionalDate,
          text: schemaParts.optionalText,
          document: orNull(document),
        },
      },
    },
  },
);
