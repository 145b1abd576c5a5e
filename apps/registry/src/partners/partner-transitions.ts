import type { PartnerState } from '#libs/contracts';

/** What may follow what for an enterprise's registration. Who was not chosen, or left, registers anew. */
export const PARTNER_TRANSITIONS: Readonly<Record<PartnerState, readonly PartnerState[]>> = {
  registered: ['chosen', 'not-chosen', 'withdrawn'],
  chosen: ['ended'],
  'not-chosen': [],
  withdrawn: [],
  ended: [],
};
