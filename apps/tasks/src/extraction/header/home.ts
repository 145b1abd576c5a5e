import type { ReferenceData } from '#libs/reference';
import { foldInPlace } from '../text/mapped-text.js';

interface Line {
  text: string;
  folded: string;
}

/** Place before the day of issue: "Gia Lai, ngày 03 tháng 3". */
const SEAT = /(?:^|[ \d/-])(?<seat>[\p{Lu}][\p{L} .]{1,40}), ?(?:(?:hồi|lúc) [^,.;]{2,24}(?:,| ) ?)?ngày/u;
const ANOTHER_PROVINCE = /(?<![a-z])(?:tinh|thanh pho|tp\.?)(?: uy| doan)? [a-z]{2}/;
const CENTRAL =
  /^(?:chinh phu|thu tuong chinh phu|van phong (?:chinh phu|quoc hoi|trung uong|chu tich nuoc)|quoc hoi|uy ban thuong vu quoc hoi|bo (?!chi huy|tu lenh)|ban chi dao (?:trung uong|quoc gia|cua chinh phu)|ban chap hanh trung uong|bo chinh tri|ban bi thu|ngan hang nha nuoc viet nam|thanh tra chinh phu|bao hiem xa hoi viet nam)/;

/**
 * Whether a document was issued in the province of the reference list, so that "Sở Tài chính" in it is the one of the
 * list. A document that does not say where it is from counts as one of the province.
 *
 * @param head lines above the document's title
 */
export function isOfHome(head: readonly Line[], reference: ReferenceData): boolean {
  const seat = seatIn(head);
  const capitals = head.filter(({ text }) => text === text.toUpperCase()).map(({ folded }) => folded);
  const written = [...capitals, foldInPlace(seat ?? '')].join(' | ');
  if (homePlaces(reference).some((place) => written.includes(place))) return true;
  if (capitals.some((line) => CENTRAL.test(line)) || ANOTHER_PROVINCE.test(capitals.join(' '))) return false;
  return seat === null;
}

/** The place named before the day of issue; null when none is. */
export function seatIn(head: readonly Line[]): string | null {
  for (const { text } of head) {
    const seat = SEAT.exec(text)?.groups?.['seat'];
    if (seat !== undefined) return seat;
  }
  return null;
}

/** The province, what it was made of, and its commune units; folded. */
function homePlaces({ province, communes, agencies }: ReferenceData): string[] {
  const districts = agencies
    .filter(({ level, kind }) => level === 'district' && kind === 'committee')
    .map(({ name }) => name.replace(/^.*(?:thành phố|thị xã|huyện) /, ''));
  const names = communes.flatMap(({ name, formerProvince }) => [name, formerProvince]);
  return [...new Set([province.name.replace(/^tỉnh /i, ''), ...districts, ...names])].map(foldInPlace);
}
