import type { ValueTransformer } from 'typeorm';

/**
 * `bigint` columns as numbers (the driver hands them over as text). For whole numbers that stay within
 * Number.MAX_SAFE_INTEGER, such as money in đồng; a larger one is refused rather than rounded.
 */
export const wholeNumber: ValueTransformer = {
  to: (value: number | null | undefined) => value,
  from: (value: string | null): number | null => {
    if (value === null) return null;
    const number = Number(value);
    if (!Number.isSafeInteger(number)) throw new RangeError(`not a safe whole number: ${value}`);
    return number;
  },
};
