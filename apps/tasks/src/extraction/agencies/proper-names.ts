import { isCapital, isSmall, type MappedText, matchAt } from '../text/mapped-text.js';
import { longDutyAt } from '../duties/verbs.js';
import { abbreviatedAt } from './abbreviations.js';
import { sectorAt } from './sectors.js';

/** An agency's own name: where it ends, and its full form when it was written short. */
export interface ProperName {
  end: number;
  /** Full form of an abbreviation ("Sở TC" → "Sở Tài chính"); null: as written. */
  full: string | null;
}

const WORD = /[\p{L}\p{N}&/.'’-]+/uy;
const CAPITAL_RUN = /(?: [\p{Lu}\d][\p{L}\p{N}.'’-]*(?<!\.))+/uy;
const PLACE_SUFFIX = / (?:tinh|thanh pho|tp\.?|huyen|thi xa|quan|xa|phuong|dac khu)(?= )/y;

/** Heads whose name is one of a field of government, then perhaps of a place. */
const SECTOR_HEAD = /(?:so|bo|chi cuc|cuc(?! bo)|tong cuc|nganh) (?=\S)/y;
const COMMITTEE =
  /(?:thuong truc |dang uy |van phong |vp )?(?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan)(?:,? (?:va )?(?:ubnd|uy ban nhan dan))? (?:tinh|thanh pho|tp\.?|huyen|quan|thi xa|xa|phuong|dac khu|thi tran|cap xa|cap tinh)(?![a-z0-9])/y;
const POLICE =
  /cong an (?:tinh|thanh pho|tp\.?|huyen|xa|phuong|dac khu|cap xa|cac (?:xa|don vi)(?:, (?:phuong|dia phuong|dac khu))*)(?![a-z0-9])/y;
/** Names that need nothing after them. */
const WHOLE =
  /(?:dang uy (?:mat tran to quoc|mttq)(?: viet nam)?(?:,| va) cac doan the(?: chinh tri ?- ?xa hoi)?(?: (?:tinh|thanh pho|trung uong))?|thu tuong chinh phu|chinh phu|quoc hoi|tinh uy|thanh uy|ban thuong vu (?:tinh|thanh) uy|thuong truc (?:tinh|thanh) uy|van phong chinh phu|van phong quoc hoi|van phong (?:tinh|thanh) uy|tinh doan|thanh doan|thanh tra (?:tinh|chinh phu|thanh pho|so)|kho bac nha nuoc khu vuc [ivx]+|ngan hang nha nuoc(?: viet nam)?(?: chi nhanh)?(?: khu vuc \d+)?|bao va (?:dai )?phat thanh,? (?:va )?truyen hinh|vpub|vp ubnd)(?![a-z0-9])/y;
/** Heads after which a name goes on in its own words until something that cannot belong to it. */
const OPEN_HEAD =
  /(?:hoi dong (?:tham dinh|tu van|thi dua|boi thuong)|doan (?:kiem tra|giam sat|thanh tra)|to (?:kiem tra|giam sat|tham dinh|giup viec)|van phong|vp|ban chi dao|ban quan ly|bql|bqlda|ban qlda|ban(?! (?:hanh|giao))|trung tam|truong(?! hop)|vien|hoc vien|benh vien|cong ty|tong cong ty|tap doan|ngan hang|kho bac|bao hiem xa hoi|bhxh|hoi dong|hoi(?! (?:nghi|thao|hop|nhap))|hiep hoi|lien hiep|lien doan|lien minh|doan|dai|bao(?! (?:cao|dam|ve|gom|ton|tri))|to cong tac|to(?! chuc)|phong(?!,? (?:ngua|chong|chay))|buu dien|vien thong|dien luc|vnpt|viettel|mobifone|fpt|chi nhanh|bo doi|bo tu lenh|bo chi huy|bo chqs|bch|dang uy|thue(?! (?:tu van|khoan))|chi cuc|cuc(?! bo)|tong cuc|vu(?! viec)|hai quan|thong ke (?:tinh|thanh pho)|toa an|uy ban mat tran|uy ban|tram|nha hat|nha van hoa|thanh tra|mat tran|ubmttq|ubmttqvn|mttq|quy(?! (?:[ivx1-4]+|dinh|hoach|che|mo|trinh))|hop tac xa|htx|cang vu|doi(?! (?:moi|ngu|chieu|voi|tuong))|bao tang|thu vien|thuong truc|vuon|san giao dich|nha may|lien danh|vksnd|tand|cum|khu(?! vuc)|nha xuat ban|tap chi|thong tan xa|kiem toan nha nuoc|hat kiem lam|don bien phong|quan khu|lu doan|cong doan|dang bo|ban can su|xi nghiep|trung uong|huyen uy|tong lien doan|doan thanh nien)(?![a-z0-9])/y;
/** Words that cannot belong to a name. Short ones are told by their diacritics: "cho" is no "chợ", "tại" no "tài". */
const STOP =
  /(?:chu tri|dong chu tri|phoi hop|co trach nhiem|chiu trach nhiem|khan truong|tiep tuc|chu dong|kip thoi|dinh ky|(?<!giao duc )thuong xuyen|truc tiep|bao gom|ket luan|bieu duong|phe binh|ve viec|dong thoi|tich cuc|thuc hien)(?![a-z0-9])/y;
const SHORT_STOP =
  /(?:có|cùng|với|để|theo|là|được|đã|chưa|đang|bằng|từ|trước|sau|khi|nhằm|sớm|cần|phải|tại|do|nghe|cho|trong(?! nước)|trực(?! thuộc)|làm|này|gồm|ngay|nếu|vào|hàng(?! (?:không|hải|hóa))|hằng|sẽ|thay|nhận|trình|gửi|cử|lập|đưa|ký|họp|nộp|chuyển|xin|giao(?! (?:thông|dịch|tiếp|lưu))|chọn|tìm|trả|xét|mời|mở)(?![\p{L}\p{N}])/uy;
/** Nouns whose last syllable looks like one of these verbs: "các công trình", "trường công lập". */
const NOUN_ENDING =
  /(?:cong trinh|chuong trinh|quy trinh|hanh trinh|giao trinh|van chuyen|day chuyen|cong lap|doc lap|hoc lap|viec lam|khoa hop|to hop|dang ky|dai bieu|thuc hanh|du lieu mo|dong bang)$/;
const OWNER = / (?:thuoc|truc thuoc|cua(?! khau)) /y;
const ROW_OF_FIELDS = /\p{Lu}\p{Ll}+(?: \p{Ll}+){0,2} và (?=\p{Lu}\p{Ll})/uy;
const BODIES =
  /(?:cac|nhung|moi|tung) (?:chi bo|chi hoi|ap|khom|xom|buon|to dan pho|to chuc|thon|to|khu|cum|hop tac xa|ngan hang|truong|benh vien|vien|trung tam|cong ty|tong cong ty|hiep hoi|hoi|tap doan|nha mang|luc luong|doanh nghiep|phong|don vi|co quan|chi cuc|cuc|vu|ban quan ly|ban|co so|dai|bao|nha dau tu|nha thau|doan|giam doc|truong phong|to truong|can bo|cong chuc|giao vien)(?![a-z0-9])/y;
const CAPITAL_AFTER_COMMA = /(?:the thao|du lich|truyen hinh|phat thanh|cong nghe|thuong binh)(?![a-z0-9])/y;
/** Nouns made of words that are verbs elsewhere: "dự án đầu tư xây dựng các công trình". */
const NOUN_PAIR =
  /(?:dau tu(?: va)?(?: xay dung)?|xay dung|quan ly(?: va)?(?: khai thac| van hanh)?|bao ve|phat trien|ho tro|phong chong|thong tin|chuyen doi(?: so)?|cai cach|doi moi|ung pho|kiem soat|giam sat|dieu hanh|phuc vu)(?![a-z0-9])/y;
const NOUN_BEFORE = /(?:du an|dau tu|quan ly|va|ban|quy|trung tam|cong ty|cong nghe|ve) $/;
/** What a name ends with: "Ban Quản lý dự án đầu tư … tỉnh | hoàn thiện". */
const LAST_WORD = / (?:tinh|thanh pho|phuong|viet nam)$/;
const AFTER_LAST =
  /(?:uy|doan|hoi|doi|truc thuoc|va(?! cac)|chi nhanh|khu vuc|tinh|thanh pho|xa|phuong|dac khu)(?![a-z])/y;
/** Two capitals, as of a place, end a name: "Công ty Điện lực Nghệ An | khôi phục"; unless it soon has one more. */
const PLACE_BEFORE = / \p{Lu}\p{Ll}+ (?!Chỉ$)\p{Lu}\p{Ll}+$/u;
const GOES_ON =
  /(?:(?:thành )?phố|tỉnh|xã(?! hội)|phường|và|đồng nhân dân|(?:\p{Ll}+ ){1,3}(?:\p{Lu}|tỉnh|thành phố|và ))/uy;
/** "Phân hiệu | tại Quảng Trị". */
const BRANCH = / (?:phan hieu|chi nhanh|co so|van phong dai dien)$/;
const MOST_WORDS = 24;
const LONGEST_HEADED = 110;

/** The name of an agency that begins at a place with a capital letter; null when none does. */
export function properNameAt(m: MappedText, place: number): ProperName | null {
  if (!isCapital(m.text[place])) return null;
  return (
    abbreviatedAt(m, place) ??
    sectorName(m, place) ??
    fixed(m, place, COMMITTEE) ??
    fixed(m, place, POLICE) ??
    fixed(m, place, WHOLE) ??
    openName(m, place)
  );
}

function fixed(m: MappedText, place: number, expression: RegExp): ProperName | null {
  const match = matchAt(expression, m.folded, place);
  if (!match) return null;
  const end = place + match[0].length;
  const station = /(?:truyen hinh|(?:tinh|thanh) (?:uy|doan))$/.test(match[0])
    ? matchAt(CAPITAL_RUN, m.text, end)
    : null;
  const ours = /truyen hinh$/.test(match[0])
    ? matchAt(/ (?:tinh|thanh pho)(?= [a-z])/y, m.folded, end)
    : null;
  const named = station ?? (localityEnd(m, end) === end ? ours : null);
  return { end: named ? end + named[0].length : localityEnd(m, end), full: null };
}

function sectorName(m: MappedText, place: number): ProperName | null {
  const head = matchAt(SECTOR_HEAD, m.folded, place);
  if (!head) return null;
  const start = place + head[0].length;
  const sector = sectorAt(m.folded, start);
  const sectors = /^(?:so|bo) $/.test(head[0]);
  if (sector && sectors) {
    const full = `${m.text.slice(place, start)}${sector.name}`;
    const end = localityEnd(m, sector.end);
    return { end, full: full + m.text.slice(sector.end, end) };
  }
  // "Bộ Chỉ huy quân sự", "Bộ đội Biên phòng" go on in their own words.
  if (
    /^(?:bo (?:chi huy|chqs|tu lenh|doi)|chi cuc|cuc(?! bo)|tong cuc|nganh)/.test(
      m.folded.slice(place, place + 12),
    )
  )
    return null;
  const run = matchAt(CAPITAL_RUN, m.text, start - 1);
  return sectors && run ? { end: localityEnd(m, start - 1 + run[0].length), full: null } : null;
}

/** End of the name of a place after "tỉnh", "xã" …: "UBND xã | Hòa Vang", "Sở Tài chính | tỉnh Lâm Đồng". */
function localityEnd(m: MappedText, end: number): number {
  const run = matchAt(CAPITAL_RUN, m.text, end);
  // A name goes on with its own words only: "UBND tỉnh Quảng Trị", never "Sở Y tế UBND tỉnh".
  if (run && /(?:tinh|pho|tp\.?|huyen|quan|xa|phuong|khu|tran)$/.test(m.folded.slice(0, end).slice(-8))) {
    return end + run[0].length;
  }
  const suffix = matchAt(PLACE_SUFFIX, m.folded, end);
  const place = suffix && matchAt(CAPITAL_RUN, m.text, end + suffix[0].length);
  return suffix && place ? end + suffix[0].length + place[0].length : end;
}

function openName(m: MappedText, place: number): ProperName | null {
  const head = matchAt(OPEN_HEAD, m.folded, place);
  // "Quý Ủy ban" is who a letter speaks to; a fund is a "Quỹ".
  if (/^quý/i.test(m.text.slice(place, place + 3))) return null;
  const headed = head && place === 0 ? nameBeforeColon(m, head[0].length) : null;
  if (headed !== null) return { end: headed, full: null };
  return head && nameFrom(m, place, head[0], /^(?:vnpt|viettel|mobifone|fpt)$/.test(head[0]));
}

/** "Phòng Cảnh sát quản lý hành chính về trật tự xã hội: …": nothing but a name stands before the colon. */
function nameBeforeColon(m: MappedText, from: number): number | null {
  const end = m.text.indexOf(':');
  if (end < from || end > LONGEST_HEADED || /[,;.()]/.test(m.text.slice(0, end))) return null;
  for (let at = m.text.indexOf(' ', from) + 1; at > 0 && at < end; at = m.text.indexOf(' ', at) + 1) {
    if (isAgencyHead(m, at) || stopsName(m, 0, at)) return null;
    if (isVerb(m, at) && !matchAt(NOUN_PAIR, m.folded, at)) return null;
  }
  return end;
}

/** A group of bodies by what they are: "các tổ dân phố", "các cơ sở giáo dục nghề nghiệp". */
export function bodiesAt(m: MappedText, place: number): ProperName | null {
  const head = matchAt(BODIES, m.folded, place);
  return head && nameFrom(m, place, head[0], true);
}

/** @param alone whether the head by itself names somebody, as a firm's own name does and "Ban", "Hội" do not */
function nameFrom(m: MappedText, place: number, head: string, alone: boolean): ProperName | null {
  let end = place + head.length;
  for (let words = 0; words < MOST_WORDS; words += 1) {
    const next = nextWordEnd(m, place, end, words === 0 && !alone);
    if (next === null) break;
    end = next;
  }
  return end === place + head.length && !alone ? null : { end, full: null };
}

/** End of the next word of an open name; null when the name is over. */
function nextWordEnd(m: MappedText, start: number, end: number, first: boolean): number | null {
  const comma = m.text.startsWith(', ', end);
  const blank = comma ? 2 : /^ (?:[-–] )?/.exec(m.text.slice(end, end + 3))?.[0].length;
  if (blank === undefined) return null;
  const at = end + blank;
  const word = matchAt(WORD, m.text, at)?.[0].replace(/[.]+$/, '');
  if (!word) return null;
  const small = isSmall(word[0]);
  if (comma && !(small ? isPlainWord(m, at) : goesOnAfterComma(m, at))) return null;
  if (!small) return isAgencyHead(m, at) && comma ? null : at + word.length;
  if (LAST_WORD.test(m.folded.slice(start, end)) && !matchAt(AFTER_LAST, m.folded, at)) return null;
  if (PLACE_BEFORE.test(m.text.slice(start, end)) && !matchAt(GOES_ON, m.text, at)) return null;
  const noun = matchAt(NOUN_PAIR, m.folded, at);
  if (noun && first) return at + noun[0].length;
  if (word === 'tại' && BRANCH.test(m.folded.slice(start, end)) && isCapital(m.text[at + 4])) return at + 3;
  if (stopsName(m, start, at) || matchAt(OWNER, m.folded, end)) return null;
  if (word === 'và') return afterAnd(m, at + 3) ? at + 2 : null;
  if (noun && NOUN_BEFORE.test(m.folded.slice(Math.max(start, at - 12), at))) {
    return at + noun[0].length;
  }
  if (noun && endsName(m, at + noun[0].length)) return at + noun[0].length;
  return !first && isVerb(m, at) ? null : at + word.length;
}

/** "Viện Kinh tế xây dựng | công bố …": such a word without an object is no verb. */
function endsName(m: MappedText, end: number): boolean {
  return /^(?:[:;,.]|$)/.test(m.text.slice(end, end + 1)) || (m.text[end] === ' ' && isVerb(m, end + 1));
}

/** "Phòng Kinh tế, Hạ tầng và Đô thị" is one; "Công ty A, Sở B và Sở C" are three. */
function goesOnAfterComma(m: MappedText, at: number): boolean {
  if (matchAt(CAPITAL_AFTER_COMMA, m.folded, at)) return true;
  const row = matchAt(ROW_OF_FIELDS, m.text, at);
  return row !== null && !isAgencyHead(m, at) && !isAgencyHead(m, at + row[0].length);
}

/** "Cổ | phần Đầu tư", "Cao | đẳng Kỹ thuật" only look like verbs: those are not written with a capital in between. */
function isVerb(m: MappedText, at: number): boolean {
  return (
    longDutyAt(m.folded, at) &&
    (!isCapital(m.text[m.text.indexOf(' ', at) + 1]) || m.folded.startsWith('cap ', at))
  );
}

function stopsName(m: MappedText, start: number, at: number): boolean {
  if (matchAt(STOP, m.folded, at)) return true;
  const short = matchAt(SHORT_STOP, m.text, at);
  return short !== null && !NOUN_ENDING.test(m.folded.slice(start, at + short[0].length));
}

function isPlainWord(m: MappedText, at: number): boolean {
  return (
    !isVerb(m, at) &&
    !stopsName(m, at, at) &&
    !/^(?:cac|va|so|ban|don vi|co quan|dia phuong|ubnd|to chuc|doanh nghiep|chu dau tu) ?/.test(
      m.folded.slice(at, at + 14),
    )
  );
}

/** Whether what follows "và" can go on with the same name. */
function afterAnd(m: MappedText, at: number): boolean {
  if (isAgencyHead(m, at)) return false;
  return (
    isCapital(m.text[at]) ||
    /^cac (?:khu|cum|cong trinh|san pham|dich vu)/.test(m.folded.slice(at, at + 20)) ||
    (isPlainWord(m, at) && !/^cac /.test(m.folded.slice(at, at + 4)))
  );
}

function isAgencyHead(m: MappedText, at: number): boolean {
  if (!isCapital(m.text[at])) return false;
  const head = matchAt(OPEN_HEAD, m.folded, at);
  return (
    (head !== null &&
      /^(?:[A-ZĐ]{2,}|\S+ )/u.test(m.text.slice(at)) &&
      !/^(?:bao|to|doi|quy|khu|phong|doan|thue(?! (?:tu van|khoan))|thong ke)$/.test(head[0])) ||
    matchAt(COMMITTEE, m.folded, at) !== null ||
    matchAt(POLICE, m.folded, at) !== null ||
    matchAt(WHOLE, m.folded, at) !== null ||
    (matchAt(SECTOR_HEAD, m.folded, at) !== null && /^(?:so|bo) /.test(m.folded.slice(at, at + 3)))
  );
}
