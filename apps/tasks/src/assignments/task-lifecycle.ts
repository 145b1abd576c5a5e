import {
  TASK_CANCELLED,
  TASK_COMPLETED,
  TASK_DUE_CORRECTED,
  TASK_EXTENDED,
  TASK_EXTENSION_REFUSED,
  TASK_EXTENSION_REQUESTED,
  TASK_MADE_EXTENDABLE,
  TASK_PROGRESSED,
  TASK_RESUMED,
  TASK_RETURNED,
  TASK_SPLIT,
  TASK_SUBMITTED,
  TASK_SUSPENDED,
  TASK_THRESHOLD_CHANGED,
  type TaskState,
} from '#libs/contracts';

export const TASK_ACTIONS = [
  'progress',
  'split',
  'submission',
  'confirmation',
  'return',
  'suspension',
  'resumption',
  'cancellation',
  'extension-request',
  'extension-refusal',
  'extension',
  'due-correction',
  'extension-lift',
  'threshold',
] as const;
export type TaskAction = (typeof TASK_ACTIONS)[number];

interface Transition {
  from: readonly TaskState[];
  /** States in which a part of a task follows when the task above is suspended or cancelled; default: as `from`. */
  withParentFrom?: readonly TaskState[];
  /** `as-before`: the state that the task was suspended in; `same`: it stays. */
  to: TaskState | 'as-before' | 'same';
  /** Who may do it; see access/tasks-access.ts. */
  by: 'lead' | 'assigner' | 'lead-or-assigner';
  /** Takes something off the leads, which none of them may decide for itself. */
  relieves?: true;
  /** Event that tells of it. */
  event: string;
}

/** States in which the agencies still have the task to do. */
export const OPEN_STATES: readonly TaskState[] = ['assigned', 'in-progress', 'submitted'];
const WORKED_ON: readonly TaskState[] = ['assigned', 'in-progress'];
const UNFINISHED: readonly TaskState[] = [...OPEN_STATES, 'suspended'];
const STILL_TO_DO: readonly TaskState[] = [...WORKED_ON, 'suspended'];

/** Levels of a task that is split, its parts split again, and so on; the first level is the directive's own task. */
export const MAX_DEPTH = 5;

/**
 * The life of a task, whole: what is not in this table cannot happen. `completed` and `cancelled` are final. A submitted
 * task is confirmed or returned before it can be suspended, so that no evidence is left unanswered; one that is
 * suspended with the task above keeps its evidence and waits for the answer again when it is resumed.
 */
export const LIFECYCLE: Readonly<Record<TaskAction, Transition>> = {
  progress: { from: WORKED_ON, to: 'in-progress', by: 'lead', event: TASK_PROGRESSED },
  split: { from: WORKED_ON, to: 'in-progress', by: 'lead-or-assigner', event: TASK_SPLIT },
  submission: { from: WORKED_ON, to: 'submitted', by: 'lead', event: TASK_SUBMITTED },
  confirmation: {
    from: ['submitted'],
    to: 'completed',
    by: 'assigner',
    relieves: true,
    event: TASK_COMPLETED,
  },
  return: { from: ['submitted'], to: 'in-progress', by: 'assigner', event: TASK_RETURNED },
  suspension: {
    from: WORKED_ON,
    withParentFrom: OPEN_STATES,
    to: 'suspended',
    by: 'assigner',
    relieves: true,
    event: TASK_SUSPENDED,
  },
  resumption: { from: ['suspended'], to: 'as-before', by: 'assigner', event: TASK_RESUMED },
  cancellation: { from: UNFINISHED, to: 'cancelled', by: 'assigner', relieves: true, event: TASK_CANCELLED },
  'extension-request': { from: STILL_TO_DO, to: 'same', by: 'lead', event: TASK_EXTENSION_REQUESTED },
  'extension-refusal': { from: STILL_TO_DO, to: 'same', by: 'assigner', event: TASK_EXTENSION_REFUSED },
  extension: { from: STILL_TO_DO, to: 'same', by: 'assigner', relieves: true, event: TASK_EXTENDED },
  'due-correction': {
    from: [...UNFINISHED, 'completed'],
    to: 'same',
    by: 'assigner',
    relieves: true,
    event: TASK_DUE_CORRECTED,
  },
  'extension-lift': {
    from: STILL_TO_DO,
    to: 'same',
    by: 'assigner',
    relieves: true,
    event: TASK_MADE_EXTENDABLE,
  },
  threshold: { from: UNFINISHED, to: 'same', by: 'assigner', event: TASK_THRESHOLD_CHANGED },
};

/**
 * The state that an action leads to, null when the present state does not allow it.
 *
 * @param suspendedIn state in which the task was suspended; null when it is not suspended
 * @param withParent the action is carried over from the task above
 */
export function nextState(
  action: TaskAction,
  state: TaskState,
  suspendedIn: TaskState | null,
  withParent = false,
): TaskState | null {
  const { from, withParentFrom, to } = LIFECYCLE[action];
  const allowed = withParent ? (withParentFrom ?? from) : from;
  if (!allowed.includes(state)) return null;
  if (to === 'as-before') return suspendedIn;
  return to === 'same' ? state : to;
}
