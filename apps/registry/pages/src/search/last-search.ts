import { NO_CRITERIA, searchAddress } from '../address.js';

let last = searchAddress(NO_CRITERIA);

/** Remembers the search that is shown, for the way back from a record. */
export function noteSearch(address: string): void {
  last = address;
}

/** The search that was shown last in this tab. */
export function lastSearch(): string {
  return last;
}
