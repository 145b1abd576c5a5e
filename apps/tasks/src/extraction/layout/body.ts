import type { AgencyReader, NamedAgency } from '../agencies/agency-reader.js';
import { add } from '../duties/assignment.js';
import { part } from '../text/mapped-text.js';
import { readMarker } from './markers.js';
import { isHeadline, type Paragraph } from './paragraphs.js';

const END = /^(?:noi nhan|nhu dieu)(?![a-z])/;
const APPENDIX = /^(?:phu luc|danh muc (?:cac )?nhiem vu|bang phan cong)(?![a-z])/;
const SIGNATURE = /^(?:tl\.|tm\.|kt\.|q\.|tuq\.) ?[a-z]/;
/** "Kính gửi:", and "Thủ tướng Chính phủ điện:" of a telegram. */
const ADDRESSED = /^(?:kinh gui ?:? ?|[a-z ]{4,80} dien ?: ?$)/;

/** "QUYẾT NGHỊ:" stands below the grounds of a decision. */
const ENACTMENT = /^quyet (?:nghi|dinh) ?:$/;
const FURTHEST_ENACTMENT = 60;

/** Motto, number, subject of a letter, and place and day of issue. */
const HEAD =
  /^(?:cong hoa xa hoi|doc lap|dang cong san|so ?(?:[:\d/.…_-]|$)|v\/v |\*$|[a-z ,.-]{2,60}, ngay [\d .…]*(?:thang|$))/;
const NUMBERED = /^(?:[IVX]{1,4}|[A-Z]|\d{1,2})[.)/] /;

/** The paragraphs that may set tasks: without recipients and signature; appendices after them count again. */
export function bodyOf(paragraphs: readonly Paragraph[]): Paragraph[] {
  const body: Paragraph[] = [];
  const enacted = paragraphs.slice(0, FURTHEST_ENACTMENT).findIndex(({ folded }) => ENACTMENT.test(folded));
  let [ended, addressing] = [false, false];
  for (const paragraph of paragraphs.slice(enacted < 0 ? headEnd(paragraphs) : enacted + 1)) {
    const { folded, text } = paragraph;
    if (END.test(folded) || (SIGNATURE.test(folded) && text === text.toUpperCase())) ended = true;
    else if (APPENDIX.test(folded) && text.length < 200) ended = false;
    // A second document after the first one's recipients.
    else if (ended && /^dieu 1\.|^[1i]\. /.test(folded) && text.length > 40) ended = false;
    addressing = ADDRESSED.test(folded) || (addressing && isAddressee(paragraph));
    if (!ended && !addressing && !/^(?:can cu|theo de nghi cua|xet de nghi cua) [^:]*;$/.test(folded))
      body.push(paragraph);
  }
  return body;
}

/** How many paragraphs say only who issues what and when; a headline there is no heading of duties. */
function headEnd(paragraphs: readonly Paragraph[]): number {
  const first = paragraphs.findIndex(
    ({ text, folded, cells }) =>
      cells !== null || !(isHeadline(text) || HEAD.test(folded)) || NUMBERED.test(text),
  );
  const subject = first > 0 ? paragraphs[first] : undefined;
  const titled =
    subject !== undefined && readMarker(subject).level === 'plain' && !/[.;:,]$/.test(subject.text);
  return Math.max(0, titled ? first + 1 : first);
}

function isAddressee(paragraph: Paragraph): boolean {
  return readMarker(paragraph).level === 'dash' && paragraph.text.length < 200;
}

/** To whom a letter goes ("Kính gửi"). */
export function readAddressees(paragraphs: readonly Paragraph[], agencies: AgencyReader): NamedAgency[] {
  const from = paragraphs.findIndex(({ folded }) => ADDRESSED.test(folded));
  if (from < 0) return [];
  const found: NamedAgency[] = [];
  const first = paragraphs[from]!;
  const opening = ADDRESSED.exec(first.folded)?.[0].length ?? 0;
  const lines = [part(first, opening, first.text.length)];
  for (const line of paragraphs.slice(from + 1)) {
    if (!isAddressee(line)) break;
    lines.push(part(line, readMarker(line).length, line.text.length));
  }
  for (const line of lines) add(found, agencies.listAt(line, 0)?.agencies ?? []);
  return found;
}
