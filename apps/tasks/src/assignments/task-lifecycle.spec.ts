import { describe, expect, it } from '@jest/globals';
import { parseEventType, TASK_STATES, taskEventSchemas, type TaskState } from '#libs/contracts';
import { LIFECYCLE, nextState, TASK_ACTIONS, type TaskAction } from './task-lifecycle.js';

const STAYS_TO_DO = { assigned: 'assigned', 'in-progress': 'in-progress', suspended: 'suspended' } as const;

/** Every move that is allowed; all others are not. */
const ALLOWED: Record<TaskAction, Partial<Record<TaskState, TaskState>>> = {
  progress: { assigned: 'in-progress', 'in-progress': 'in-progress' },
  split: { assigned: 'in-progress', 'in-progress': 'in-progress' },
  submission: { assigned: 'submitted', 'in-progress': 'submitted' },
  confirmation: { submitted: 'completed' },
  return: { submitted: 'in-progress' },
  suspension: { assigned: 'suspended', 'in-progress': 'suspended' },
  resumption: { suspended: 'in-progress' },
  cancellation: {
    assigned: 'cancelled',
    'in-progress': 'cancelled',
    submitted: 'cancelled',
    suspended: 'cancelled',
  },
  'extension-request': STAYS_TO_DO,
  'extension-refusal': STAYS_TO_DO,
  extension: STAYS_TO_DO,
  'due-correction': { ...STAYS_TO_DO, submitted: 'submitted', completed: 'completed' },
  'extension-lift': STAYS_TO_DO,
  threshold: { ...STAYS_TO_DO, submitted: 'submitted' },
};

describe('LIFECYCLE', () => {
  const moves = TASK_ACTIONS.flatMap((action) =>
    TASK_STATES.map((state): [TaskAction, TaskState] => [action, state]),
  );

  it.each(moves)('%s of a task that is %s', (action, state) => {
    const suspendedIn = state === 'suspended' ? 'in-progress' : null;
    expect(nextState(action, state, suspendedIn)).toBe(ALLOWED[action][state] ?? null);
  });

  it('resumes in the state in which it was suspended', () => {
    expect(nextState('resumption', 'suspended', 'assigned')).toBe('assigned');
  });

  it('takes a submitted part along when the task above is suspended, though it could not be suspended alone', () => {
    expect(nextState('suspension', 'submitted', null, true)).toBe('suspended');
    expect(nextState('resumption', 'suspended', 'submitted', true)).toBe('submitted');
    expect(nextState('suspension', 'completed', null, true)).toBeNull();
  });

  it('has an event of this service with a schema for every action', () => {
    for (const action of TASK_ACTIONS) {
      const { event } = LIFECYCLE[action];
      expect(parseEventType(event)).toMatchObject({ service: 'tasks', aggregate: 'task' });
      expect(taskEventSchemas[event]).toBeDefined();
    }
  });
});
