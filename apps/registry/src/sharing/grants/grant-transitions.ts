import type { SharingGrantStatus } from '#libs/contracts';

/** What may follow what, until the last day is over; nothing follows then. */
export const GRANT_TRANSITIONS: Readonly<Record<SharingGrantStatus, readonly SharingGrantStatus[]>> = {
  active: ['suspended', 'withdrawn'],
  suspended: ['active', 'withdrawn'],
  withdrawn: [],
};
