/** Values of a statement that is put together of parts. */
export class Parameters {
  readonly values: unknown[] = [];

  /** @returns the place of the value in the text, `$1`, `$2` … */
  add(value: unknown): string {
    this.values.push(value);
    return `$${this.values.length}`;
  }
}
