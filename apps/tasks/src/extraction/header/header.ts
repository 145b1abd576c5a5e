import type { DirectiveKind } from '#libs/contracts';
import type { KnownAgencies } from '../agencies/known-agencies.js';
import { seatIn } from './home.js';
import { makeDay } from './make-day.js';
import type { Paragraph } from '../layout/paragraphs.js';
import { foldInPlace } from '../text/mapped-text.js';
import { type NamedIssuer, readIssuer } from './issuer.js';
import { readSubject } from './subject.js';

/** What a document says of itself. */
export interface DirectiveHeader {
  /** "187/TB-VPCP"; null when the document leaves it open. */
  number: string | null;
  /** "TB-VPCP", known even where the number is not. */
  symbol: string | null;
  kind: DirectiveKind;
  issuer: NamedIssuer;
  /** Day of issue; null when the document leaves it open. */
  date: string | null;
  /** Day of the meeting whose conclusions it gives. */
  meetingOn: string | null;
  subject: string;
  /** First day on which it can have been issued, of what is left of a date with blanks; null: nothing is. */
  notBefore: string | null;
}

const HEAD_LINES = 40;
/** Lines that may name the issuer, or where it sits, of a document without a number or title. */
const UNNUMBERED_LINES = 6;
const UNTITLED_LINES = 10;
const ATTACHED =
  /kem theo (?:quyet dinh|ke hoach|cong van|van ban|thong bao|chi thi|nghi quyet|to trinh) so /;
const APPENDIX = /^(?:phu luc|danh muc|bang phan cong)/;
const NUMBER =
  /(?:^|\s)s[ôoố]\s*:?\s*(\d{1,6}[a-z]?)?\s*([/-]\s*)([A-ZĐ][A-ZĐa-z0-9]*(?:[-/&.][A-ZĐa-zđ0-9&.]+)*)/iu;
const ISSUED = /ngay ?([0-9lo]{1,2}) ?thang ?([0-9lo]{1,2}) ?nam ?([0-9lo]{4})/;
const BLANK_DATE = /, ?ngay[ ._…]*thang[ ._…]*(\d{1,2})?[ ._…]*nam ?(\d{4})/;
const PLACE_LINE =
  /^[^.;]{0,60}, ?(?:(?:hoi|luc) [^,.;]{2,24}(?:,| ) ?)?ngay|^ngay \d{1,2} thang|^hom nay,? [^;]{0,60}ngay \d/;
/** "Hôm nay, vào lúc 14 giờ 00 ngày 06 tháng 5 năm 2026, tại …": minutes say their day in a whole sentence. */
const MINUTES_DAY = /^hom nay,? /;
const DAY = '(\\d{1,2})(?:\\/| thang )(\\d{1,2})(?:\\/| nam )(\\d{4})';
const MEETINGS: readonly RegExp[] = [
  new RegExp(`^(?:vao |trong )?(?:(?:sang|chieu|toi),? )?(?:cac )?ngay ${DAY}`),
  new RegExp(`(?:cuoc hop|phien hop|hop|hoi nghi|giao ban|buoi lam viec|kiem tra)[^.;]{0,80} ngay ${DAY}`),
];
const TITLES: readonly [RegExp, DirectiveKind][] = [
  [/^(?:thong bao|ket luan)/, 'conclusion-notice'],
  [/^ke hoach/, 'plan'],
  [/^quyet dinh/, 'decision'],
  [/^nghi quyet/, 'resolution'],
  [/^chi thi/, 'instruction'],
  [/^cong dien/, 'other'],
  [/^(?:bao cao|to trinh|giay moi|chuong trinh|phuong an|de an|huong dan|bien ban)/, 'other'],
];
const SYMBOLS: readonly [RegExp, DirectiveKind][] = [
  [/^(?:TB(?:KL)?|KL)(?![\p{L}\d])/u, 'conclusion-notice'],
  [/^KH(?![\p{L}\d])/u, 'plan'],
  [/^QĐ(?![\p{L}\d])/u, 'decision'],
  [/^NQ(?![\p{L}\d])/u, 'resolution'],
  [/^CT(?![\p{L}\d])/u, 'instruction'],
  [/^(?:CĐ|BC|TTr|GM|HD|CTr|BB)(?![\p{L}\d])/u, 'other'],
];

/** Reads number, kind, issuer, date and subject from the first lines. */
export function readHeader(paragraphs: readonly Paragraph[], known: KnownAgencies): DirectiveHeader {
  const head = paragraphs.slice(0, HEAD_LINES).map(({ text, folded }) => ({ text, folded }));
  const folded = head.map((line) => line.folded);
  const numbered = head.findIndex(
    ({ text }) => NUMBER.test(text) && foldInPlace(text.trimStart()).startsWith('so'),
  );
  // An appendix by itself says which document it belongs to.
  const attached = numbered < 0 ? folded.findIndex((line) => ATTACHED.test(line)) : -1;
  const match = NUMBER.exec(head[Math.max(numbered, attached)]?.text ?? '');
  const symbol = match?.[3] ?? null;
  const titled = head.findIndex((line) => isTitle(line.text, line.folded));
  const kind = kindOf(head[titled]?.folded, symbol);
  return {
    number:
      match?.[1] === undefined || symbol === null ? null : `${match[1]}${match[2]?.trim() ?? '/'}${symbol}`,
    symbol,
    kind,
    issuer: readIssuer(head.slice(0, issuerLines(folded, numbered, titled)), symbol, known, seatIn(head)),
    date: attached >= 0 ? dayIn(folded[attached]!) : issuedOn(folded),
    meetingOn: kind === 'conclusion-notice' ? meetingOn(folded) : null,
    subject: readSubject(head, titled),
    notBefore: notBefore(folded),
  };
}

/** What stands above the title, where a document says who issued it and where. */
export function aboveTitle(paragraphs: readonly Paragraph[]): Paragraph[] {
  const titled = paragraphs.slice(0, HEAD_LINES).findIndex(({ text, folded }) => isTitle(text, folded));
  return paragraphs.slice(0, titled < 0 ? UNTITLED_LINES : titled);
}

/** How many lines may name the issuer: those above number and title, or the first few. */
function issuerLines(folded: readonly string[], numbered: number, titled: number): number {
  const appendix = folded.findIndex((line) => APPENDIX.test(line));
  const ends = [numbered, titled, appendix].filter((place) => place >= 0);
  return Math.min(...ends, numbered < 0 ? UNNUMBERED_LINES : numbered);
}

const dayIn = (line: string): string | null => {
  const match = ISSUED.exec(line);
  return match && makeDay(match);
};

function isTitle(text: string, folded: string): boolean {
  return (
    text === text.toUpperCase() && text.length < 60 && TITLES.some(([expression]) => expression.test(folded))
  );
}

function kindOf(title: string | undefined, symbol: string | null): DirectiveKind {
  const named = TITLES.find(([expression]) => title !== undefined && expression.test(title));
  if (named) return named[1];
  return SYMBOLS.find(([expression]) => symbol !== null && expression.test(symbol))?.[1] ?? 'letter';
}

function issuedOn(lines: readonly string[]): string | null {
  for (const line of lines) {
    const from = /, ?ngay/.exec(line)?.index ?? 0;
    const match =
      PLACE_LINE.test(line.slice(-90)) || PLACE_LINE.test(line) ? ISSUED.exec(line.slice(from)) : null;
    if (match && (line.length < 200 || MINUTES_DAY.test(line))) return makeDay(match);
  }
  return null;
}

function meetingOn(lines: readonly string[]): string | null {
  for (const line of lines) {
    const near = line.slice(0, 400);
    const match = MEETINGS.map((expression) => expression.exec(near)).find((found) => found !== null);
    if (match) return makeDay(match);
  }
  return null;
}

/** "Khánh Hòa, ngày … tháng 3 năm 2026", also when it is broken over two lines. */
function notBefore(lines: readonly string[]): string | null {
  const match = BLANK_DATE.exec(lines.slice(0, 12).join(' '));
  return match && makeDay(['', '1', match[1] ?? '1', match[2] ?? '']);
}
