interface Range {
  first: number;
  last: number;
}

/** Numbers that are missing from a row, as ranges. */
export class Gaps {
  readonly ranges: Range[] = [];

  isEmpty(): boolean {
    return this.ranges.length === 0;
  }

  /** Behind all ranges that are there. */
  add(first: number, last: number): void {
    this.ranges.push({ first, last });
  }

  /** @returns whether the number was missing until now */
  fill(number: number): boolean {
    const index = this.ranges.findIndex(({ first, last }) => first <= number && number <= last);
    const range = this.ranges[index];
    if (!range) return false;
    const rest = [
      { first: range.first, last: number - 1 },
      { first: number + 1, last: range.last },
    ];
    this.ranges.splice(index, 1, ...rest.filter(({ first, last }) => first <= last));
    return true;
  }
}
