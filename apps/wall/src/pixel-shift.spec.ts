import { describe, expect, it } from '@jest/globals';
import { pixelShiftAt } from './pixel-shift.js';

describe('the pixel shift', () => {
  const minutes = Array.from({ length: 60 }, (_, minute) => pixelShiftAt(minute * 60_000));

  it('stands still within a minute and moves with each new one', () => {
    expect(pixelShiftAt(59_999)).toEqual(pixelShiftAt(0));
    minutes.slice(1).forEach((place, index) => {
      expect(place).not.toEqual(minutes[index]);
    });
  });

  it('never goes farther than 2 px', () => {
    for (const [x, y] of minutes) expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(2);
  });
});
