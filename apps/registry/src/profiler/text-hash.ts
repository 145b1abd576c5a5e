/** Two 32-bit halves of a hash of a text, in place of an object for each. */
export const hashed = { high: 0, low: 0 };

const FIRST = 0x85ebca6b;
const SECOND = 0xc2b2ae35;

/**
 * Hash of 64 bits over the code units of a text, into {@link hashed}: mixes as MurmurHash3 does. Good for counting, not
 * against somebody who wants collisions.
 */
export function hashText(text: string): void {
  let high = 0x9e3779b9 ^ text.length;
  let low = 0x243f6a88 ^ text.length;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, FIRST);
    high ^= high >>> 15;
    low = Math.imul(low ^ unit, SECOND);
    low ^= low >>> 13;
  }
  high = finish(high ^ Math.imul(low, SECOND));
  low = finish(low ^ Math.imul(high, FIRST));
  hashed.high = high >>> 0;
  hashed.low = low >>> 0;
}

function finish(half: number): number {
  let mixed = Math.imul(half ^ (half >>> 16), FIRST);
  mixed = Math.imul(mixed ^ (mixed >>> 13), SECOND);
  return mixed ^ (mixed >>> 16);
}
