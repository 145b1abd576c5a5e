import {
  TASK_CANCELLED,
  TASK_COMPLETED,
  TASK_PROGRESSED,
  TASK_RESUMED,
  TASK_RETURNED,
  TASK_SUBMITTED,
  TASK_SUSPENDED,
  type TaskState,
} from '#libs/contracts';

export const TASK_ACTIONS = [
  'progress',
  'submission',
  'confirmation',
  'return',
  'suspension',
  'resumption',
  'cancellation',
] as const;
export type TaskAction = (typeof TASK_ACTIONS)[number];

interface Transition {
  from: readonly TaskState[];
  /** `as-before`: the state that the task was suspended in. */
  to: TaskState | 'as-before';
  /** Who may do it; see access/tasks-access.ts. */
  by: 'lead' | 'assigner';
  /** Event that tells of it. */
  event: string;
}

/**
 * The life of a task, whole: what is not in this table cannot happen. `completed` and `cancelled` are final. A submitted
 * task is confirmed or returned before it can be suspended, so that no evidence is left unanswered.
 */
export const LIFECYCLE: Readonly<Record<TaskAction, Transition>> = {
  progress: { from: ['assigned', 'in-progress'], to: 'in-progress', by: 'lead', event: TASK_PROGRESSED },
  submission: { from: ['assigned', 'in-progress'], to: 'submitted', by: 'lead', event: TASK_SUBMITTED },
  confirmation: { from: ['submitted'], to: 'completed', by: 'assigner', event: TASK_COMPLETED },
  return: { from: ['submitted'], to: 'in-progress', by: 'assigner', event: TASK_RETURNED },
  suspension: { from: ['assigned', 'in-progress'], to: 'suspended', by: 'assigner', event: TASK_SUSPENDED },
  resumption: { from: ['suspended'], to: 'as-before', by: 'assigner', event: TASK_RESUMED },
  cancellation: {
    from: ['assigned', 'in-progress', 'submitted', 'suspended'],
    to: 'cancelled',
    by: 'assigner',
    event: TASK_CANCELLED,
  },
};

/** States in which the agencies still have the task to do. */
export const OPEN_STATES: readonly TaskState[] = ['assigned', 'in-progress', 'submitted'];

/**
 * The state that an action leads to, null when the present state does not allow it.
 *
 * @param suspendedIn state in which the task was suspended; null when it is not suspended
 */
export function nextState(
  action: TaskAction,
  state: TaskState,
  suspendedIn: TaskState | null,
): TaskState | null {
  const { from, to } = LIFECYCLE[action];
  if (!from.includes(state)) return null;
  return to === 'as-before' ? suspendedIn : to;
}
