import { describe, expect, it } from '@jest/globals';
import { COUNTED_VALUES, DistinctValues } from './distinct-values.js';
import { HyperLogLog } from './hyper-log-log.js';

/** Four standard errors of 0.81 %. */
const TOLERANCE = 0.033;

describe('different values', () => {
  it('are counted exactly while they are few, and said to be', () => {
    const values = new DistinctValues();
    for (let round = 0; round < 3; round += 1) {
      for (let number = 0; number < COUNTED_VALUES; number += 1) values.add(`giá trị ${number}`);
    }
    expect([values.count, values.isExact]).toEqual([COUNTED_VALUES, true]);
    values.add('một giá trị nữa');
    expect(values.isExact).toBe(false);
    expect(Math.abs(values.count / (COUNTED_VALUES + 1) - 1)).toBeLessThan(TOLERANCE);
  });

  it('are estimated where they are few but long', () => {
    const values = new DistinctValues();
    for (let number = 0; number < 100; number += 1) values.add(`${number} `.repeat(4_000));
    expect(values.isExact).toBe(false);
    expect(Math.abs(values.count - 100)).toBeLessThanOrEqual(3);
  });

  it.each([1, 50, 16_000, 45_000, 300_000])('are estimated well when there are %d', (count) => {
    const sketch = new HyperLogLog();
    for (let number = 0; number < count; number += 1) {
      sketch.add(`KH${String(number).padStart(9, '0')}`);
      if (number % 3 === 0) sketch.add(`KH${String(number).padStart(9, '0')}`);
    }
    expect(Math.abs(sketch.estimate() / count - 1)).toBeLessThan(TOLERANCE);
  });
});
