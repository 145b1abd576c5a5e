import { describe, expect, it } from '@jest/globals';
import { apiQuery, NO_CRITERIA, placeOf, recordAddress, searchAddress } from './address.js';

const CRITERIA = { ...NO_CRITERIA, provider: 'SKHCN', kind: 'delivery', to: '2026-11-22T14:05' } as const;

describe('the address bar', () => {
  it('holds a search, and how far it was leafed through', () => {
    const address = searchAddress(CRITERIA, 'next');
    expect(address).toBe('?provider=SKHCN&kind=delivery&to=2026-11-22T14%3A05&cursor=next');
    expect(placeOf(address)).toEqual({ page: 'search', criteria: CRITERIA, cursor: 'next' });
    expect(placeOf('')).toEqual({ page: 'search', criteria: NO_CRITERIA, cursor: null });
  });

  it('holds a record', () => {
    expect(placeOf(recordAddress(12))).toEqual({ page: 'record', sequence: 12 });
    expect(placeOf('?record=x').page).toBe('search');
  });

  it('is asked of the API in instants', () => {
    expect(apiQuery(CRITERIA, null, 50)).toBe(
      'limit=50&provider=SKHCN&kind=delivery&to=2026-11-22T07%3A06%3A00.000Z',
    );
  });
});
