import { describe, expect, it } from '@jest/globals';
import { layoutFor, millimetresPerPixel, rootFontPixels, SMALLEST_TEXT_REM } from './sizing.js';

const FULL_HD_55 = { diagonalInches: 55, widthPixels: 1920, heightPixels: 1080 };

describe('sizes of the wall', () => {
  it('knows how much glass a pixel covers', () => {
    expect(millimetresPerPixel(FULL_HD_55)).toBeCloseTo(0.634, 3);
  });

  it('needs letters of about 79 px for a back row at 6 m of a 55-inch screen', () => {
    expect(rootFontPixels(FULL_HD_55, 6)).toBeCloseTo(78.4, 1);
  });

  it('doubles the pixels, not the letters, on a screen of twice the resolution', () => {
    const ultraHd = { diagonalInches: 55, widthPixels: 3840, heightPixels: 2160 };
    expect(rootFontPixels(ultraHd, 2.5)).toBeCloseTo(2 * rootFontPixels(FULL_HD_55, 2.5), 6);
  });

  it('keeps the smallest text at 16 minutes of arc: 4.65 mm of cap height for each metre', () => {
    const metres = 2.5;
    const smallestPixels = SMALLEST_TEXT_REM * rootFontPixels(FULL_HD_55, metres);
    const capHeightMillimetres = smallestPixels * 0.7 * millimetresPerPixel(FULL_HD_55);
    expect(capHeightMillimetres).toBeCloseTo(4.65 * metres, 6);
  });

  it.each([
    ['the default screen', 55, 1920, 1080, 2.5, 'full'],
    ['the same screen in 4K', 55, 3840, 2160, 2.5, 'full'],
    ['a video wall of four 65-inch screens from 6 m', 130, 3840, 2160, 5.9, 'full'],
    ['a wide video wall from 6 m', 160, 5760, 2160, 6, 'full'],
    ['a 55-inch screen from 4 m', 55, 1920, 1080, 4, 'reduced'],
    ['a 55-inch screen from 6 m', 55, 1920, 1080, 6, 'focus'],
  ] as const)('gives %s its layout', (_, diagonalInches, widthPixels, heightPixels, metres, layout) => {
    const root = rootFontPixels({ diagonalInches, widthPixels, heightPixels }, metres);
    expect(layoutFor(widthPixels, heightPixels, root)).toBe(layout);
  });
});
