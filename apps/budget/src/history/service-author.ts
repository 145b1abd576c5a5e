import type { Author } from '#libs/history';

/** The service itself: its first data, and what it takes over from other services' events. */
export const SERVICE: Author = { subject: 'budget', agency: null };
