/** Expressions of time in folded text. A scanner reads 1 as "l" and 0 as "o", so that these count as digits in dates. */
const DIGITS = '[0-9lo]{1,2}';
const YEAR = '[0-9lo]{4}';
/** "thắng lợi" is no month, though its letters look like "tháng 10". */
const ALONE = '(?![a-z0-9/])';
const NUMERIC = `(?<day>${DIGITS}) ?[/.-] ?(?<month>${DIGITS})(?: ?[/.-] ?(?<year>${YEAR}))?${ALONE}`;
const IN_WORDS = `(?<wday>${DIGITS}) thang (?<wmonth>${DIGITS})(?:(?:,? nam | ?[/-] ?)(?<wyear>${YEAR}))?${ALONE}`;
const MONTH = `(?:(?<part>dau|giua|cuoi|het|nua dau|nua cuoi|tuan dau|tuan cuoi|tuan (?:thu )?(?:[1-5]|nhat|hai|ba|tu|nam)|dau tuan|thuong tuan|trung tuan|ha tuan)(?: cua)? )?thang (?:\\d{1,2} ?[-–] ?(?=\\d{1,2}(?!\\d)))?(?<mmonth>${DIGITS})(?:(?: ?[/-] ?|,? nam )(?<myear>${YEAR}))?${ALONE}`;
const QUARTER = `(?:quy (?:iv|i{1,3}|[1-4])(?:,| va| ?[-–]) ?(?:quy )?)?(?<qpart>dau |cuoi |het )?(?:quy )(?<quarter>iv|i{1,3}|[1-4])(?![a-z0-9])(?:(?: ?[/-] ?|,? nam | )(?<qyear>${YEAR})(?![0-9]))?`;
const HALF = `0?(?<half>[69]) thang (?<halfpart>dau|cuoi) nam(?: (?<hyear>${YEAR}))?`;
const WHOLE_YEAR = `(?<ypart>dau |giua |cuoi |het )?nam (?<yyear>\\d{4})`;
const PRESENT = `(?<ppart>dau |cuoi |het )?(?<unit>tuan|thang|quy|nam) (?<which>nay|toi|sau)(?![a-z0-9])|(?<=(?<![a-z])trong )(?<bare>tuan|thang|quy)(?=[.;,)]|$)`;

/** Any stated day, month, quarter or year; the named groups say which. */
/** "các ngày 08 và | 09/9/2026": the days before the last one. */
const EARLIER_DAYS = '(?:\\d{1,2}(?:, ?| va (?:ngay )?| ?[-–] ?)){0,5}';
const CALENDAR_WEEK = '(?<=(?<![a-z])trong )tuan (?:thu )?(?<week>\\d{1,2})(?![0-9/]| ?thang)';

const ANY_TIME = `(?<named>ngay ?${EARLIER_DAYS})?(?:${NUMERIC}|${IN_WORDS})|${HALF}|${MONTH}|${QUARTER}|${WHOLE_YEAR}|${PRESENT}|${CALENDAR_WEEK}`;
export const TIME = new RegExp(`(?<![a-z0-9/.])(?:${ANY_TIME})`, 'g');
/** "tháng 12 năm 2026 | và tháng 01 năm 2027": done by the end of the later. */
export const AND_ALSO = new RegExp(
  `(?: va|,) (?:trong )?(?:${MONTH}|${QUARTER}|(?:nam )?(?<yyear>\\d{4})(?![0-9]|[/.]\\d))`,
  'y',
);

/** Hour and weekday that may stand between "trước" and the date. */
const HOUR = `(?:(?:luc |hoi )?${DIGITS} ?(?:h|gio|g) ?(?:[0-9lo]{2})?(?: phut)?,? ?)?`;
const WEEKDAY = `(?:(?:sang|chieu|het|cuoi|dau gio|buoi sang|buoi chieu|thu (?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat),? ?(?:\\()?){0,3}`;
const UP_TO_DATE = `${HOUR}${WEEKDAY}(?:ngay ?${EARLIER_DAYS})?\\(?`;
/**
 * Words that end at a place (lastIndex). A lookbehind is matched from its end to its beginning, so that looking at a
 * place costs no more than the words that stand there.
 */
const upTo = (words: string): RegExp => new RegExp(`(?<=((?<![a-z])${words}))`, 'y');

const TO = '(?:den|toi|[-–])';

/** What comes right before a time that must be kept to, and whether the time itself is still in it. */
export const BEFORE = upTo(`truoc(?: moc| thoi diem| thoi han| het| khi ket thuc)? ${UP_TO_DATE}`);
/** "trước Quốc khánh 02/9", "trước ngày khai giảng (05/9/2026)": right before the day of what is named. */
export const BEFORE_FEAST = upTo(
  `truoc (?:(?:dip )?(?:le|quoc khanh|khai giang|tet|dai hoi|hoi nghi|ky hop|nam hoc)|(?:dip )?ngay [a-z]{1,8})(?: [a-z]{1,8}){0,6},? ?\\(?(?:ngay )?`,
);
export const HOURLY = new RegExp(`^truoc (?:luc )?${DIGITS} ?(?:h|gio|g)`);
export const DUE_WORDS: readonly RegExp[] = [
  BEFORE,
  upTo(`(?:cham nhat|muon nhat|tre nhat)(?: la| vao| den| trong| het){0,2} ${UP_TO_DATE}`),
  upTo(`han ?: ?(?:ngay )?`),
  upTo(`khong (?:qua|muon hon|cham hon|tre hon|de qua) ${UP_TO_DATE}`),
  upTo(
    `(?:thoi (?:han|gian|diem)|tien do|han (?:cuoi|chot|hoan thanh))(?:(?! cua| tu ) [a-z]{1,8}){0,3}:? ?(?:la |den |den het |het |trong |vao )?${UP_TO_DATE}`,
  ),
  upTo(`(?:hoan thanh|xong|ket thuc|ban hanh)(?: [a-z]{1,8}){0,2}: ?(?:trong |den het |den )?${UP_TO_DATE}`),
  upTo(
    `(?:hoan thanh|xong|hoan tat|ket thuc|thuc hien|trinh|bao cao|ban hanh|phan dau|ra mat|khai truong|to chuc|khoi cong|khanh thanh)(?: [a-z]{1,8}){0,3} (?:den het|den|het|trong|vao|vao dip) ${UP_TO_DATE}`,
  ),
  upTo(
    `(?:dua vao (?:su dung|van hanh|khai thac|hoat dong)|hoat dong|van hanh|hoan thanh(?: toan bo)?|mo thau|khoi cong|khanh thanh|khai mac|khai truong|thong xe|ban giao|ra mat|thuc hien)(?: chinh thuc)? ${UP_TO_DATE}`,
  ),
  upTo(`trong(?: thoi gian| dip| khoang| noi trong)? (?:cac )?${UP_TO_DATE}`),
  upTo(`(?:vao|vao dip|dip|nhan dip|kip(?: thoi)?(?: vao)?) ${UP_TO_DATE}`),
  upTo(`(?:dat|giam|nang|tang)(?: [a-z0-9,%]{1,12}){1,10} den(?: het)? ${UP_TO_DATE}`),
  upTo(`tuan (?:tu )?(?:ngay )?[0-9/]{1,5} ?(?:-|–|den) ?`),
  upTo(`(?:trong|tai) (?:phien|ky) hop(?: [a-z]{1,8}){0,3} `),
  upTo(`dip [^.;()]{2,60}[-–(,:] ?${UP_TO_DATE}`),
  upTo(`(?:bao dam|dam bao)(?: [a-z]{1,8}){0,2} den(?: het)? ${UP_TO_DATE}`),
  upTo(`(?<=^|[:;,.] )(?:den|toi)(?: het)? ${UP_TO_DATE}`),
  upTo(`tu nay (?:cho )?(?:den|toi)(?: het)? ${UP_TO_DATE}`),
  upTo(`tu ${HOUR}(?:ngay )?[0-9/.-]{1,10}(?: thang \\d{1,2}(?: nam \\d{4})?)? ${TO}(?: het)? ${UP_TO_DATE}`),
  upTo(`tu (?:thang|quy) (?:[0-9]{1,2}|[ivx]{1,3})(?:(?: nam |[/ ])\\d{4})? ${TO}(?: het)? ${UP_TO_DATE}`),
];

/** "phủ sóng … đến hết | quý II/2027", where nothing follows; "tính đến hết …" is of figures. */
export const UNTIL_END = /(?<!(?:tinh|chot|lieu) )(?:den|toi)(?: het)?(?: ngay)? $/;

/** "trình … giữa tháng 6": a part of a month or quarter needs no other word beside such a verb. */
export const DONE_IN = /(?:trinh|bao cao|hoan thanh|xong|to chuc|ban hanh|khoi cong|gui)[a-z ,]{0,60}$/;

/** A day that belongs to a document, or begins something. */
export const OTHER_DAY =
  /(?:(?<![a-z])so \d|\d ?\/ ?[a-z]|(?<![a-z])(?:tu|ke tu|sau|den|luat|nghi (?:quyet|dinh)|quyet dinh|thong bao|cong van|to trinh|ket luan|thong tu|van ban)(?![a-z]))[^,;]{0,60}$/;

/** A time in brackets of its own: "(ngày 18/5/2026)". */
export const IN_BRACKETS = /\((?:du kien )?(?:vao )?(?:ngay )?$/;
/** When something begins; told by diacritics, since "thử từ" looks like "thứ tư" without. */
export const BEGINNING = /(?<!\p{L})từ (?:ngày )?$/iu;
/** When something begins or began, or which document is meant. */
export const NOT_DUE =
  /(?:(?<![a-z])(?:tu|sau|ke tu|bat dau|so voi|tinh den|tinh tu|cua|hop|phien|hoi)(?: het)? (?:ngay )?|(?:giai doan|nhiem ky|ky hop|dau nam|cung ky|ket qua|ke hoach|so lieu|von|du toan|nhiem vu|chi tieu|muc tieu) (?:trong |cuoi |giua )?)$/;

export const RECURRENT: readonly RegExp[] = [
  /(?<![a-z0-9])(?:dinh ky )?0?(?<interval>[1-9]\d?) (?<unit>tuan|thang|quy|nam)(?: ?\/ ?| )(?:0?1 |mot )?lan(?![a-z])/g,
  /(?<![a-z])(?:dinh ky |vao )?(?:hang|moi) (?<unit>tuan|thang|quy|nam|ngay)(?![a-z])/g,
  /dinh ky 0?(?<interval>[1-9]\d?) (?<unit>tuan|thang|quy|nam)(?![a-z])/g,
  /dinh ky (?:vao )?ngay [^,.;:]{2,40} (?:cua|trong)(?: moi| hang)? (?<unit>thang|quy|nam)(?! ?\d)/g,
  /dinh ky theo (?<unit>tuan|thang|quy|nam)(?![a-z])/g,
  /truoc ngay \d{1,2}(?: cua)?,? thang (?:dau|giua|cuoi|thu \w{1,3})(?: cua)? (?<unit>quy)(?! (?:[iv]+|\d))/g,
];

/** A length of time from an event on. */
export const PERIOD =
  /(?:trong(?: thoi han| vong| thoi gian)?|sau|cham nhat(?: sau| la| trong)?|khong qua|thoi han(?: la)?)(?: toi da| khong qua)? 0?(?<count>\d{1,3}) (?<unit>ngay|tuan|thang|gio)(?<working> lam viec)?,? (?:ke |tinh )?(?:tu|sau)(?: thoi diem| ngay| khi)? (?<event>[^,.;:()]{2,80})/g;
/** "trong 07 ngày tới": from the day of the document on. */
export const DAYS_TO_COME =
  /(?<![a-z])trong(?: thoi han| vong)? 0?(?<count>\d{1,3}) (?<unit>ngay|tuan|thang)(?<working> lam viec)? toi(?![a-z])/g;
/** Events that happen on the day of the document. */
export const OWN_DAY = /^(?:ngay )?(?:ky|ban hanh|co hieu luc|thong bao nay)/;

/** No date, but a time all the same. */
export const OPEN_PHRASE =
  /(?:thuc hien khi [^,.;]{3,80}|thuc hien theo (?:yeu cau|lo trinh|huong dan) [^,.;]{3,80}|theo lo trinh [^,.;]{3,80}|trong \d{1,3} gio [^,.;]{3,60})/;
/** "trước 18 giờ cùng ngày": the day is the one stated before. */
export const SAME_DAY =
  /(?<![a-z])(?:truoc|cham nhat|trong)(?: luc)?(?: \d{1,2} ?(?:h|gio)(?: ?\d{2})?)? cung ngay(?![a-z])/g;

export const NO_EXTENSION =
  /khong (?:xin |duoc |de nghi |cho )?(?:phep )?(?:gia han|lui|keo dai|dieu chinh (?:tien do|thoi (?:han|gian)))(?: them)?/;
