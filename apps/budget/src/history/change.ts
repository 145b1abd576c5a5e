import type { Actor } from '#libs/auth';

/** Who did something, for the history and the ledger. */
export type Author = Pick<Actor, 'subject' | 'agency'>;

/** The service itself: its first data, and what it takes over from other services' events. */
export const SERVICE: Author = { subject: 'budget', agency: null };

/** Why something was done. */
export interface Ground {
  note?: string | null;
  document?: string | null;
}
