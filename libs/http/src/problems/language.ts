/** Languages that problems are told in; the first is the default. */
export const LANGUAGES = ['vi', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The caller's first choice among ours by Accept-Language (RFC 9110, section 12.5.4); Vietnamese when it names none. */
export function chooseLanguage(acceptLanguage: string | undefined): Language {
  let best: { language: Language; quality: number } = { language: 'vi', quality: 0 };
  for (const range of (acceptLanguage ?? '').slice(0, 1_000).split(',')) {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const language = LANGUAGES.find((known) => tag === known || tag.startsWith(`${known}-`));
    const quality = qualityOf(parameters);
    if (language && quality > best.quality) best = { language, quality };
  }
  return best.language;
}

function qualityOf(parameters: string[]): number {
  const written = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  if (written === undefined) return 1;
  const quality = Number(written);
  return quality >= 0 && quality <= 1 ? quality : 0;
}
