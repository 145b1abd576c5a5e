import type { DeliveryNote, RecordKind } from '../../../src/exchange-log/records.js';
import { contentOf, type RecordItem } from '../api/answers.js';
import { useWords } from '../words/language.js';

type Tone = 'good' | 'attention' | 'bad' | 'neutral';

const TONES: Readonly<Record<RecordKind, Tone>> = {
  delivery: 'good',
  refusal: 'attention',
  denial: 'bad',
  gap: 'bad',
  archive: 'neutral',
  'key-change': 'neutral',
};

/** Drawn: the bundled font has no such letters. */
const SHAPES: Readonly<Record<Tone, string>> = {
  good: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1z',
  attention: 'M8 0l8 8-8 8-8-8z',
  bad: 'M8 1l8 14H0z',
  neutral: 'M2 2h12v12H2z',
};

/** Colour never stands alone: shape and word go with it. */
export function Mark({ tone }: { tone: Tone }) {
  return (
    <svg className={`mark ${tone}`} viewBox="0 0 16 16" aria-hidden="true">
      <path d={SHAPES[tone]} />
    </svg>
  );
}

/** What came of an exchange, in words. */
export function Outcome({ record }: { record: RecordItem }) {
  const { kinds, notes } = useWords();
  const note = noteOf(record);
  return (
    <span className="outcome">
      <Mark tone={note === null ? TONES[record.kind] : 'attention'} />
      {note === null ? kinds[record.kind] : notes[note]}
    </span>
  );
}

function noteOf(record: RecordItem): DeliveryNote | null {
  const content = contentOf(record);
  return content.kind === 'delivery' ? content.note : null;
}
