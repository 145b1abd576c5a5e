import { kinds, normaliseText } from '#libs/http';
import { quoted } from '#libs/workbooks';
import { YEARS } from '../../items/money-by-year.js';
import { ITEM_CODE } from '../../items/item.requests.js';
import type { RemarkCode } from '../faults.js';
import type { Field } from './columns.js';

/** What kinds of cells say, beside amounts. */
export interface Parts {
  text: string;
  number: number;
  year: number;
  term: { from: number; to: number };
  code: string;
}

interface PartFault {
  fault: RemarkCode;
  parameters: Record<string, string | number>;
}

export type PartResult<Value> = { value: Value | null } | PartFault;

const MAX_NUMBER = 9_999;
/** As in the API, see items/item.requests.ts. */
const MAX_LENGTH: Readonly<Partial<Record<Field, number>>> = { name: 1_000, owner: 500, group: 500 };
const MAX_LINES = 4_000;
/** What stands for a character that could not be read. */
const REPLACED = '\ufffd';
const MULTILINE: ReadonlySet<Field> = new Set(['progressPhrase', 'note']);

type Parser<Value> = (text: string, field: Field) => PartResult<Value>;
type Parsers = { readonly [Kind in keyof Parts]: Parser<Parts[Kind]> };

/** Reads a cell that is not blank. */
const PARSERS: Parsers = {
  text: (text, field) => {
    const multiline = MULTILINE.has(field);
    const normal = normaliseText(text);
    const value = multiline ? normal : normal.replace(/\s+/gu, ' ');
    const max = MAX_LENGTH[field] ?? MAX_LINES;
    const fault = kinds.text({ max, multiline }).check(value);
    if (fault?.code === 'too-long') return wrong('text-too-long', { max });
    return fault || value.includes(REPLACED) ? wrong('control-character', {}) : { value };
  },
  number: (text) => {
    const number = /^\d{1,4}\.?$/.test(text) ? Number.parseInt(text, 10) : 0;
    if (number >= 1 && number <= MAX_NUMBER) return { value: number };
    return wrong('not-a-number', { value: quoted(text) });
  },
  year: (text) => {
    const year = yearIn(text);
    return year === null ? wrong('not-a-year', { value: quoted(text) }) : { value: year };
  },
  term: (text) => {
    const years = text.split(/\s*[-–—]\s*/u).map(yearIn);
    const from = years[0] ?? null;
    const to = years.length === 1 ? from : (years[1] ?? null);
    if (years.length > 2 || from === null || to === null) {
      return wrong('not-a-term', { value: quoted(text) });
    }
    return from <= to ? { value: { from, to } } : wrong('term-backwards', { from, to });
  },
  code: (text) => (ITEM_CODE.test(text) ? { value: text } : wrong('code-wrong', { value: quoted(text) })),
};

function wrong(fault: RemarkCode, parameters: Record<string, string | number>): PartFault {
  return { fault, parameters };
}

/** What a cell says; null: it is blank. */
export function parsePart<Kind extends keyof Parts>(
  text: string,
  kind: Kind,
  field: Field,
): PartResult<Parts[Kind]> {
  const trimmed = text.trim();
  return trimmed === '' ? { value: null } : PARSERS[kind](trimmed, field);
}

function yearIn(text: string): number | null {
  const year = /^\d{4}$/.test(text.trim()) ? Number(text) : 0;
  return year >= YEARS.min && year <= YEARS.max ? year : null;
}
