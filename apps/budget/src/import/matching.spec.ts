import { describe, expect, it } from '@jest/globals';
import { type ListedItem, matchRows, type OwnedRow } from './matching.js';

const LIST = { kind: 'activity', fiscalYear: 2026 } as const;

function listed(id: string, code: string | null, name = 'Thuê dịch vụ'): ListedItem {
  return { ...LIST, id, number: null, code, name, ownerCode: 'SYT', ownerName: 'Sở Y tế' };
}

function row(code: string | null | undefined, name = 'Thuê dịch vụ'): OwnedRow {
  const place = { sheet: null, row: 2, column: null };
  const amounts = { years: null, totalCost: null, planned: {}, requested: null, allocated: null };
  const texts = { group: null, progressPhrase: null, note: null, clause: 'dòng 2' };
  const told = { ...LIST, place, columns: new Map(), number: null, name, owner: 'Sở Y tế', code };
  return { row: { ...told, ...amounts, ...texts }, owner: { code: 'SYT', name: 'Sở Y tế' } };
}

/** Identifier of the item that each row is about, and the codes of the faults. */
function matched(rows: OwnedRow[], items: ListedItem[]): [(string | null)[], string[]] {
  const { matches, faults } = matchRows(rows, items);
  return [matches.map(({ item }) => item?.id ?? null), faults.map(({ code }) => code)];
}

describe('a row of an item with a code', () => {
  const items = [listed('a', 'B-01'), listed('b', 'B-02'), listed('c', null, 'Khác')];

  it.each<[string, OwnedRow[], [(string | null)[], string[]]]>([
    ['finds its own among items with equal names', [row('B-02'), row('B-01')], [['b', 'a'], []]],
    ['is about its code, where its name is that of another', [row('B-01', 'Khác')], [['a'], []]],
    ['is a new item under a new code, whatever its name', [row('B-03')], [[null], []]],
    ['gives its code to an item that has none', [row('B-03', 'Khác')], [['c'], []]],
    ['without its code is asked about among equal names', [row(null)], [['a'], ['item-unclear']]],
    ['of a former file without codes is found by its name', [row(undefined, 'Khác')], [['c'], []]],
    ['is no double of one with another code', [row('B-04'), row('B-05')], [[null, null], []]],
    ['may be a double of one without', [row('B-02'), row(null)], [['b', 'a'], ['name-twice']]],
  ])('%s', (_what, rows, result) => {
    expect(matched(rows, items)).toEqual(result);
  });
});
