import { isDay } from '#libs/calendar';

/** How the values of a field are written. */
export const VALUE_TYPES = ['text', 'integer', 'decimal', 'date', 'instant', 'boolean'] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

/** What the values of a field are compared with. */
export interface FieldRule {
  type?: ValueType;
  /** Regular expression that the whole value must match. */
  pattern?: string;
  /** Code list. */
  codes?: string[];
}

/** What a profile is to find out, beside what it finds of itself. */
export interface ProfilePlan {
  /** Fields that together tell records apart; []: duplicates are not counted. */
  key: string[];
  /** By name of the field. */
  fields: Record<string, FieldRule>;
}

/** Something that the caller of the profiler has to put right; the message says what. */
export class ProfileError extends Error {}

/** @throws ProfileError that names what is wrong in the plan */
export function readPlan(text: string): ProfilePlan {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new ProfileError(`the plan is no JSON: ${(error as Error).message}`);
  }
  const { key = [], fields = {}, ...more } = objectOf(content, 'the plan');
  refuseMore(more, 'the plan');
  if (!isTexts(key)) throw new ProfileError('"key" must be a list of field names');
  const rules = Object.entries(objectOf(fields, '"fields"')).map(([name, rule]) => [
    name,
    readRule(rule, `field "${name}"`),
  ]);
  return { key, fields: Object.fromEntries(rules) as Record<string, FieldRule> };
}

function readRule(content: unknown, where: string): FieldRule {
  const { type, pattern, codes, ...more } = objectOf(content, where);
  refuseMore(more, where);
  if (type !== undefined && !VALUE_TYPES.includes(type as ValueType)) {
    throw new ProfileError(`${where}: "type" must be one of ${VALUE_TYPES.join(', ')}`);
  }
  if (pattern !== undefined) checkPattern(pattern, where);
  if (codes !== undefined && !isTexts(codes))
    throw new ProfileError(`${where}: "codes" must be a list of texts`);
  return { type: type as ValueType | undefined, pattern: pattern as string | undefined, codes };
}

function checkPattern(pattern: unknown, where: string): void {
  if (typeof pattern !== 'string') throw new ProfileError(`${where}: "pattern" must be a text`);
  try {
    wholePattern(pattern);
  } catch (error) {
    throw new ProfileError(`${where}: ${(error as Error).message}`);
  }
}

export function wholePattern(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, 'u');
}

function objectOf(content: unknown, where: string): Record<string, unknown> {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new ProfileError(`${where} must be an object`);
  }
  return content as Record<string, unknown>;
}

function refuseMore(more: Record<string, unknown>, where: string): void {
  const [name] = Object.keys(more);
  if (name !== undefined) throw new ProfileError(`${where} has an unknown part "${name}"`);
}

function isTexts(content: unknown): content is string[] {
  return Array.isArray(content) && content.every((item) => typeof item === 'string');
}

const INTEGER = /^[+-]?\d+$/;
const DECIMAL = /^[+-]?(\d+(\.\d+)?|\.\d+)$/;
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]\d{2}(:?\d{2})?)?$/;
const BOOLEANS: ReadonlySet<string> = new Set(['true', 'false', 't', 'f', '1', '0', 'có', 'không']);

/** Whether a value is written as its type demands. */
export const IS_OF_TYPE: Readonly<Record<ValueType, (value: string) => boolean>> = {
  text: () => true,
  integer: (value) => INTEGER.test(value),
  decimal: (value) => DECIMAL.test(value),
  date: (value) => isDay(value),
  instant: (value) => {
    const day = INSTANT.exec(value)?.[1];
    return day !== undefined && isDay(day);
  },
  boolean: (value) => BOOLEANS.has(value.toLowerCase()),
};
