/**
 * Collective addressees, folded, with their code in the reference list; null: such a group is not in it. The first
 * expression that matches the longest text wins.
 */
const COMMUNES = '(?:xa|phuong|dac khu|thi tran)';
const AND = '(?:,| va|,? va|;) ';
const UBND = '(?:ubnd|uy ban nhan dan)';
const OF_PROVINCE =
  '(?: (?:tren dia ban(?: toan)?(?: tinh| thanh pho)?|trong(?: toan)? tinh|cua tinh|cap tinh|toan tinh|thuoc tinh|tinh|truc thuoc(?: tinh| ubnd tinh)?))?';
const CONCERNED = '(?: (?:co )?lien quan)?';

interface Group {
  code: string | null;
  expression: RegExp;
}

const group = (code: string | null, source: string): Group => ({
  code,
  expression: new RegExp(`(?:${source})(?![a-z0-9])`, 'y'),
});

const BODY =
  '(?:co quan|don vi|to chuc|ca nhan|doan the|doanh nghiep|so|ban|nganh|phong|dia phuong|chu dau tu|nha thau|phong ban)';

export const GROUPS: readonly Group[] = [
  group(
    'CSBN',
    `(?:cac )?(?:so|co so)(?:, ban)?(?:,| va|, va)? nganh(?:, doan the)?${OF_PROVINCE}${CONCERNED}(?: o tinh)?|cac so${AND}nganh`,
  ),
  group(
    'UBNDCX',
    `(?:${UBND} )?(?:cac )${COMMUNES}(?:${AND}${COMMUNES}){0,3}${OF_PROVINCE}${CONCERNED}|${UBND} cap xa${OF_PROVINCE}|${UBND} ${COMMUNES}(?:${AND}${COMMUNES}){1,3}|cap xa|chinh quyen cap xa`,
  ),
  group('CCQLQ', `(?:cac )?${BODY}(?:${AND}${BODY}){0,5} (?:co )?lien quan|(?:cac )?ben lien quan`),
  group('CCQDV', `(?:cac )?co quan(?:,| va) don vi`),
  group('CDP', `(?:cac )?dia phuong`),
  group(
    'DVSNTT',
    `(?:cac )?don vi su nghiep(?: (?:tinh|cong lap truc thuoc ubnd tinh|truc thuoc ubnd tinh|truc thuoc))?`,
  ),
  group(
    null,
    `cac bo(?:${AND}(?:ban|nganh|co quan ngang bo|co quan thuoc chinh phu|co quan trung uong|co quan|dia phuong)){0,6}(?: trung uong)?${CONCERNED}|bo${AND}nganh(?:${AND}(?:trung uong|dia phuong))?`,
  ),
  group(
    null,
    `${UBND} (?:cac|\\d{1,2}) (?:tinh|huyen|quan|thi xa|thanh pho|dia phuong|cap)(?:${AND}(?:tinh|huyen|quan|thi xa|thanh pho|xa|phuong)){0,4}(?: truc thuoc trung uong)?${OF_PROVINCE}${CONCERNED}`,
  ),
  group(
    null,
    `cac tinh(?:${AND}thanh pho)?(?: truc thuoc trung uong)?${CONCERNED}|cac huyen(?:${AND}(?:thi xa|thanh pho)){0,3}`,
  ),
  group(null, `(?:${UBND}|hdnd|hoi dong nhan dan)(?: va (?:ubnd|uy ban nhan dan))? cac cap`),
  group(
    null,
    `cac to chuc chinh tri ?[-–] ?xa hoi(?: tinh| cap tinh)?|cac doan the(?: chinh tri ?[-–] ?xa hoi)?(?: tinh)?|cac hoi(?:, doan the)?|cac to chuc tin dung|cac co quan (?:bao chi|thong tan, bao chi|thong tin dai chung|truyen thong)(?: cua tinh)?|cac truong(?: dai hoc| cao dang| pho thong| hoc| tieu hoc| trung hoc(?: co so| pho thong)?| mam non| thcs| thpt){0,2}(?:, (?:tieu hoc|trung hoc co so|trung hoc pho thong|thcs|thpt)){0,3}|cac benh vien|cac don vi(?: truc thuoc| thanh vien| chuc nang| thuoc (?:bo|so|tong cuc|cuc|truong))?|cac co quan(?: chuc nang| chuyen mon)?(?: thuoc ubnd tinh)?|cac phong(?:, ban|, don vi)?(?:, trung tam)?(?: (?:truc )?thuoc (?:so|bo|cuc)| truc thuoc)?(?: so)?|cac to chuc, ca nhan|cac to chuc|cac so|cac ban quan ly du an|cac nha thau|(?:cac )?doanh nghiep vien thong|cac nha mang`,
  ),
  group(
    null,
    `(?:cac )?don vi (?:tu van|thi cong)(?: (?:thiet ke|giam sat|xay dung|xay lap|lap (?:du an|quy hoach)))?|(?:cac )?chu dau tu(?: cac)?(?: cong trinh)?(?:,? du an)?(?: co lien quan)?|cac chu rung|cac chu ho`,
  ),
  group(
    null,
    '(?:cac )?bo truong(?=,)|(?:cac )?(?:thu truong )?co quan ngang bo|(?:cac )?co quan thuoc chinh phu',
  ),
  group(
    null,
    'cac cap uy(?:, (?:to chuc dang|chinh quyen))*(?: (?:truc thuoc(?: tinh uy)?))?|cac ban xay dung dang(?:,? van phong)?(?: cua)?(?: tinh uy)?|(?:ban thuong vu )?dang uy cac (?:xa|phuong)(?:, (?:xa|phuong|dac khu)){0,2}|cac dang uy(?: truc thuoc(?: tinh uy)?| (?:xa|phuong)(?:, (?:xa|phuong|dac khu)){0,2})?|cac co quan tham muu,? giup viec(?: cua)?(?: tinh uy)?',
  ),
  group(
    null,
    'cac ban(?: cua)? (?:hdnd|hoi dong nhan dan)(?: (?:tinh|thanh pho|xa|phuong))?|cac to dai bieu(?: (?:hdnd|hoi dong nhan dan)(?: (?:tinh|thanh pho|xa|phuong))?)?|(?:cac (?:vi )?)?dai bieu (?:hdnd|hoi dong nhan dan)(?: (?:tinh|thanh pho|xa|phuong))?',
  ),
  group('DNDH', `(?:cac )?doanh nghiep (?:dang ky )?dong hanh`),
  group(
    null,
    `(?:cac )?doanh nghiep(?: nha nuoc| nho va vua)?${CONCERNED}|cac tap doan(?:, tong cong ty)?(?: nha nuoc)?(?:, doanh nghiep)?`,
  ),
];
