import { HyperLogLog } from './hyper-log-log.js';

/** Different values of a field that are kept to be counted; beyond them, or beyond their size, the number is estimated. */
export const COUNTED_VALUES = 10_000;
const COUNTED_CHARACTERS = 400_000;

/** Counts different values in bounded memory: exactly as long as there are few, then by estimate. */
export class DistinctValues {
  private values: Set<string> | null = new Set();
  private characters = 0;
  private sketch: HyperLogLog | null = null;

  add(value: string): void {
    if (this.values === null) {
      this.sketch?.add(value);
      return;
    }
    if (this.values.has(value)) return;
    this.values.add(value);
    this.characters += value.length;
    if (this.values.size <= COUNTED_VALUES && this.characters <= COUNTED_CHARACTERS) return;
    this.sketch = new HyperLogLog();
    for (const kept of this.values) this.sketch.add(kept);
    this.values = null;
  }

  get count(): number {
    return this.values?.size ?? this.sketch?.estimate() ?? 0;
  }

  get isExact(): boolean {
    return this.values !== null;
  }
}
