import { foldInPlace, isCapital, type MappedText } from '../text/mapped-text.js';
import type { NamedAgency } from './known-agencies.js';

/** A name that the document gives an agency for what follows. */
export interface ShortName {
  /** As the document writes it: "Sở KHCN", "CAT". */
  written: string;
  agency: NamedAgency;
}

interface Naming {
  end: number;
  agencies: readonly NamedAgency[];
}

/** "(sau đây gọi tắt là Ban QLDA)", "(viết tắt: BQL)"; or nothing but capitals: "(CAT)", "(Sở KHCN)". */
const DEFINITION =
  /\((?:(?:sau đây |dưới đây |từ đây )?(?:được )?(?:gọi|viết)(?: tắt| chung)?(?: là)?:? ["“]?(?<said>[\p{L}\p{N}&. -]{2,60}?)["”]?|(?<capitals>(?:(?:Ban|Sở|Bộ|Công ty|Trung tâm|Viện|Cục|Tổ) )?[A-ZĐ][A-ZĐ&\d-]{1,9}))\)/gu;
/** Short for words of many names, not for one agency. */
const GENERAL = /^(?:UBND|HĐND|MTTQ|CSDL|CNTT|TTHC)$/;
const LONGEST_NAME = 200;
const MOST_DEFINITIONS = 60;

/**
 * The short names that a document defines right after an agency's name.
 *
 * @param nameAt reads the agency that is named at a place
 */
export function readShortNames(
  paragraphs: readonly MappedText[],
  nameAt: (m: MappedText, place: number) => Naming | null,
): ShortName[] {
  const found: ShortName[] = [];
  for (const paragraph of paragraphs) {
    for (const match of paragraph.text.matchAll(DEFINITION)) {
      const written = match.groups?.['said'] ?? match.groups?.['capitals'] ?? '';
      if (GENERAL.test(written) || found.length >= MOST_DEFINITIONS) continue;
      const agency = namedBefore(paragraph, match.index, nameAt);
      if (agency && foldInPlace(agency.name) !== foldInPlace(written)) found.push({ written, agency });
    }
  }
  return found;
}

/** The longest name of one agency that ends right before a place. */
function namedBefore(
  m: MappedText,
  place: number,
  nameAt: (m: MappedText, place: number) => Naming | null,
): NamedAgency | null {
  const end = m.text.slice(0, place).trimEnd().length;
  for (let start = Math.max(0, end - LONGEST_NAME); start < end; start += 1) {
    if (!isCapital(m.text[start]) || (start > 0 && /[\p{L}\p{N}]/u.test(m.text.charAt(start - 1)))) continue;
    const named = nameAt(m, start);
    if (named?.end === end && named.agencies.length === 1) return named.agencies[0] ?? null;
  }
  return null;
}
