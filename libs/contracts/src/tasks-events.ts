import { orNull, schemaParts, stateEventSchemas } from './event-schema.js';
import type { AgencyRef } from './overview.js';

/** Aggregate segments of the subjects `ioc.tasks.directive.<id>` and `ioc.tasks.task.<id>`. */
export const TASKS_DIRECTIVE = 'directive';
export const TASKS_TASK = 'task';

/**
 * conclusion-notice: thông báo kết luận; letter: công văn; plan: kế hoạch; decision: quyết định; resolution: nghị
 * quyết; instruction: chỉ thị; other: any other form.
 */
export const DIRECTIVE_KINDS = [
  'conclusion-notice',
  'letter',
  'plan',
  'decision',
  'resolution',
  'instruction',
  'other',
] as const;
export type DirectiveKind = (typeof DIRECTIVE_KINDS)[number];

export const TASK_STATES = [
  'assigned',
  'in-progress',
  'submitted',
  'completed',
  'suspended',
  'cancelled',
] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** A duty that comes again: every `interval` units of time. */
export interface Recurrence {
  unit: 'week' | 'month' | 'quarter' | 'year';
  /** Whole units from one time to the next, at least 1. */
  interval: number;
  /** Day of the month as written ("trước ngày 20 hàng tháng" → 20); null when the phrase names none. */
  day: number | null;
  /**
   * Last day of the month on which it is in time ("trước ngày 20" → 19; 0 is the last day of the month before); null
   * when the phrase names none.
   */
  lastDay: number | null;
}

/** All null when the directive sets no date; a phrase without a date is kept as a phrase. */
export interface TaskDue {
  /** Date as written, yyyy-MM-dd ("trước ngày 15/5/2026" → 2026-05-15). */
  date: string | null;
  /** Last day on which the task is in time ("trước ngày 15/5/2026" → 2026-05-14). */
  lastDay: string | null;
  /** Words of the directive that the date was taken from. */
  phrase: string | null;
  /** False when the directive rules out any further extension ("không xin gia hạn thêm"). */
  extendable: boolean;
  recurrence: Recurrence | null;
}

export interface DirectiveState {
  id: string;
  version: number;
  /** Number and symbol ("1489/KH-UBND"); null when not determined. */
  number: string | null;
  /** The symbol part, known even where the number is not ("TB-UBND"). */
  symbol: string | null;
  kind: DirectiveKind;
  issuer: AgencyRef;
  /** yyyy-MM-dd; null when the document leaves the day open. */
  issuedOn: string | null;
  /** Day of the meeting whose conclusions it gives. */
  meetingOn: string | null;
  /** What the directive is about. */
  subject: string;
  /** Its tasks are due soon from the day on which at most this many working days are left, 0–60. */
  dueSoonWorkingDays: number;
}

/** The directive as a task carries it, with the clause that assigns the task. */
export interface TaskDirective {
  id: string;
  number: string | null;
  symbol: string | null;
  kind: DirectiveKind;
  issuer: AgencyRef;
  issuedOn: string | null;
  /** Place in the directive, from the outside in ("2.a", "III.4.a"); null when it has no numbered parts. */
  clause: string | null;
  /** The directive's threshold, by which the task's timeliness is computed. */
  dueSoonWorkingDays: number;
}

/** A lead's request for more time that the assigning side has not answered yet. */
export interface OpenExtensionRequest {
  id: string;
  /** Last day that is asked for, yyyy-MM-dd. */
  lastDay: string;
  /** Day on which it was asked. */
  askedOn: string;
}

export interface TaskEventState {
  id: string;
  version: number;
  title: string;
  directive: TaskDirective;
  /** One lead, or several co-leads. */
  leads: AgencyRef[];
  collaborators: AgencyRef[];
  due: TaskDue;
  state: TaskState;
  /** 0–100, as the lead last reported. */
  progressPercent: number;
  /** Day from which the task is on the agencies: the directive's, or its meeting's; null when neither is known. */
  assignedOn: string | null;
  /** Day of the evidence that the assigning side confirmed; null until then. */
  completedOn: string | null;
  /** The task that this one was split off; null for a task of the directive itself. */
  parentId: string | null;
  /** How often the due date was extended; corrections do not count. */
  extensions: number;
  extensionRequest: OpenExtensionRequest | null;
}

export const DIRECTIVE_REGISTERED = 'vn.ioc.tasks.directive.registered.v1';
export const DIRECTIVE_CHANGED = 'vn.ioc.tasks.directive.changed.v1';
export const TASK_ASSIGNED = 'vn.ioc.tasks.task.assigned.v1';
export const TASK_PROGRESSED = 'vn.ioc.tasks.task.progressed.v1';
export const TASK_SUBMITTED = 'vn.ioc.tasks.task.submitted.v1';
export const TASK_COMPLETED = 'vn.ioc.tasks.task.completed.v1';
export const TASK_RETURNED = 'vn.ioc.tasks.task.returned.v1';
export const TASK_SUSPENDED = 'vn.ioc.tasks.task.suspended.v1';
export const TASK_RESUMED = 'vn.ioc.tasks.task.resumed.v1';
export const TASK_CANCELLED = 'vn.ioc.tasks.task.cancelled.v1';
export const TASK_SPLIT = 'vn.ioc.tasks.task.split.v1';
export const TASK_EXTENSION_REQUESTED = 'vn.ioc.tasks.task.extension-requested.v1';
export const TASK_EXTENSION_REFUSED = 'vn.ioc.tasks.task.extension-refused.v1';
export const TASK_EXTENDED = 'vn.ioc.tasks.task.extended.v1';
export const TASK_DUE_CORRECTED = 'vn.ioc.tasks.task.due-corrected.v1';
export const TASK_MADE_EXTENDABLE = 'vn.ioc.tasks.task.made-extendable.v1';
export const TASK_THRESHOLD_CHANGED = 'vn.ioc.tasks.task.threshold-changed.v1';

const directive = {
  number: schemaParts.optionalText,
  symbol: schemaParts.optionalText,
  kind: { enum: DIRECTIVE_KINDS },
  issuer: schemaParts.agency,
  issuedOn: schemaParts.optionalDate,
} as const;

const dueSoonWorkingDays = { type: 'integer', minimum: 0, maximum: 60 } as const;

const due = {
  type: 'object',
  required: ['date', 'lastDay', 'phrase', 'extendable', 'recurrence'],
  properties: {
    date: schemaParts.optionalDate,
    lastDay: schemaParts.optionalDate,
    phrase: schemaParts.optionalText,
    extendable: { type: 'boolean' },
    recurrence: {
      type: ['object', 'null'],
      required: ['unit', 'interval', 'day', 'lastDay'],
      properties: {
        unit: { enum: ['week', 'month', 'quarter', 'year'] },
        interval: { type: 'integer', minimum: 1 },
        day: { type: ['integer', 'null'], minimum: 1, maximum: 31 },
        lastDay: { type: ['integer', 'null'], minimum: 0, maximum: 31 },
      },
    },
  },
} as const;

/** JSON Schemas (draft 2020-12) of the data of the tasks service's events, by event type. */
export const taskEventSchemas: Record<string, object> = {
  ...stateEventSchemas<DirectiveState>(
    {
      [DIRECTIVE_REGISTERED]: 'A directive was registered.',
      [DIRECTIVE_CHANGED]: 'The threshold of a directive was changed.',
    },
    {
      id: schemaParts.id,
      version: schemaParts.version,
      ...directive,
      meetingOn: schemaParts.optionalDate,
      subject: schemaParts.text,
      dueSoonWorkingDays,
    },
  ),
  ...stateEventSchemas<TaskEventState>(
    {
      [TASK_ASSIGNED]: 'A task of a directive was assigned to its leads.',
      [TASK_PROGRESSED]: 'A lead reported progress.',
      [TASK_SUBMITTED]: 'A lead handed in evidence of completion, to be confirmed by the assigning side.',
      [TASK_COMPLETED]: 'The assigning side confirmed the evidence.',
      [TASK_RETURNED]: 'The assigning side returned the evidence; the work goes on.',
      [TASK_SUSPENDED]: 'The assigning side suspended the task.',
      [TASK_RESUMED]: 'The assigning side took up a suspended task again.',
      [TASK_CANCELLED]: 'The assigning side cancelled the task.',
      [TASK_SPLIT]: 'Parts of the task were given to other agencies as tasks of their own.',
      [TASK_EXTENSION_REQUESTED]: 'A lead asked for more time.',
      [TASK_EXTENSION_REFUSED]: 'The assigning side refused more time.',
      [TASK_EXTENDED]: 'The assigning side extended the due date.',
      [TASK_DUE_CORRECTED]: 'The assigning side corrected a due date that was entered wrongly.',
      [TASK_MADE_EXTENDABLE]: 'A new directive allows the due date to be extended again.',
      [TASK_THRESHOLD_CHANGED]: 'The threshold of the task’s directive was changed.',
    },
    {
      id: schemaParts.id,
      version: schemaParts.version,
      title: schemaParts.text,
      directive: {
        type: 'object',
        required: ['id', 'number', 'symbol', 'kind', 'issuer', 'issuedOn', 'clause', 'dueSoonWorkingDays'],
        properties: {
          id: schemaParts.id,
          ...directive,
          clause: schemaParts.optionalText,
          dueSoonWorkingDays,
        },
      },
      leads: { type: 'array', items: schemaParts.agency, minItems: 1 },
      collaborators: { type: 'array', items: schemaParts.agency },
      due,
      state: { enum: TASK_STATES },
      progressPercent: { type: 'integer', minimum: 0, maximum: 100 },
      assignedOn: schemaParts.optionalDate,
      completedOn: schemaParts.optionalDate,
      parentId: orNull(schemaParts.id),
      extensions: { type: 'integer', minimum: 0 },
      extensionRequest: orNull({
        type: 'object',
        required: ['id', 'lastDay', 'askedOn'],
        properties: {
          id: schemaParts.id,
          lastDay: { type: 'string', format: 'date' },
          askedOn: { type: 'string', format: 'date' },
        },
      }),
    },
  ),
};
