/** Blanks and marks that word processors leave behind; nobody sees them, and they make searches fail. */
const INVISIBLE = /[\u00AD\u200B\uFEFF]/g;
const OTHER_SPACES = /[\u00A0\u2007\u202F]/g;

/**
 * Control characters, line and paragraph separators, marks that turn the direction of writing (they can make a text
 * look like another one) and code points that are no characters.
 */
const FORBIDDEN = /[\p{Cc}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/u;
const FORBIDDEN_IN_LINES = /[^\P{Cc}\n\t]|[\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/u;

/** Unicode NFC, no blanks around, ordinary blanks, lines ended by a line feed. */
export function normaliseText(text: string): string {
  // NFC of a lone surrogate is itself: hasForbiddenCharacter finds it afterwards.
  return text
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(OTHER_SPACES, ' ')
    .replace(/\r\n?/g, '\n')
    .trim();
}

export function hasForbiddenCharacter(text: string, multiline: boolean): boolean {
  return !text.isWellFormed() || (multiline ? FORBIDDEN_IN_LINES : FORBIDDEN).test(text);
}

/** Length in characters (code points), as PostgreSQL and JSON Schema count. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}
