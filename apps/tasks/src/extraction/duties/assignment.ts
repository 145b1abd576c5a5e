import type { AgencyList, AgencyReader, NamedAgency } from '../agencies/agency-reader.js';
import { officeAt } from '../agencies/offices.js';
import { type MappedText, matchAt, part } from '../text/mapped-text.js';
import {
  actsAfterAdverbial,
  goesOn,
  inCase,
  isGiven,
  isLeader,
  isSaidBefore,
  mayAssign,
  passiveAt,
  plainBody,
  skipGap,
  states,
} from './assignment-checks.js';
import {
  ASKED,
  COLLABORATING,
  COMMITTEE,
  CONCLUDING,
  COURTESY,
  DEPARTMENT,
  FURTHEST,
  HEARD,
  INTRODUCTION,
  IN_CHARGE,
  IN_PERSON,
  LAST_BODY,
  LEADER,
  LEADING_ON,
  LEADING_TO_LIST,
  LEAD_ROLE,
  NAMED_IN_BRACKETS,
  RESPONSIBLE,
  SAID_ABOVE,
  THE_REST,
  VERB,
  WHICH,
  WORK_WITH,
} from './assignment-words.js';
import { PARTNER } from './exceptions.js';
import { dutyAt, skipAdverbs } from './verbs.js';

/** How a piece of text says who is to do it. */
export type Origin =
  /** "Giao Sở A …", "Yêu cầu …", "Đề nghị …" */
  | 'assigned'
  /** "Sở A chủ trì …", "Sở A có trách nhiệm …", "Sở A rà soát …" */
  | 'subject'
  /** "(Sở A chủ trì)", "Cơ quan chủ trì: Sở A" */
  | 'remark';

export interface Assignment {
  origin: Origin;
  leads: NamedAgency[];
  collaborators: NamedAgency[];
  /** Where the words that assign begin. */
  start: number;
  /** Where what is to be done begins. */
  bodyStart: number;
  person: boolean;
  /** The words go on with a colon or end: what is to be done comes in the list below. */
  heading: boolean;
}

/** Reads who is told to do what a sentence, or part of one, says. */
export class AssignmentReader {
  /**
   * @param addressees to whom the document goes, whom it later calls "nêu trên"
   * @param aboveCommittee the issuer stands above the province's People's Committee, which it tells what to do
   */
  constructor(
    private readonly agencies: AgencyReader,
    private readonly addressees: readonly NamedAgency[],
    private readonly aboveCommittee: boolean,
  ) {}

  /** @returns null when the text names nobody */
  read(m: MappedText): Assignment | null {
    return this.assigned(m) ?? this.subject(m) ?? inCase(m) ?? this.remark(m);
  }

  /** "Sở A đã hoàn thành …": what somebody did, who is no lead by that. */
  reports(m: MappedText): boolean {
    const list = this.agencies.listAt(m, skipAdverbs(m.folded, 0));
    return list !== null && states(m, list.end);
  }

  /** Agencies that are to be worked with, wherever the text says so. */
  collaborators(m: MappedText): NamedAgency[] {
    const found: NamedAgency[] = [];
    for (const match of m.folded.matchAll(
      /(?<![a-z])(?:(?:phoi hop|ket hop)(?: chat che| thuc hien)?(?: cung voi| voi| cung|:)?|chu tri,? cung(?: voi)?) (?=\S)/g,
    )) {
      const list = this.agencies.listAt(m, match.index + match[0].length);
      if (list) add(found, list.agencies);
    }
    return found;
  }

  /** A text that is nothing but agencies, as a heading above their duties: "Đối với các sở, ban, ngành". */
  heading(text: MappedText): Assignment | null {
    const m = part(text, 0, LEADING_TO_LIST.exec(text.folded)?.index ?? text.text.length);
    const opening =
      /^(?:doi voi|ve phia|giao|yeu cau|de nghi|nhiem vu cua|trach nhiem cua)? ?/.exec(m.folded)?.[0] ?? '';
    const list = this.agencies.listAt(m, opening.length);
    if (!list) return plainBody(m, opening.length);
    const read = this.roles(m, list, 0, opening.startsWith('giao') ? 'assigned' : 'subject');
    if (read.heading) return read;
    const last = matchAt(LAST_BODY, m.folded, list.end);
    if (last && !dutyAt(m.folded, list.end + last[0].length + 4)) {
      const name = m.text.slice(list.end + last[0].length).replace(/[: ]+$/, '');
      return {
        ...read,
        leads: [...read.leads, { code: null, name }],
        bodyStart: m.text.length,
        heading: true,
      };
    }
    const which = list.agencies.length === 1 ? matchAt(WHICH, m.folded, list.end) : null;
    const start = officeAt(m, opening.length)?.end ?? opening.length;
    if (!which || !/^(?:(?:UBND|Ủy ban nhân dân) )?các /iu.test(m.text.slice(start))) return null;
    const end = list.end + which[0].length;
    const name = m.text.slice(start, end).replace(/^Các/, 'các').replace(LEADING_ON, '');
    return { ...read, leads: [{ code: null, name }], bodyStart: end, heading: true };
  }

  private assigned(m: MappedText): Assignment | null {
    for (const match of m.folded.slice(0, FURTHEST * 2).matchAll(VERB)) {
      // "giáo dục", "giáo viên" look the same without diacritics.
      if (match[0].startsWith('giao') && /^giáo/i.test(m.text.slice(match.index))) continue;
      const list = this.agencies.listAt(m, match.index + match[0].length);
      const before = m.folded.slice(0, match.index);
      // "chỉ đạo" is what agencies themselves do, unless a leader does it.
      const soft =
        /^(?:chi dao|don doc|luu y|nhac nho)/.test(match[0]) &&
        (!LEADER.test(before) || DEPARTMENT.test(before) || this.isOwnSubject(m, match.index));
      if (!list || soft || isSaidBefore(m, list.start) || this.isOfPartners(m, list, match.index)) continue;
      if (isGiven(m, before, list)) return this.roles(m, list, 0, 'assigned');
      if (mayAssign(before) || this.isSubject(m, match.index))
        return this.roles(m, list, match.index, 'assigned');
    }
    return null;
  }

  /** "Ban Quản lý A yêu cầu nhà thầu …": what it asks of those who work for it is its own duty. */
  private isOfPartners(m: MappedText, { agencies }: AgencyList, place: number): boolean {
    return (
      agencies.every(({ name }) => PARTNER.test(name)) && !this.assigns(m, 0) && this.isSubject(m, place)
    );
  }

  /** Whether an agency that stands right before a place is who assigns: "Sở A đề nghị …". */
  private isSubject(m: MappedText, place: number): boolean {
    const list = this.agencies.listAt(m, skipAdverbs(m.folded, 0));
    return list !== null && m.folded.slice(list.end, place).replace(COURTESY, '') === ' ';
  }

  /** "Bộ trưởng Bộ A, Bộ trưởng Bộ B tiếp tục chỉ đạo …": they are told to direct, and so lead. */
  private isOwnSubject(m: MappedText, place: number): boolean {
    const start = skipAdverbs(m.folded, 0);
    const list = this.agencies.listAt(m, start);
    return list !== null && !this.assigns(m, start) && skipAdverbs(m.folded, list.end + 1) >= place;
  }

  /** Whether who is named at a place assigns tasks here, rather than has some. */
  private assigns(m: MappedText, place: number): boolean {
    const committee = /^(?:ubnd|uy ban nhan dan)(?![a-z])/.test(m.folded.slice(place, place + 17));
    return isLeader(m, place) && !(committee && this.aboveCommittee);
  }

  private subject(m: MappedText): Assignment | null {
    if (HEARD.test(m.folded)) return null;
    for (const start of this.subjectPlaces(m)) {
      const list = this.agencies.listAt(m, start);
      if (
        !list ||
        isSaidBefore(m, start) ||
        (this.assigns(m, start) && !matchAt(IN_PERSON, m.folded, list.end))
      )
        continue;
      if (states(m, list.end) || matchAt(CONCLUDING, m.folded, list.end)) continue;
      const read = this.roles(m, list, start, 'subject');
      const headed = m.text[list.end] === ':';
      const asked = m.folded.startsWith('doi voi ', start - 8) && matchAt(ASKED, m.folded, read.bodyStart);
      if (asked) return { ...read, origin: 'assigned', bodyStart: read.bodyStart + asked[0].length };
      const acts = headed || read.bodyStart > list.end || dutyAt(m.folded, skipGap(m, read.bodyStart));
      if (acts || actsAfterAdverbial(m, list.end) || (start === 0 && goesOn(m, list.end))) return read;
    }
    return null;
  }

  /** The beginning, and after each comma or colon of an introduction. */
  private *subjectPlaces(m: MappedText): Generator<number> {
    const first = skipAdverbs(m.folded, 0);
    yield 0;
    if (first > 0) yield first;
    const addressed = matchAt(/(?:doi voi|ve phia) /y, m.folded, first);
    if (addressed) yield first + addressed[0].length;
    const topic = /^[^.;:()]{3,120}: /.exec(m.folded);
    if (topic) yield topic[0].length;
    const which = NAMED_IN_BRACKETS.exec(m.folded);
    if (which) yield which[0].length;
    if (!INTRODUCTION.test(m.folded)) return;
    for (const { 0: gap, index } of m.folded.slice(0, FURTHEST).matchAll(/[,:] | thi /g))
      yield index + gap.length;
  }

  private roles(m: MappedText, list: AgencyList, start: number, origin: Origin): Assignment {
    const above = matchAt(SAID_ABOVE, m.folded, list.end);
    const read: Assignment = {
      origin,
      leads: list.chiefs.length > 0 ? list.chiefs : above ? this.saidAbove(list) : [...list.agencies],
      collaborators:
        list.chiefs.length > 0 ? list.agencies.filter((agency) => !list.chiefs.includes(agency)) : [],
      start,
      bodyStart: list.end + ((above ?? matchAt(THE_REST, m.folded, list.end))?.[0].length ?? 0),
      person: list.person,
      heading: false,
    };
    for (let step = 0; step < 8; step += 1) {
      const end = this.roleEnd(m, read);
      if (end === null) break;
      read.bodyStart = end;
    }
    const rest = m.folded.slice(read.bodyStart);
    read.heading =
      /^[ .:;,]*$/.test(rest) ||
      (rest.length < 200 &&
        /^[ ,]*(?:theo|can cu|trong pham vi|tren co so)[^.;]*:? ?$/.test(rest) &&
        !dutyAt(m.folded, skipGap(m, read.bodyStart)));
    return read;
  }

  /** "Chủ tịch UBND các tỉnh, thành phố nêu trên": the committees among the addressees, where they are named. */
  private saidAbove({ agencies }: AgencyList): NamedAgency[] {
    const committees = agencies.every(({ name }) => COMMITTEE.test(name));
    const meant = this.addressees.filter(({ name }) => committees && COMMITTEE.test(name));
    return meant.length > 0 ? meant : [...agencies];
  }

  /** Reads one more role; null when what is to be done begins. */
  private roleEnd(m: MappedText, read: Assignment): number | null {
    const place = read.bodyStart;
    const lead = matchAt(LEAD_ROLE, m.folded, place) ?? passiveAt(m, place);
    if (lead) return place + lead[0].length;
    const work = matchAt(WORK_WITH, m.folded, place);
    const partners = work && this.agencies.listAt(m, place + work[0].length);
    if (work && partners) {
      add(read.collaborators, partners.agencies);
      return partners.end;
    }
    const others = this.agencies.listAt(m, skipGap(m, place));
    const together = others && matchAt(COLLABORATING, m.folded, others.end);
    if (others && together && place < others.start) {
      add(read.collaborators, others.agencies);
      return others.end + together[0].length;
    }
    const responsible = matchAt(RESPONSIBLE, m.folded, place);
    return responsible && place + responsible[0].length;
  }

  private remark(m: MappedText): Assignment | null {
    const before =
      / \((?=[^()]{3,200}\)[.;]?$)|(?:(?:co quan|don vi|bo phan)? ?chu tri(?: thuc hien| tham muu)?: ?|(?:co quan|don vi|bo phan)(?: (?:thuc hien|dau moi|duoc giao|chiu trach nhiem)){1,2}: ?|[(, ]do |\((?:giao )?| [-–] )/g;
    for (const match of m.folded.matchAll(before)) {
      const list = this.agencies.listAt(m, match.index + match[0].length);
      if (!list) continue;
      const lead = matchAt(LEAD_ROLE, m.folded, list.end) ?? matchAt(IN_CHARGE, m.folded, list.end);
      const alone =
        match[0].startsWith(' ') &&
        /^(?: [-–] |[.;]?$|(?:,? (?:xong|hoan thanh|truoc|trong|thoi (?:han|gian)|han) [^()]{2,80})?\)[.;]?$)/.test(
          m.folded.slice(list.end),
        );
      if (!lead && !alone && !/: ?$/.test(match[0])) continue;
      const read = this.roles(m, list, 0, 'remark');
      return { ...read, bodyStart: 0, heading: false };
    }
    return null;
  }
}

/** Adds agencies that are not there yet. */
export function add(to: NamedAgency[], agencies: readonly NamedAgency[]): void {
  for (const agency of agencies) if (!to.some((known) => known.name === agency.name)) to.push(agency);
}
