/** Width of the column `words_signature`. */
const BITS = 256;
const LETTERS = 3;
/** Multiplier whose highest bits depend on all bits of what is multiplied: 2^32 by the golden ratio. */
const SPREAD = 0x9e3779b1;

/**
 * One bit for each three letters of a text, so that a text can contain words only if it has all their bits. Lists
 * keep it beside each task: nearly all tasks without the words are told by it, without reading their texts. Of a
 * long text nearly all bits are set, which makes it slower to search and never wrong.
 *
 * @param folded text or words as they are compared
 * @returns zeros and ones
 */
export function wordsSignature(folded: string): string {
  const bits = new Array<string>(BITS).fill('0');
  for (let end = LETTERS; end <= folded.length; end += 1) {
    let mixed = 0;
    for (let place = end - LETTERS; place < end; place += 1) {
      mixed = Math.imul(mixed ^ folded.charCodeAt(place), SPREAD);
    }
    bits[mixed >>> (32 - Math.log2(BITS))] = '1';
  }
  return bits.join('');
}
