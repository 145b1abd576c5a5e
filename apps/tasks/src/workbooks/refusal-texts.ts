import type { ProblemError } from '#libs/contracts';

/** The texts of a problem in both languages, those of its fields first. */
export function refusalTexts({ definition, parameters, extensions }: ProblemError): {
  vi: string;
  en: string;
} {
  const fill = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name] ?? ''));
  const errors = (extensions['errors'] ?? []) as { texts?: { vi: string; en: string } }[];
  const own = errors.find(({ texts }) => texts !== undefined)?.texts;
  return own ?? { vi: fill(definition.vi.detail), en: fill(definition.en.detail) };
}
