import type { Timeliness } from '#libs/contracts';

/** The shapes that go with the colours, so that no meaning hangs on colour alone. */
export type MarkShape = 'triangle' | 'diamond' | 'dot' | 'check' | 'ring' | 'none';

const DRAWINGS: Readonly<Record<MarkShape, { path: string; character: string }>> = {
  triangle: { path: 'M12 2 L23 22 H1 Z', character: '▲' },
  diamond: { path: 'M12 1 L23 12 L12 23 L1 12 Z', character: '◆' },
  dot: { path: 'M12 2 a10 10 0 1 0 0.01 0 Z', character: '●' },
  check: { path: 'M2 13 L5.5 9.5 L9.5 13.5 L18.5 4 L22 7.5 L9.5 20.5 Z', character: '✓' },
  ring: { path: 'M12 2 a10 10 0 1 0 0.01 0 Z M12 6.5 a5.5 5.5 0 1 1 -0.01 0 Z', character: '○' },
  none: { path: '', character: '' },
};

/** Drawn, not typed: the bundled font has none of these, and a screen may have no other. */
export function Mark({ shape }: { shape: MarkShape }) {
  const { path, character } = DRAWINGS[shape];
  return (
    <span className="mark">
      <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <path d={path} fillRule="evenodd" />
      </svg>
      <span className="unseen">{character}</span>
    </span>
  );
}

/** Colour class and shape of each timeliness, the same everywhere. */
export const TIMELINESS_LOOK: Readonly<Record<Timeliness, { tone: string; shape: MarkShape }>> = {
  overdue: { tone: 'overdue', shape: 'triangle' },
  'due-soon': { tone: 'due-soon', shape: 'diamond' },
  'on-track': { tone: 'on-track', shape: 'dot' },
  'completed-on-time': { tone: 'done', shape: 'check' },
  'completed-late': { tone: 'done', shape: 'check' },
  'no-date': { tone: 'quiet', shape: 'ring' },
};
