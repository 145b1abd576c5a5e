/**
 * A piece of the document as it is read: blanks made single, broken lines joined, marks of formatting left out; with
 * the place of every character in the source.
 */
export interface MappedText {
  text: string;
  /** The same characters in lower case without diacritics; as long as `text`, so that places in one are places in the other. */
  folded: string;
  /** Offset in the source of each character of `text`. */
  at: readonly number[];
}

const folds = new Map<string, string>();

/** Folds character by character, so that "Hoà", "Hòa" and "hoa" are alike and no place moves. */
export function foldInPlace(text: string): string {
  // By UTF-16 unit, as offsets count; letters of Vietnamese in NFC are one unit each.
  return text.split('').map(foldUnit).join('');
}

function foldUnit(unit: string): string {
  const known = folds.get(unit);
  if (known !== undefined) return known;
  const base = unit.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace('đ', 'd');
  const folded = base.length === 1 ? base : unit;
  folds.set(unit, folded);
  return folded;
}

/** The characters of a text that stand at these offsets of the source. */
export function mapText(text: string, at: readonly number[]): MappedText {
  return { text, folded: foldInPlace(text), at };
}

/** Part of a mapped text, without blanks at its ends. */
export function part(whole: MappedText, from: number, to: number): MappedText {
  let [start, end] = [from, to];
  while (start < end && whole.text[start] === ' ') start += 1;
  while (end > start && whole.text[end - 1] === ' ') end -= 1;
  return {
    text: whole.text.slice(start, end),
    folded: whole.folded.slice(start, end),
    at: whole.at.slice(start, end),
  };
}

/** Offsets [start, end) in the source of a part that is not empty. */
export function sourceSpan({ at }: MappedText): [number, number] {
  return [at[0] ?? 0, (at.at(-1) ?? -1) + 1];
}

/** Whether the character begins a word as names do. */
export function isCapital(character: string | undefined): boolean {
  return (
    character !== undefined && character !== character.toLowerCase() && character === character.toUpperCase()
  );
}

/** Whether a lower-case letter stands there. */
export function isSmall(character: string | undefined): boolean {
  return (
    character !== undefined && character !== character.toUpperCase() && character === character.toLowerCase()
  );
}

/** Match of a sticky expression (flag y) at a place; null when there is none. */
export function matchAt(expression: RegExp, text: string, place: number): RegExpExecArray | null {
  expression.lastIndex = place;
  return expression.exec(text);
}
