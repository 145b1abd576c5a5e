import { describe, expect, it } from '@jest/globals';
import { formatCount, formatMoney } from './numbers.js';

describe('numbers in Vietnamese', () => {
  it.each([
    [0, '0'],
    [65, '65'],
    [1_234_567, '1.234.567'],
  ])('writes the count %d as %s', (value, text) => {
    expect(formatCount(value)).toBe(text);
  });

  it.each([
    [0, '0 đồng'],
    [950_000, '950.000 đồng'],
    [1_000_000, '1 triệu đồng'],
    [850_000_000, '850 triệu đồng'],
    [999_940_000, '999,9 triệu đồng'],
    [999_960_000, '1 tỷ đồng'],
    [3_700_000_000, '3,7 tỷ đồng'],
    [36_939_353_156, '36,9 tỷ đồng'],
    [522_233_600_000, '522,2 tỷ đồng'],
    [1_234_567_000_000, '1.234,6 tỷ đồng'],
    [-36_939_353_156, '-36,9 tỷ đồng'],
  ])('writes %d đồng as %s', (dong, text) => {
    expect(formatMoney(dong)).toBe(text);
  });
});
