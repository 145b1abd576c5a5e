import type { ConnectionState } from '#libs/contracts';

/**
 * What may follow what for a connection. The states come from the catalogue vocabulary of the Ministry of Science and
 * Technology's draft guide (13/9/2026), which does not order them: the order here is this system's own. A connection
 * that ended and comes back is a new one.
 */
export const CONNECTION_TRANSITIONS: Readonly<Record<ConnectionState, readonly ConnectionState[]>> = {
  'not-connected': ['planned', 'trial', 'in-use', 'ended'],
  // Back to not connected: the plan was given up.
  planned: ['not-connected', 'trial', 'in-use', 'ended'],
  trial: ['planned', 'in-use', 'ended'],
  'in-use': ['upgrading', 'ended'],
  upgrading: ['trial', 'in-use', 'ended'],
  ended: [],
};
