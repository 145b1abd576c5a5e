import { isCapital, type MappedText, matchAt } from '../text/mapped-text.js';

const COMRADE = /(?:giao |cac )?(?:(?:cac )?dong chi|d\/c|ong|ba)(?: \(ba\))? /y;
/** Who heads an agency stands for it: "Giám đốc Sở Tài chính" is Sở Tài chính. */
const HEAD_OF =
  /(?:(?:cac )?thanh vien(?= (?:ban|to|hoi dong|doan) )|thu truong|nguoi dung dau|lanh dao(?= (?:cac|so|bo|ubnd|uy ban|van phong|cong an|thanh tra|ban|phong|trung tam|cuc) )|bi thu, chu tich|tong giam doc|giam doc|chu tich|bo truong, chu nhiem|bo truong|thong doc|tong thanh tra|chu nhiem|cuc truong|chi cuc truong|vien truong|hieu truong|chi huy truong|bi thu|tong bien tap|truong phong|truong|chanh)(?: cac)? (?=\S)/y;
/** Deputies act for themselves: they are named by their office. */
const DEPUTY =
  /(?:(?:cac )?pho thu tuong(?: thuong truc)?(?: chinh phu)?|pho chu tich(?: thuong truc)? (?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan) (?:tinh|thanh pho|xa|phuong|huyen)|pho giam doc so(?= (?:phu trach|truc tiep|theo doi|chu tri))|pho (?:giam doc|chanh van phong)(?: (?:so|ubnd|van phong ubnd) [^,.;:(]{2,40}?(?= (?:chu tri|truc tiep|phu trach|chi dao|theo doi|chiu)|[,.;:(]))?)(?![a-z0-9])/y;
const PERSON = /(?:\[[^\]]{1,20}\]|\p{Lu}[\p{L}.]*(?: \p{Lu}[\p{L}.]*){1,4})/uy;

/** What stands before the name of an agency: forms of address, a person's name, the office of its head. */
export interface OfficePrefix {
  /** Where the agency's name should begin. */
  end: number;
  /** Office that is named itself ("Phó Chủ tịch UBND tỉnh"), never a person; null: the agency follows. */
  office: string | null;
  /** A person is named; the name itself is not kept. */
  person: boolean;
}

/** Reads over persons and offices before an agency; null when there is nothing of the kind. */
export function officeAt(m: MappedText, place: number): OfficePrefix | null {
  const comrade = matchAt(COMRADE, m.folded, place);
  let end = place + (comrade?.[0].length ?? 0);
  let person = false;
  if (comrade && !startsOffice(m, end)) {
    const name = matchAt(PERSON, m.text, end);
    if (!name) return null;
    person = true;
    end += name[0].length;
    const gap = /^(?:,? ?[-–]? ?|, )(?=\S)/.exec(m.text.slice(end, end + 4));
    end += gap?.[0].length ?? 0;
  }
  const deputy = matchAt(DEPUTY, m.folded, end);
  if (deputy) {
    const office = m.text.slice(end, end + deputy[0].length);
    return { end: end + deputy[0].length + personAfter(m, end + deputy[0].length), office, person };
  }
  const head = headAt(m, end);
  if (head) return { end: end + head[0].length - (head[0].endsWith('cac ') ? 4 : 0), office: null, person };
  return comrade ? { end, office: null, person } : null;
}

function startsOffice(m: MappedText, place: number): boolean {
  return headAt(m, place) !== null || matchAt(DEPUTY, m.folded, place) !== null;
}

/** The office of who heads an agency; "Trường" (school) looks like "Trưởng" (head) without its diacritics. */
function headAt(m: MappedText, place: number): RegExpExecArray | null {
  const head = matchAt(HEAD_OF, m.folded, place);
  return head && /^trường/i.test(m.text.slice(place, place + 6)) ? null : head;
}

/** Length of a person's name right after an office: "Phó Thủ tướng Chính phủ Nguyễn …". */
function personAfter(m: MappedText, place: number): number {
  if (m.text[place] !== ' ' || !(isCapital(m.text[place + 1]) || m.text[place + 1] === '[')) return 0;
  const name = matchAt(PERSON, m.text, place + 1);
  return name ? name[0].length + 1 : 0;
}
