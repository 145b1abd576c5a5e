import { describe, expect, it } from '@jest/globals';
import { wordsSignature } from './words-signature.js';

const TEXT = 'xay dung ke hoach chuyen doi so nam 2026 so khoa hoc va cong nghe';

function setBits(text: string): number[] {
  return Array.from(wordsSignature(text).matchAll(/1/g), ({ index }) => index);
}

/** Whether a text with these bits may have words with those. */
function mayContain(text: string, words: string): boolean {
  const bits = new Set(setBits(text));
  return setBits(words).every((bit) => bits.has(bit));
}

describe('the signature of a text', () => {
  it('has the bits of everything the text contains', () => {
    for (let from = 0; from < TEXT.length; from += 1) {
      for (let to = from; to <= TEXT.length; to += 1) {
        expect(mayContain(TEXT, TEXT.slice(from, to))).toBe(true);
      }
    }
  });

  it('lacks bits of nearly all words that the text does not contain', () => {
    const others = [
      'bao cao',
      'ha tang',
      'tap huan',
      'an toan thong tin',
      'de an',
      'du toan',
      'tham dinh',
      'dich vu cong',
    ];
    expect(others.filter((words) => mayContain(TEXT, words))).toEqual([]);
  });

  it('asks nothing of words shorter than three letters', () => {
    expect(wordsSignature('so')).toBe('0'.repeat(256));
  });

  it('is the same as ever: texts that were entered before have theirs', () => {
    expect(setBits('bao cao')).toEqual([9, 23, 73, 102, 115]);
  });
});
