const MINUTE_MS = 60_000;
const STEP_PIXELS = 2;

/** A small walk round the middle, so that no edge stands on the same pixels for long. */
const WALK: readonly (readonly [number, number])[] = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
  [1, -1],
];

/** Where the picture stands at an instant (ms), as [x, y] in px: another place every minute, never farther than 2 px. */
export function pixelShiftAt(instant: number): readonly [number, number] {
  const [x, y] = WALK[Math.floor(instant / MINUTE_MS) % WALK.length] ?? [0, 0];
  return [x * STEP_PIXELS, y * STEP_PIXELS];
}
