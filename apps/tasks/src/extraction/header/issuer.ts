import type { KnownAgencies } from '../agencies/known-agencies.js';
import { sectorAt } from '../agencies/sectors.js';
import { respelled } from '../agencies/spelling.js';
import { foldInPlace } from '../text/mapped-text.js';

/** Who issued a document; code null: not in the reference list; name null: the document does not say. */
export interface NamedIssuer {
  code: string | null;
  name: string | null;
}

/** Issuers by the last part of the symbol, where the head of the document does not name one. */
const BY_SYMBOL: readonly [RegExp, string][] = [
  [/VPUB(?:ND)?(?:$|-)/, 'VPUBND'],
  [/UBND/, 'UBND'],
  [/VPCP/, 'VPCP'],
  [/TTg/, 'TTg'],
  [/-CP$/, 'CP'],
  [/HĐND/, 'HDND'],
  [/SKHCN/, 'SKHCN'],
  [/(?:^|[-/])(?:VP)?TU$/, 'TU'],
];
const MOTTO = /cong hoa xa|^(?:xa )?hoi chu nghia|doc lap|dang cong san/;

interface Line {
  text: string;
  folded: string;
}

/**
 * @param lines what stands above the number
 * @param seat place before the day of issue, which a scanner may have read better than capitals
 */
export function readIssuer(
  lines: readonly Line[],
  symbol: string | null,
  known: KnownAgencies,
  seat: string | null,
): NamedIssuer {
  const words = lines
    .map(({ text, folded }) => cutMotto(text, folded))
    .filter((text) => text !== '' && text === text.toUpperCase() && /\p{L}{2}/u.test(text));
  if (words.length === 0) return bySymbol(symbol, known);
  return known.named(seatedIn(joinLines(words), seat));
}

/** "Ủy ban nhân dân tỉnh Lang Son" of "Lạng Sơn, ngày …" is the one of Lạng Sơn. */
function seatedIn(name: string, seat: string | null): string {
  if (seat === null || !foldInPlace(name).endsWith(` ${foldInPlace(seat)}`)) return name;
  return name.slice(0, -seat.length) + seat.replace(/^Thành phố /, 'thành phố ');
}

function cutMotto(text: string, folded: string): string {
  const motto = MOTTO.exec(folded);
  const number = / so ?:/.exec(folded);
  return text.slice(0, Math.min(motto?.index ?? text.length, number?.index ?? text.length)).trim();
}

/** "UBND TỈNH GIA LAI", "SỞ NỘI VỤ" is the department; "UBND TỈNH X", "VĂN PHÒNG" is the office of the committee. */
function joinLines(words: readonly string[]): string {
  const folded = words.map(foldInPlace);
  const last = words.length - 1;
  if (folded[last] === 'van phong') return `Văn phòng ${sentenceCase(words.slice(0, last).join(' '))}`;
  const own = folded.findLastIndex((line) =>
    /^(?:so|bo|van phong|ban|cuc|chi cuc|thanh tra|cong an|trung tam|truong|vien|hoi|dang uy|thu tuong|chinh phu|ubnd|uy ban|hdnd|hoi dong)/.test(
      line,
    ),
  );
  const name = words
    .slice(Math.max(0, own))
    .join(' ')
    .replace(/^CHỦ TỊCH (?=ỦY BAN|UBND)/u, '');
  return sentenceCase(name);
}

/** Names written in capitals, as they are written in a sentence. */
function sentenceCase(capitals: string): string {
  const lowered = respelled(capitals.toLowerCase()).replace(/(^|\s)(ubnd|hđnd)(?=\s|$)/g, (match) =>
    match.toUpperCase(),
  );
  const place =
    /^((?:văn phòng )?(?:ủy ban nhân dân|UBND|hội đồng nhân dân|HĐND)) (tỉnh|thành phố|huyện|thị xã|xã|phường|đặc khu)(?: (.+))?$/u.exec(
      lowered,
    );
  if (place)
    return `${first(place[1]!)} ${place[2]!}${place[3] === undefined ? '' : ` ${titleCase(place[3])}`}`;
  const party = /^(tỉnh ủy|thành ủy|huyện ủy|đảng ủy(?: (?:xã|phường|đặc khu))?) (.+)$/u.exec(lowered);
  if (party) return `${first(party[1]!)} ${titleCase(party[2]!)}`;
  if (lowered === 'thủ tướng chính phủ') return 'Thủ tướng Chính phủ';
  const owned =
    /^((?:sở|công an|thanh tra|chi cục|ban) .+?|công an) (tỉnh|thành phố) (\S+(?: \S+){0,3})$/u.exec(lowered);
  if (owned) return `${sentenceCase(owned[1]!)} ${owned[2]!} ${titleCase(owned[3]!)}`;
  const department = /^(sở|bộ|ban|cục) (.+)$/u.exec(lowered);
  const folded = foldInPlace(department?.[2] ?? '');
  const sector = sectorAt(folded, 0);
  if (department && sector?.end === folded.length) return `${first(department[1]!)} ${sector.name}`;
  if (department) return `${first(department[1]!)} ${partsCase(department[2]!)}`;
  return first(lowered).replace('chính phủ', 'Chính phủ').replace('quốc hội', 'Quốc hội');
}

const first = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const titleCase = (text: string): string => text.split(' ').map(first).join(' ');
/** "khoa học và công nghệ" → "Khoa học và Công nghệ". */
const partsCase = (text: string): string =>
  [' và ', ' - '].reduce((name, joint) => name.split(joint).map(first).join(joint), text);

function bySymbol(symbol: string | null, known: KnownAgencies): NamedIssuer {
  const code = BY_SYMBOL.find(([expression]) => symbol !== null && expression.test(symbol))?.[1];
  if (code === 'TTg') return { code: null, name: 'Thủ tướng Chính phủ' };
  const agency = code === undefined ? null : known.reference.agency(code);
  return agency ? known.named(agency.name) : { code: null, name: null };
}
