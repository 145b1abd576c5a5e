import type { AgencyReader, NamedAgency } from '../agencies/agency-reader.js';
import { add } from '../duties/assignment.js';
import { part } from '../text/mapped-text.js';
import { readMarker } from './markers.js';
import type { Paragraph } from './paragraphs.js';

const END = /^(?:noi nhan|nhu dieu)(?![a-z])/;
const APPENDIX = /^(?:phu luc|danh muc (?:cac )?nhiem vu|bang phan cong)(?![a-z])/;
const SIGNATURE = /^(?:tl\.|tm\.|kt\.|q\.|tuq\.) ?[a-z]/;
/** "Kính gửi:", and "Thủ tướng Chính phủ điện:" of a telegram. */
const ADDRESSED = /^(?:kinh gui ?:? ?|[a-z ]{4,80} dien ?: ?$)/;

/** The paragraphs that may set tasks: without recipients and signature; appendices after them count again. */
export function bodyOf(paragraphs: readonly Paragraph[]): Paragraph[] {
  const body: Paragraph[] = [];
  let [ended, addressing] = [false, false];
  for (const paragraph of paragraphs) {
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
