import type { TaskState } from '#libs/contracts';

/** States in which the leads have something to do. A submitted task waits for the assigning side. */
export const REMINDED_STATES: readonly TaskState[] = ['assigned', 'in-progress'];
