import { describe, expect, it } from '@jest/globals';
import { changedFields } from './changed-fields.js';

const state = {
  version: 1,
  name: 'Kho dữ liệu',
  note: null as string | null,
  plan: { '2026': 1, '2027': 2 } as Record<string, number>,
  leads: ['SKHCN', 'STC'],
};

describe('changedFields', () => {
  it('names what differs, and never the version', () => {
    expect(changedFields(state, { ...state, version: 2, name: 'Khác', note: 'mới' })).toEqual([
      'name',
      'note',
    ]);
    expect(changedFields({ ...state, note: 'cũ' }, state)).toEqual(['note']);
  });

  it('compares nested values by content, whatever the order of keys', () => {
    const same = { ...state, version: 2, plan: { '2027': 2, '2026': 1 }, leads: ['SKHCN', 'STC'] };
    expect(changedFields(state, same)).toEqual([]);
    expect(changedFields(state, { ...state, plan: { '2026': 1 } })).toEqual(['plan']);
    expect(changedFields(state, { ...state, plan: { '2026': 1, '2028': 2 } })).toEqual(['plan']);
    expect(changedFields(state, { ...state, plan: { '2026': 1, '2027': 3 } })).toEqual(['plan']);
  });

  it('minds the order of lists', () => {
    expect(changedFields(state, { ...state, leads: ['STC', 'SKHCN'] })).toEqual(['leads']);
  });

  it('tells null, 0 and an empty object apart', () => {
    const amounts = { amount: null as unknown };
    expect(changedFields(amounts, { amount: 0 })).toEqual(['amount']);
    expect(changedFields(amounts, { amount: {} })).toEqual(['amount']);
    expect(changedFields({ amount: {} }, { amount: [] })).toEqual(['amount']);
  });
});
