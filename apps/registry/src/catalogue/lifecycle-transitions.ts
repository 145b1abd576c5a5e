import type { Lifecycle } from '#libs/contracts';

/**
 * What may follow what. States and their names come from the catalogue vocabulary of the Ministry of Science and
 * Technology's draft guide (13/9/2026), which does not order them: the order here is this system's own.
 *
 * `not-determined` is where an entry starts when its source is silent; it is left once and never entered again, since
 * what was known does not become unknown. `retired` is the end: a database that comes back is a new entry.
 */
export const LIFECYCLE_TRANSITIONS: Readonly<Record<Lifecycle, readonly Lifecycle[]>> = {
  'not-determined': [
    'planned',
    'under-construction',
    'trial',
    'in-operation',
    'upgrading',
    'merging',
    'replaced',
    'retired',
  ],
  // Straight into operation: bought ready-made or hired as a service. Retired: the plan was given up.
  planned: ['under-construction', 'trial', 'in-operation', 'retired'],
  'under-construction': ['trial', 'in-operation', 'retired'],
  // Back to construction: the trial found faults.
  trial: ['under-construction', 'in-operation', 'retired'],
  'in-operation': ['upgrading', 'merging', 'replaced', 'retired'],
  upgrading: ['trial', 'in-operation', 'merging', 'replaced', 'retired'],
  // Back into operation: it is what the others were merged into, or the merger was given up.
  merging: ['in-operation', 'replaced', 'retired'],
  // Replaced by another but still readable, until it is switched off.
  replaced: ['retired'],
  retired: [],
};

export function mayFollow(from: Lifecycle, to: Lifecycle): boolean {
  return LIFECYCLE_TRANSITIONS[from].includes(to);
}
