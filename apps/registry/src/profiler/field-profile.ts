import type { FieldFigures } from '../quality/check-figures.js';
import { DistinctValues } from './distinct-values.js';
import { type FieldRule, IS_OF_TYPE, type ValueType, wholePattern } from './profile-plan.js';

/** A value as it is reported; longer ones are cut. */
const REPORTED_CHARACTERS = 100;

/** Which of two values comes first, by the type of the field. */
const IS_LESS: Readonly<Record<'number' | 'text', (one: string, other: string) => boolean>> = {
  number: (one, other) => Number(one) < Number(other),
  text: (one, other) => one < other,
};

/** Code lists by their Unicode form: a list written in one form knows values written in the other. */
const formed = (codes: readonly string[]) => new Set(codes.map((code) => code.normalize('NFC')));

/** Gathers what there is to know of one field. */
export class FieldProfile {
  private readonly distinct = new DistinctValues();
  private readonly isOfType: ((value: string) => boolean) | null;
  private readonly pattern: RegExp | null;
  private readonly codes: ReadonlySet<string> | null;
  private readonly isLess: (one: string, other: string) => boolean;
  private filled = 0;
  private invalid = 0;
  private unknownCodes = 0;
  private min: string | null = null;
  private max: string | null = null;

  constructor(
    readonly name: string,
    { type = 'text', pattern, codes }: FieldRule = {},
  ) {
    this.isOfType = type === 'text' ? null : IS_OF_TYPE[type];
    this.pattern = pattern === undefined ? null : wholePattern(pattern);
    this.codes = codes === undefined ? null : formed(codes);
    this.isLess = IS_LESS[isNumber(type) ? 'number' : 'text'];
  }

  /** @param value not empty, in its one form */
  add(value: string): void {
    this.filled += 1;
    this.distinct.add(value);
    if (this.codes !== null && !this.codes.has(value)) this.unknownCodes += 1;
    const isTyped = this.isOfType === null || this.isOfType(value);
    if (!isTyped || (this.pattern !== null && !this.pattern.test(value))) this.invalid += 1;
    if (!isTyped) return;
    if (this.min === null || this.isLess(value, this.min)) this.min = value;
    if (this.max === null || this.isLess(this.max, value)) this.max = value;
  }

  figures(): FieldFigures {
    const isCompared = this.isOfType !== null || this.pattern !== null;
    return {
      name: this.name,
      filled: this.filled,
      invalid: isCompared ? this.invalid : null,
      unknownCodes: this.codes === null ? null : this.unknownCodes,
      distinct: this.distinct.isExact ? this.distinct.count : Math.min(this.distinct.count, this.filled),
      distinctExact: this.distinct.isExact,
      min: reported(this.min),
      max: reported(this.max),
    };
  }
}

function isNumber(type: ValueType): boolean {
  return type === 'integer' || type === 'decimal';
}

/** Control characters could not be sent: the API takes text only. */
function reported(value: string | null): string | null {
  if (value === null) return null;
  const clean = value.slice(0, 2 * REPORTED_CHARACTERS).replace(/[\p{C}\u2028\u2029]/gu, '\uFFFD');
  return Array.from(clean).slice(0, REPORTED_CHARACTERS).join('');
}
