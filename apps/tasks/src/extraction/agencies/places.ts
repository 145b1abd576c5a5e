import { dutyAt, skipAdverbs } from '../duties/verbs.js';
import { isCapital, type MappedText, matchAt } from '../text/mapped-text.js';

/** The province or city that a document is about, which it may call "Tỉnh" or "Thành phố" alone. */
export interface HomePlace {
  kind: string;
  name: string;
}

const KIND = /(?<kind>tinh|thanh pho|tp\.?|xa|phuong|dac khu)(?![a-z])(?! (?:uy|doan|doi)(?![a-z]))/y;
const NAME = / (\p{Lu}[\p{L}'’]*(?: (?:- )?\p{Lu}[\p{L}'’]*){0,4})/uy;
/** Words that address whom they name; or another place before it in the same row. */
const ADDRESSED =
  /(?:rieng|giao(?: cho)?|yeu cau|de nghi|doi voi|(?:tinh|thanh pho|xa|phuong|dac khu) [a-z]+(?: [a-z]+){0,4}(?:,| va)) (?:cac )?$/;
/** More places of the row, before what they are to do. */
const MORE =
  /(?:(?:, | và )(?:(?:[Tt]ỉnh|[Tt]hành phố|[Xx]ã|[Pp]hường|đặc khu) )?\p{Lu}[\p{L}'’]*(?: \p{Lu}[\p{L}'’]*){0,3}){0,8}[ ,:]*/uy;
const WRITTEN: Readonly<Record<string, string>> = {
  tinh: 'tỉnh',
  'thanh pho': 'thành phố',
  tp: 'thành phố',
  'tp.': 'thành phố',
  xa: 'xã',
  phuong: 'phường',
  'dac khu': 'đặc khu',
};
const VISITED = /(?:(tỉnh)|(thành phố)|(Tỉnh) ủy|(Thành) ủy) (\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){0,3})/gu;
/** Paragraphs that tell what a document is about. */
const OPENING = 14;

/**
 * "Riêng tỉnh Hưng Yên hoàn thành …", "Tỉnh cần tập trung …": a place that is told to do something stands for its
 * People's Committee.
 */
export function placeAt(
  m: MappedText,
  place: number,
  home: HomePlace | null,
): { end: number; name: string } | null {
  const kind = matchAt(KIND, m.folded, place);
  if (!kind) return null;
  const after = place + kind[0].length;
  const written = WRITTEN[kind.groups?.['kind'] ?? ''] ?? 'tỉnh';
  const named = matchAt(NAME, m.text, after);
  const own = !named && home?.kind === written && isCapital(m.text[place]) ? home.name : null;
  const name = named?.[1] ?? own;
  if (name === null) return null;
  const end = after + (named?.[0].length ?? 0);
  const before = m.folded.slice(Math.max(0, place - 60), place);
  const meant = own !== null || (home?.name === name && isCapital(m.text[place]));
  if (!meant && !ADDRESSED.test(before)) return null;
  const rest = end + (matchAt(MORE, m.text, end)?.[0].length ?? 0);
  const told = dutyAt(m.folded, rest) || skipAdverbs(m.folded, rest) > rest;
  return told ? { end, name: `UBND ${written} ${name}` } : null;
}

/** The one province or city that the opening of a document names; null when it names none, or several. */
export function homePlaceOf(paragraphs: readonly MappedText[]): HomePlace | null {
  const found = new Map<string, HomePlace>();
  for (const { text } of paragraphs.slice(0, OPENING)) {
    for (const [, province, city, party, , name = ''] of text.matchAll(VISITED))
      found.set(name, { kind: (province ?? party) ? 'tỉnh' : city === undefined ? 'thành phố' : city, name });
  }
  const [only] = found.values();
  return found.size === 1 && only ? only : null;
}
