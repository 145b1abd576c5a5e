import { Field, type FieldOptions, kinds } from '#libs/http';
import { MAX_MONEY } from './item-money.js';

/** First and last fiscal year this system deals with. */
export const YEARS = { min: 2000, max: 2100 } as const;

const amount = kinds.integer({ min: 0, max: MAX_MONEY });
const year = kinds.integerText(YEARS);

/** Amounts by year: `{"2026": 8000000000}`, whole đồng. */
const moneyByYear: kinds.FieldKind = {
  schema: { type: 'object', additionalProperties: amount.schema as Record<string, string> },
  normalise: (value) => value,
  check: (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { code: 'not-object' };
    for (const [key, money] of Object.entries(value)) {
      const fault = year.check(year.normalise(key)) ?? amount.check(money);
      if (fault) return { ...fault, path: `.${key.slice(0, 10)}` };
    }
    return undefined;
  },
};

export const MoneyByYearField = (options: FieldOptions) => Field(moneyByYear, options);
