import { SHARING_ESCALATIONS } from '#libs/contracts';
import { PROVINCIAL_OFFICE } from '../access/registry-access.js';

const LEVELS = SHARING_ESCALATIONS.map((level) => `'${level}'`).join(', ');

/** The furthest level that was told, by the number of levels in a column; null for none. */
export const escalationLevel = (told: string): string => `(ARRAY[${LEVELS}])[${told}]`;

/** Whether the caller's agency, `$1`, is the last level, and was told. */
export const toldAtLast = (told: string): string =>
  `($1 = '${PROVINCIAL_OFFICE}' AND ${told} = ${SHARING_ESCALATIONS.length})`;
