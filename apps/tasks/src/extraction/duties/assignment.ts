import type { AgencyList, AgencyReader, NamedAgency } from '../agencies/agency-reader.js';
import { isCapital, isSmall, type MappedText, matchAt } from '../text/mapped-text.js';
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

const VERB =
  /(?<![a-z])(?:giao|yeu cau|de nghi|phan cong|chi dao|uy quyen|don doc|kinh de nghi|kinh mong|luu y|trung tap|nhac nho)(?: nhiem vu)?(?: trach nhiem)?(?: cho)?:? (?=\S)/g;
/** Words after which "giao", "yêu cầu" … are no assignment of this document. */
const REFUSING =
  /(?:theo|cua|duoc|da|cac|nhung|su|nhiem vu|phoi hop|bang|co|tiep|muc dich|ban|chuyen|tham muu|trinh|kien nghi|de xuat|noi dung|dap ung|tham muu (?:ubnd|uy ban nhan dan) tinh|tham muu chu tich (?:ubnd|uy ban nhan dan) tinh|huong dan|to chuc|kip thoi|tham quyen|va|khi co|neu co) $/;
/** "nhiệm vụ được Chính phủ giao": it was assigned elsewhere. */
const DONE_BY = /(?<![a-z])(?:duoc|do|ma|da) [^,;:.]{2,60} $/;
/** What may come before the words that assign: an adverbial, or who assigns. */
const INTRODUCTION =
  /^(?:can cu|tren co so|cham nhat|muon nhat|truoc|tu |sang|chieu|hang|dinh ky|trong|sau khi|khi|de |nham|doi voi|ve |theo|thuc hien|truoc mat|tu nay|den |quy|thang|ngay|noi dung|nhiem vu|cac noi dung|rieng|thoi gian toi|ben canh|cung voi|dong thoi|ngoai ra|tai |xet|qua |voi |neu |ke tu |nhan duoc |moi |vao |hoan thanh |cung |nhu vay|vi vay|do do|do vay|tiep tuc|thong nhat|dong y|nhat tri|co ban|viec|lien quan|ho so|van de|de xuat|kien nghi|phan|cong tac|du an|de an|truong hop)/;
const LEADER =
  /(?:(?:pho )?chu tich(?: thuong truc)?(?: (?:ubnd|uy ban nhan dan))?(?: (?:tinh|thanh pho|huyen|xa|phuong))?|(?:ubnd|uy ban nhan dan) (?:tinh|thanh pho|xa|phuong|huyen)|(?:pho )?thu tuong(?: chinh phu)?|chinh phu|ban chi dao(?: [a-z]+){0,6}|thuong truc [a-z ]{3,40}|ban thuong vu [a-z ]{3,30}|bo truong|giam doc so|toi|so [a-z, -]{3,45}|bo [a-z, -]{3,45}|van phong [a-z ]{3,30})(?: [\p{L}[\]]+){0,5}? (?:cung )?$/u;
/** Departments direct those below them: that is their own duty. */
const DEPARTMENT = /(?:^|[,;] )(?:so|bo(?! truong)|van phong) [a-z, -]{2,45} $/;
/** Who assigns, and so is no lead by being the subject of a sentence. */
const LEADER_NAME =
  /(?:(?:(?:pho )?chu tich |thuong truc )?(?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan) (?:tinh|thanh pho)|(?:(?:pho )?chu tich|(?:cac )?(?:pho )?thu tuong|chinh phu|quoc hoi|(?:thuong truc )?(?:tinh|thanh) uy|ban thuong vu [a-z]+ uy|ban bi thu|bo chinh tri)(?: chinh phu| ubnd| uy ban)?)(?![a-z0-9])(?!(?: (?:ubnd|uy ban nhan dan)| nhan dan)? (?:xa|phuong|dac khu|huyen|cac|cap)(?![a-z]))/y;
/** They are leads all the same where the sentence says what they do themselves. */
const IN_PERSON =
  /(?: theo [^,:;.]{3,60})?,? (?:truc tiep|co trach nhiem|chiu trach nhiem|phu trach)(?![a-z])/y;
/** What was or is; told by diacritics, since "vẫn" and "vận động", "còn" and "con" look the same without. */
const STATED =
  /^[ ,]*(?:(?:cũng |vẫn )?(?:đã|chưa|đang|còn|vẫn)(?!\p{L})|được |là (?:một|những|hai)|da |chua |dang )/iu;
/** Words after an agency's name that begin no verb of duty: what it is, has, was given, or belongs to. */
const NO_VERB =
  /^(?:của|thuộc|tại|ở|trong|ngoài|về|và|với|cùng|cho|từ|theo|trên|dưới|nơi|do|để|nhằm|là|có|bị|được|không(?! (?:được|để|xin|giao|bố trí|thực hiện))|rất|luôn|mới|vừa|hiện|cũng|vẫn|đã|chưa|đang|còn|cơ bản|nhưng|nên|khi|nếu|như|nhận được|nỗ lực|tích cực|nêu|này|đó|trình tại|đề xuất tại|năm|tháng|quý|ngày|khóa|tỉnh|thành|xã|phường|huyện|cấp|liên|giai|các|những|một|gồm|hoặc|hay|thì|mà|vì|bởi|sau|trước|đến|tới|kể|căn cứ)(?!\p{L})/u;
const LEAD_ROLE =
  /[ ,;:]*(?:va )?(?:(?:la|lam) (?:co quan|don vi)?,? ?)?(?:dau moi,? )?(?:dong )?chu tri(?: thuc hien)?(?![a-z])/y;
const WORK_WITH =
  /[ ,;:(]*(?:va )?(?:chu dong |tiep tuc |tang cuong |chu tri,? )?(?:phoi hop|ket hop)(?: chat che| thuc hien)?(?:,? (?:cung voi|voi|cung|va))? ?(?=\S)|[ ,;]*(?:cung voi|cung) (?=\S)/y;
const COLLABORATING = /[ ,]*(?:cung )?(?:tham gia )?phoi hop(?![a-z])(?! (?:voi|cung))/y;
const BETWEEN =
  /[ ,]*(?:theo|can cu|tren co so|trong pham vi|bang|voi) (?:(?:chuc nang,? nhiem vu|nhiem vu|chuc nang|tham quyen|linh vuc phu trach)(?: duoc (?:giao|phan cong))?(?: cua (?:minh|don vi|nganh))?(?:,? ?)|[^,:;.]{3,120}(?:, ?|:? ?(?=$)))/y;
const RESPONSIBLE =
  /[ ,:]*(?:co trach nhiem|chiu trach nhiem|co nhiem vu|khan truong|tiep tuc|truc tiep|(?:la|lam) (?:co quan |don vi )?(?:dau moi|thuong truc)(?: [a-z]+){0,3}?(?=,| tham muu| theo doi| tong hop| don doc| huong dan))(?![a-z])/y;
/** Which of a group are meant, in a heading: "Các đơn vị | được kiểm tra". */
const WHICH = / (?:duoc|tham gia|thuoc dien|co) [a-z ,]{2,80}(?=:? ?$)/y;
const SAID_BEFORE =
  /(?:(?:cac|nhung|hai|ba|\d{1,2}) )?(?:so|nganh|co quan|don vi|dia phuong)(?:(?:,| va) (?:nganh|don vi|dia phuong)){0,2} (?:nay|tren|neu tren|noi tren)(?![a-z])/y;
/** Who opens a list of tasks for others: "Trưởng Ban Chỉ đạo | kết luận như sau:". */
const CONCLUDING =
  /[ ,]*(?:da )?(?:thong nhat )?(?:ket luan|chi dao|chi thi|yeu cau|quyet nghi|quyet dinh|co y kien|thong bao|de nghi|dien|giao)(?![a-z])[^.;]{0,80}: ?$/y;
/** Where an introduction of one sentence is still looked over. */
const FURTHEST = 420;

/** Reads who is told to do what a sentence, or part of one, says. */
export class AssignmentReader {
  constructor(private readonly agencies: AgencyReader) {}

  /** @returns null when the text names nobody */
  read(m: MappedText): Assignment | null {
    return this.assigned(m) ?? this.subject(m) ?? this.remark(m);
  }

  /** Agencies that are to be worked with, wherever the text says so. */
  collaborators(m: MappedText): NamedAgency[] {
    const found: NamedAgency[] = [];
    for (const match of m.folded.matchAll(
      /(?<![a-z])(?:phoi hop|ket hop)(?: chat che)?(?: cung voi| voi| cung)? (?=\S)/g,
    )) {
      const list = this.agencies.listAt(m, match.index + match[0].length);
      if (list) add(found, list.agencies);
    }
    return found;
  }

  /** A text that is nothing but agencies, as a heading above their duties: "Đối với các sở, ban, ngành". */
  heading(m: MappedText): Assignment | null {
    const opening =
      /^(?:doi voi|ve phia|giao|yeu cau|de nghi|nhiem vu cua|trach nhiem cua)? ?/.exec(m.folded)?.[0] ?? '';
    const list = this.agencies.listAt(m, opening.length);
    if (!list) return null;
    const read = this.roles(m, list, 0, opening.startsWith('giao') ? 'assigned' : 'subject');
    if (read.heading) return read;
    const which = list.agencies.length === 1 ? matchAt(WHICH, m.folded, list.end) : null;
    if (!which || !/^các /i.test(m.text.slice(opening.length))) return null;
    const end = list.end + which[0].length;
    const name = m.text.slice(opening.length, end).replace(/^Các/, 'các');
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
        (!LEADER.test(before) || DEPARTMENT.test(before));
      if (
        list &&
        !soft &&
        !isSaidBefore(m, list.start) &&
        (mayAssign(before) || this.isSubject(m, match.index))
      )
        return this.roles(m, list, match.index, 'assigned');
    }
    return null;
  }

  /** Whether an agency that stands right before a place is who assigns: "Sở A đề nghị …". */
  private isSubject(m: MappedText, place: number): boolean {
    const list = this.agencies.listAt(m, skipAdverbs(m.folded, 0));
    return list !== null && list.end + 1 === place;
  }

  private subject(m: MappedText): Assignment | null {
    for (const start of this.subjectPlaces(m)) {
      const list = this.agencies.listAt(m, start);
      if (!list || isSaidBefore(m, start) || (isLeader(m, start) && !matchAt(IN_PERSON, m.folded, list.end)))
        continue;
      if (STATED.test(m.text.slice(list.end, list.end + 60)) || matchAt(CONCLUDING, m.folded, list.end))
        continue;
      const read = this.roles(m, list, start, 'subject');
      const headed = m.text[list.end] === ':';
      const acts = headed || read.bodyStart > list.end || dutyAt(m.folded, skipGap(m, read.bodyStart));
      if (acts || this.actsAfterAdverbial(m, list.end) || (start === 0 && goesOn(m, list.end))) return read;
    }
    return null;
  }

  private actsAfterAdverbial(m: MappedText, end: number): boolean {
    const between = matchAt(BETWEEN, m.folded, end);
    return between !== null && dutyAt(m.folded, skipGap(m, end + between[0].length));
  }

  /** The beginning, and after each comma or colon of an introduction. */
  private *subjectPlaces(m: MappedText): Generator<number> {
    const first = skipAdverbs(m.folded, 0);
    yield 0;
    if (first > 0) yield first;
    const addressed = matchAt(/(?:doi voi|ve phia) /y, m.folded, first);
    if (addressed) yield first + addressed[0].length;
    const topic = /^[^,.;:()]{3,100}: /.exec(m.folded);
    if (topic) yield topic[0].length;
    if (!INTRODUCTION.test(m.folded)) return;
    for (const match of m.folded.slice(0, FURTHEST).matchAll(/[,:] /g)) yield match.index + 2;
  }

  private roles(m: MappedText, list: AgencyList, start: number, origin: Origin): Assignment {
    const read: Assignment = {
      origin,
      leads: list.chiefs.length > 0 ? list.chiefs : [...list.agencies],
      collaborators:
        list.chiefs.length > 0 ? list.agencies.filter((agency) => !list.chiefs.includes(agency)) : [],
      start,
      bodyStart: list.end,
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

  /** Reads one more role; null when what is to be done begins. */
  private roleEnd(m: MappedText, read: Assignment): number | null {
    const place = read.bodyStart;
    const lead = matchAt(LEAD_ROLE, m.folded, place);
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
      const lead = matchAt(LEAD_ROLE, m.folded, list.end);
      const alone = match[0].startsWith(' ') && /^(?: [-–] |[.;]?$|\)[.;]?$)/.test(m.folded.slice(list.end));
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

function skipGap(m: MappedText, place: number): number {
  return place + (/^[ ,;:]+/.exec(m.folded.slice(place, place + 6))?.[0].length ?? 0);
}

/** A verb that the list of duties does not have: small letters right after the agency that begins the sentence. */
function goesOn(m: MappedText, end: number): boolean {
  return m.text[end] === ' ' && isSmall(m.text[end + 1]) && !NO_VERB.test(m.text.slice(end + 1, end + 20));
}

/** "Đơn vị này", "các cơ quan nêu trên": who was told last, so that nobody else is named here. */
const isSaidBefore = (m: MappedText, place: number): boolean =>
  matchAt(SAID_BEFORE, m.folded, place) !== null;

function isLeader(m: MappedText, place: number): boolean {
  const match = matchAt(LEADER_NAME, m.folded, place);
  if (!match) return false;
  // "UBND tỉnh Lâm Đồng" is one of many, told what to do by others.
  const end = place + match[0].length;
  return !(/(?:tinh|pho)$/.test(match[0]) && m.text[end] === ' ' && isCapital(m.text[end + 1]));
}

/** Whether "giao", "yêu cầu" … after these words assigns, rather than reports that somebody else did. */
function mayAssign(before: string): boolean {
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
