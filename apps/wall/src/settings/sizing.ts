/** The screen as it hangs on its wall. */
export interface Screen {
  /** Visible diagonal, inches. */
  diagonalInches: number;
  /** Width and height in CSS pixels. */
  widthPixels: number;
  heightPixels: number;
}

/** Millimetres of cap height per metre of distance at 20 minutes of arc: what must be read from the back row. */
const CAP_HEIGHT_MM_PER_METRE_20 = 5.8;
/** The same at 16 minutes of arc: nothing on the wall is smaller. */
const CAP_HEIGHT_MM_PER_METRE_16 = 4.65;
/** Cap height of Be Vietnam Pro as a part of its font size. */
const CAP_HEIGHT_RATIO = 0.7;

const MILLIMETRES_PER_INCH = 25.4;

/** Smallest font size of the wall in root units (16 of 20 minutes of arc). */
export const SMALLEST_TEXT_REM = CAP_HEIGHT_MM_PER_METRE_16 / CAP_HEIGHT_MM_PER_METRE_20;

/** Millimetres of glass that one CSS pixel covers. */
export function millimetresPerPixel(screen: Screen): number {
  const diagonalPixels = Math.hypot(screen.widthPixels, screen.heightPixels);
  return (screen.diagonalInches * MILLIMETRES_PER_INCH) / diagonalPixels;
}

/**
 * Root font size in CSS pixels: 20 minutes of arc of cap height at the viewing distance (metres).
 * 55 inches at 1920 × 1080 from 6 m gives 78.4; from 2.5 m 32.7.
 */
export function rootFontPixels(screen: Screen, distanceMetres: number): number {
  return (CAP_HEIGHT_MM_PER_METRE_20 * distanceMetres) / CAP_HEIGHT_RATIO / millimetresPerPixel(screen);
}

/**
 * How much of the scene the letters needed at this distance leave room for. full: every panel. reduced: the three
 * figures asked first and the red list. focus: the red list and whether the picture is current.
 */
export type Layout = 'full' | 'reduced' | 'focus';

/** Room that a layout needs, in root units; the default screen has 58.8 × 33. */
const NEEDED: readonly { layout: Layout; widthRem: number; heightRem: number }[] = [
  { layout: 'full', widthRem: 58, heightRem: 26 },
  { layout: 'reduced', widthRem: 36, heightRem: 20 },
];

/** Chooses what the wall can show without going below the smallest text. */
export function layoutFor(widthPixels: number, heightPixels: number, rootPixels: number): Layout {
  const roomy = NEEDED.find(
    ({ widthRem, heightRem }) =>
      widthPixels / rootPixels >= widthRem && heightPixels / rootPixels >= heightRem,
  );
  return roomy?.layout ?? 'focus';
}
