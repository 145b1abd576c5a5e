import { hashed, hashText } from './text-hash.js';

const INDEX_BITS = 14;
const REGISTERS = 1 << INDEX_BITS;
/** Bits of the hash behind the index. */
const REST_BITS = 64 - INDEX_BITS;

/**
 * Estimates how many different texts were added, in 16 kB, with a standard error of 0.8 %: HyperLogLog with the
 * estimator of O. Ertl (2017, "New cardinality estimation algorithms for HyperLogLog sketches"), which needs no
 * correction for small numbers.
 */
export class HyperLogLog {
  private readonly registers = new Uint8Array(REGISTERS);

  add(text: string): void {
    hashText(text);
    const index = hashed.high >>> (32 - INDEX_BITS);
    const restHigh = (hashed.high << INDEX_BITS) >>> 0;
    const zeros = restHigh !== 0 ? Math.clz32(restHigh) : 32 - INDEX_BITS + Math.clz32(hashed.low);
    const rank = Math.min(zeros, REST_BITS) + 1;
    if (rank > (this.registers[index] ?? 0)) this.registers[index] = rank;
  }

  estimate(): number {
    const counts = new Array<number>(REST_BITS + 2).fill(0);
    for (const rank of this.registers) counts[rank] = (counts[rank] ?? 0) + 1;
    let sum = REGISTERS * tau(1 - (counts[REST_BITS + 1] ?? 0) / REGISTERS);
    for (let rank = REST_BITS; rank >= 1; rank -= 1) sum = 0.5 * (sum + (counts[rank] ?? 0));
    sum += REGISTERS * sigma((counts[0] ?? 0) / REGISTERS);
    return Math.round((REGISTERS * REGISTERS) / (2 * Math.LN2 * sum));
  }
}

function sigma(share: number): number {
  if (share === 1) return Number.POSITIVE_INFINITY;
  let [power, factor, sum, before] = [share, 1, share, Number.NaN];
  while (sum !== before) {
    power *= power;
    before = sum;
    sum += power * factor;
    factor += factor;
  }
  return sum;
}

function tau(share: number): number {
  if (share === 0 || share === 1) return 0;
  let [root, factor, sum, before] = [share, 1, 1 - share, Number.NaN];
  while (sum !== before) {
    root = Math.sqrt(root);
    before = sum;
    factor *= 0.5;
    sum -= (1 - root) ** 2 * factor;
  }
  return sum / 3;
}
