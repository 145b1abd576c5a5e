import type { AgencyList } from '../agencies/agency-reader.js';
import { isCapital, isSmall, type MappedText, matchAt } from '../text/mapped-text.js';
import type { Assignment } from './assignment.js';
import {
  AT_A_TIME,
  BETWEEN,
  COURTESY,
  DONE_BY,
  GIVEN,
  IN_CASE,
  INTRODUCTION,
  LEADER,
  LEADER_NAME,
  LEAD_ROLE,
  NO_VERB,
  PASSIVE,
  PLAIN_BODY,
  REFUSING,
  SAID_BEFORE,
  STATED,
} from './assignment-words.js';
import { dutyAt, skipAdverbs, soundsLikeDuty } from './verbs.js';

/** As far as a verb after a time is looked for. */
const LONGEST_VERB = 30;

export function skipGap(m: MappedText, place: number): number {
  return place + (/^[ ,;:)]+/.exec(m.folded.slice(place, place + 6))?.[0].length ?? 0);
}

/** A verb that the list of duties does not have: small letters right after the agency that begins the sentence. */
export function goesOn(m: MappedText, end: number): boolean {
  return m.text[end] === ' ' && isSmall(m.text[end + 1]) && !NO_VERB.test(m.text.slice(end + 1, end + 20));
}

/** "Đơn vị này", "các cơ quan nêu trên": who was told last, so that nobody else is named here. */
export const isSaidBefore = (m: MappedText, place: number): boolean =>
  matchAt(SAID_BEFORE, m.folded, place) !== null;

export function isLeader(m: MappedText, place: number): boolean {
  const match = matchAt(LEADER_NAME, m.folded, place);
  if (!match) return false;
  // "UBND tỉnh Lâm Đồng" is one of many, told what to do by others.
  const end = place + match[0].length;
  return !(/(?:tinh|pho)$/.test(match[0]) && m.text[end] === ' ' && isCapital(m.text[end + 1]));
}

/** Whether "giao", "yêu cầu" … after these words assigns, rather than reports that somebody else did. */
export function mayAssign(stated: string): boolean {
  const before = stated.replace(COURTESY, '');
  const text = before.trimEnd();
  if (text === '' || /[,;:.–-]$/.test(text))
    return (
      text === '' ||
      before.length < 60 ||
      (/[:;,–-]$/.test(text) && INTRODUCTION.test(text.trimStart())) ||
      /:$/.test(text)
    );
  if (skipAdverbs(before, 0) >= text.length) return true;
  if (/^(?:thong nhat|dong y|nhat tri|chap thuan|giao)$/.test(text)) return true;
  if (REFUSING.test(before) || DONE_BY.test(before)) return false;
  return LEADER.test(before) && !/(?:tham muu|trinh|bao cao|kien nghi|de xuat) [a-z ]{0,40}$/.test(before);
}

/** "Sở A theo chức năng, nhiệm vụ rà soát …", "Sở A trong tuần sau có văn bản …": what it is to do comes a little later. */
export function actsAfterAdverbial(m: MappedText, end: number): boolean {
  const between = matchAt(BETWEEN, m.folded, end);
  if (between !== null && dutyAt(m.folded, skipGap(m, end + between[0].length))) return true;
  const time = matchAt(AT_A_TIME, m.text, end);
  return time !== null && soundsLikeDuty(m.folded.slice(end, end + time[0].length + LONGEST_VERB));
}

/** Whether words after an agency's name say what it did or is; "được giao chủ trì …" tells it what to do. */
export function states(m: MappedText, end: number): boolean {
  return STATED.test(m.text.slice(end, end + 60)) && passiveAt(m, end) === null;
}

/** "… được giao nhiệm vụ | chủ trì", "được phân công | làm đầu mối" after an agency's name. */
export function passiveAt(m: MappedText, place: number): RegExpExecArray | null {
  const passive = matchAt(PASSIVE, m.folded, place);
  if (!passive) return null;
  const at = place + passive[0].length;
  return /^(?:la|lam) (?:co quan|don vi|dau moi)/.test(m.folded.slice(at, at + 16)) || dutyAt(m.folded, at)
    ? passive
    : null;
}

/** "Việc lập danh mục được giao cho Sở A chủ trì …": the duty comes before who gets it. */
export function isGiven(m: MappedText, before: string, { end }: AgencyList): boolean {
  if (!GIVEN.test(before)) return false;
  return matchAt(LEAD_ROLE, m.folded, end) !== null || dutyAt(m.folded, skipGap(m, end));
}

/** "Đối với các đơn vị chưa báo cáo, đề nghị khẩn trương gửi …". */
export function inCase(m: MappedText): Assignment | null {
  const match = IN_CASE.exec(m.folded);
  const who = match?.groups?.['who'];
  if (!match || who === undefined || !dutyAt(m.folded, match[0].length)) return null;
  const start = m.folded.indexOf(who);
  return {
    origin: 'assigned',
    leads: [{ code: null, name: m.text.slice(start, start + who.length) }],
    collaborators: [],
    start: 0,
    bodyStart: match[0].length,
    person: false,
    heading: false,
  };
}

/** "Chủ các tàu cá:", "Các hộ nuôi tôm": those whom plain words name, as a heading above what they are to do. */
export function plainBody(m: MappedText, place: number): Assignment | null {
  const body = matchAt(PLAIN_BODY, m.folded, place);
  if (!body) return null;
  const name = m.text.slice(place, place + body[0].length).replace(/^(?:Các|Những) /, 'các ');
  return {
    origin: 'subject',
    leads: [{ code: null, name }],
    collaborators: [],
    start: 0,
    bodyStart: m.text.length,
    person: false,
    heading: true,
  };
}
