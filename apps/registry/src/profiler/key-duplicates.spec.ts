import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, describe, expect, it } from '@jest/globals';
import { KeyDuplicates } from './key-duplicates.js';

const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('profile-')).length;

describe('duplicates of a key', () => {
  let keys: KeyDuplicates;

  afterEach(() => {
    keys.close();
  });

  function counted(all: Iterable<readonly string[]>): number {
    keys = new KeyDuplicates();
    for (const key of all) keys.add(key);
    return keys.count();
  }

  it('are what is there beyond the different keys', () => {
    expect(counted([])).toBe(0);
    expect(counted([['a'], ['b'], ['a'], ['a']])).toBe(2);
  });

  it('are found part by part', () => {
    expect(
      counted([
        ['a', 'bc'],
        ['ab', 'c'],
        ['a b', 'c'],
        ['a', 'b c'],
      ]),
    ).toBe(0);
    expect(
      counted([
        ['1 a', 'b'],
        ['1', 'a1 b'],
        ['1 a', 'b'],
      ]),
    ).toBe(1);
  });

  it('are counted exactly when there are more than memory is kept for, and no file is left behind', () => {
    const before = folders();
    const total = 200_000;
    const all = Array.from({ length: total }, (_, index) => [`KH${(index * 7) % 150_001}`]);
    const different = new Set(all.map(([key]) => key)).size;
    expect(counted(all)).toBe(total - different);
    expect(folders()).toBe(before + 1);
    keys.close();
    expect(folders()).toBe(before);
    keys = new KeyDuplicates();
  });
});
