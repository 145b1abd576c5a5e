import { matchAt } from '../text/mapped-text.js';

/** First words of what a directive has somebody do, folded. Adverbs that come before such words are in {@link ADVERBS}. */
const VERBS =
  `an dinh|ap dung|ban giao|ban hanh|bao cao|bao dam|bao ve|bien soan|bo sung|bo tri|boi duong|cam ket|can cu|
can doi|cap nhat|cap phat|cham dut|chap hanh|chi dao|chi tra|chia se|chiu trach nhiem|cho y kien|chon|chu dong|chu tri|
chuan bi|chuan hoa|chuyen doi|chuyen|cu|bam sat|lanh dao|nang|tong ve sinh|cong nhan|bien che|nhan dien|tham dinh|chot|chi tra|khen thuong|co bien phap|co giai phap|co ke hoach|co phuong an|co trach nhiem|co van ban|
cong bo|cong khai|cung cap|cung co|cung ung|dam bao|dang ky|dang tai|danh gia|dao tao|day manh|day nhanh|
de xuat|di doi|dien|dieu chinh|dieu chuyen|dieu hanh|dieu tra|dinh huong|doi chieu|doi moi|doi thoai|don doc|don gian hoa|
du bao|dua|duy tri|ghi nhan|gia cong|giai ngan|giai phong|giai quyet|giai trinh|giam sat|giam|giao|gioi thieu|giu|giu vung|giu gin|giu lien lac|giu thong tin lien lac|gui|
gop y|han che|ho tro|hoan chinh|hoan thanh|hoan thien|hoan tat|hop dong|hop|huong dan|huy dong|keu goi|khac phuc|
khai bao|khai thac|khan truong|khao sat|khoanh vung|khoi cong|khoi phuc|khong de|khuyen khich|kiem diem|kiem ke|kiem soat|
kiem tra|kiem toan|kien nghi|kien toan|ket noi|ket thuc|ky ket|ky|ky cam ket|lam ro|lam sach|lam viec|lam|lan toa|lap|lay y kien|
len ke hoach|len phuong an|lien he|long ghep|lua chon|lien thong|mo|mua sam|nam bat|nam chac|nang cao|nang cap|nghiem cam|
nghiem tuc|nghiem thu|nghien cuu|nhan rong|nhap|niem yet|nop|ngan chan|on dinh|pha duyet|phai|phan anh|phan bo|phan cap|phan cong|
phan loai|phan tich|phan dau|phat dong|phat hanh|phat hien|phat huy|phat trien|phe duyet|pho bien|phoi hop|phong ngua|phoi hop to chuc|
quan ly|quan tam|quan triet|quy dinh|quyet dinh|quyet liet|quyet toan|ra quan|ra mat|ra soat|rut kinh nghiem|sap xep|san sang|
sao gui|sat nhap|so hoa|so ket|so tan|sua chua|sua doi|su dung|tai cau truc|tao dieu kien|tao lap|tap hop|tap huan|tap trung|
tang cuong|tham dinh|tham gia|tham muu|thanh lap|thanh toan|thanh tra|tham tra|thao go|theo doi|thi cong|thiet lap|thong bao(?! cao)|
thong ke|thong nhat|thong tin|thu hoi|thu thap|thu hut|thuc hanh|thuc hien|thuc day|tich cuc|tich hop|tiep can|tiep nhan|
tiep thu|tiep tuc|tim|tinh gian|tinh toan|to chuc|toi uu|tong hop|tong ket|tra loi|tra soat|tranh thu|trien khai|trinh|truc|trung tu|
trung cau|tu van|tu choi|tung buoc|tuyen chon|tuyen dung|tuyen truyen|tuan tra|uu tien|ung dung|ung pho|ung truc|van dong|van hanh|vao cuoc|
ve sinh|xac dinh|xac minh|xac nhan|xay dung|xem xet|xet|xin|xoa|xu ly|xu phat|xuc tien|yeu cau|quan trac|phong chong|phuc vu|phuc hoi|
dam nhiem|dong hanh|doc thuc|dau thau|dau tu|dau noi|dau gia|dau tranh|dong chu tri|dong bo|goi|han che|hieu chinh|hien dai hoa|khac phuc|lap dat|mo rong|nghi|
quy hoach|tham van|thay the|trang bi|tra|trao doi|uy quyen|von hoa|xa hoi hoa|xep loai|chi tra|chung minh|chuyen giao|chinh sua|chinh trang|
phat don|khoi thong|tieu huy|lay mau|ke khai|niem phong|den bu|thuong thao|doi soat|sao luu|va loi|sap nhap|phan khai|thu hep|khanh thanh|siet chat|
tran ap|truy to|canh gac|tuc truc|tich nuoc|gieo trong|tai dan|tai canh|mien giam|tro cap|dong vien|cham diem|bai bo|ton tao|phuc dung|in an|hoi y|lang nghe|ngam hoa|quet don|
thu don|neo dau|kiem dem|ban phao hieu|khu khuan|binh on|but pha|hien ke|neu guong|sap dat|loai bo|keo giam|kiem che|tai lap|co cau lai|cai thien|so sanh|uoc tinh|quy doi|ghi thu|
cap doi|khop noi|gan ma|gan bien|dat ten|danh so|ke ve|tram va|san lap|binh xet|tat toan|thoai von|co phan hoa|dieu dong|tham hoi|dinh chi|dung thi cong|dung hoat dong|dung khai thac|dung tiep nhan|co y kien|cho phep|don dep|gap rut|ghi chep|gia co|giam dinh|giup|hach toan|khai giang|khai mac|khai truong|kich hoat|luan chuyen|phan luong|phong toa|phu song|
quang ba|soan thao|suu tam|tam dung|thao do|thi hanh|tien hanh|tiet kiem|tin hoc hoa|truy thu|truy vet|thong tuyen|ung cuu|chay thu|van dung|dat hang|xuat ban|chi vien|cuu tro|cuu nan|bao tri|bao duong|dap ung|
de cu|dinh gia|gia tang|hap thu|nghiem chinh|quan sat|rut ngan|sang loc|song hanh|tham van|thu gom|tiep xuc|tri an|trien lam|van chuyen|xet xu|xet duyet|xet chon|doi ung|bo nhiem|bo khuyet|cat giam|cat tia|dam phan|
chan chinh|nhac nho|canh bao|canh gioi|cuong che|dinh ky|giai toa|giam thieu|hop tac|luu tru|luu y|mo lop|tang toc|thong tuyen|tru lieu|tu kiem tra|tu danh gia|tu bao dam|tu can doi|
thi diem|chi dinh|xuat cap|cap phep|cap giay|cap ma so|cap tai khoan|cap chu ky|cap hoc ba|cap moi|nao vet|phun khu|dap dap|dap de|cam bien|cam moc|doi sanh|ket luan dut diem|giai the|
tang ca|tang thoi luong|thong xe|ky so|hoan tra|phat quang|lam giau|di tung|thue dich vu|khoanh dinh|do dac|truy quet|mo dot|mo cao diem|thu ngan sach`
    .replace(/\s*\n\s*/g, '')
    .split('|');

/** Words that say how or when something is done, and come before its verb. */
const ADVERBS =
  `khan truong|tiep tuc|chu dong|kip thoi|som|thuong xuyen|dinh ky|tap trung|tich cuc|nghiem tuc|truc tiep|
truoc mat|ve lau dai|dong thoi|song song|nhanh chong|phai|can|can phai|tuyet doi|hang nam|hang thang|hang quy|hang tuan|hang ngay|
quyet liet|kien quyet|quyet tam|day du|thuc hien tot|thuc hien|ngay|lap tuc|dong bo|chat che|sau do|tren co so do|tu do|cung|thi|se|
don vi nay|co quan nay|so nay|dia phuong nay|cac don vi nay|cac co quan nay|cac so nay|cac dia phuong nay|hai don vi nay|cac don vi tren|cac don vi neu tren|cac co quan neu tren|cac co quan, don vi nay|cac co quan, don vi neu tren|dac biet|rieng|ngoai ra|ben canh do|cung voi do|theo do|truoc het|trong do|noi dung nay|va|dong loat|cung thoi gian|khong|chua|toan dien|nghiem|`
    .replace(/\s*\n\s*/g, '')
    .split('|')
    .filter((word) => word !== '');

const longestFirst = (words: readonly string[]): string =>
  [...new Set(words)].sort((a, b) => b.length - a.length).join('|');

const DUTY = new RegExp(`(?!cu (?:the|ly) )(?:${longestFirst(VERBS)})(?![a-z0-9])`, 'y');
const ADVERB = new RegExp(`(?:${longestFirst(ADVERBS)})(?![a-z0-9])[ ,:]*`, 'y');
/** Adverbs before a verb, at most. */
const MOST_ADVERBS = 4;

/** The verbs of more than one syllable, which no part of a name looks like. */
const LONG_DUTY = new RegExp(
  `(?:${longestFirst(VERBS.filter((verb) => verb.includes(' ')))})(?![a-z0-9])`,
  'y',
);

export function longDutyAt(folded: string, place: number): boolean {
  return matchAt(LONG_DUTY, folded, place) !== null;
}

/** End of the adverbs that stand at a place; the place itself when there are none. */
export function skipAdverbs(folded: string, place: number): number {
  let end = place;
  for (let count = 0; count < MOST_ADVERBS; count += 1) {
    const match = matchAt(ADVERB, folded, end);
    if (!match) break;
    end += match[0].length;
  }
  return end;
}

/** Whether words that name a duty stand at a place, adverbs before them allowed. */
export function dutyAt(folded: string, place: number): boolean {
  return matchAt(DUTY, folded, place) !== null || matchAt(DUTY, folded, skipAdverbs(folded, place)) !== null;
}

/** "Trên cơ sở dự toán của Sở A, | tham mưu …": what a duty is done by, or after, up to its comma. */
const BY_WHAT =
  /^(?:(?:theo|can cu|tren co so)(?: cac)? chuc nang,? nhiem vu(?: duoc (?:giao|phan cong))?(?: cua (?:minh|don vi|nganh|co quan))?,? |(?:tren co so|can cu|theo|sau khi|khi|doi voi|de|nham|trong|truoc|cham nhat|ngoai ra|tu) [^,;.:]{2,160}, )(?=\S)/;

/** Whether the words of a clause are a duty, after what it is done by, too. */
export function beginsDuty(folded: string): boolean {
  const mark = /^(?:\([^()]{1,5}\)|[ ,:;.])*/.exec(folded)?.[0].length ?? 0;
  const ground = BY_WHAT.exec(folded)?.[0].length;
  return dutyAt(folded, mark) || (ground !== undefined && dutyAt(folded, ground));
}

/** How a duty is introduced without a comma: by a time, a case, or what an agency is there for. */
const INTRODUCED =
  /^[ ,:]*(?:theo|tren co so|can cu|trong|truoc|cham nhat|khong qua|hang|moi|dinh ky|tu|doi voi|ve|neu|truong hop|dau|giua|cuoi|la (?:co quan|don vi|dau moi)|sau do|voi) /;
const LONGEST_INTRODUCTION = 140;

/** Whether words tell somebody to do something: a duty at their beginning, or soon after a time or a ground. */
export function soundsLikeDuty(folded: string): boolean {
  if (beginsDuty(folded)) return true;
  if (!INTRODUCED.test(folded)) return false;
  for (let at = folded.indexOf(' '); at >= 0 && at < LONGEST_INTRODUCTION; at = folded.indexOf(' ', at + 1)) {
    if (longDutyAt(folded, at + 1)) return true;
  }
  return false;
}

/** How sentences begin that praise, blame, approve, report, or give grounds; folded. */
const STATEMENTS =
  `bieu duong|ghi nhan|danh gia cao|hoan nghenh|khen ngoi|chuc mung|cam on|phe binh|neu (?:qua|khong|de)|qua thoi han|dong y|chap thuan|nhat tri|nhin chung|tuy nhien|
co ban (?:thong nhat|dong y|nhat tri|hoan thanh)|thong nhat (?:chu truong|voi(?! (?:cac )?(?:doanh nghiep|so|bo|cong an|don vi|co quan|ubnd|uy ban|dia phuong|chu dau tu|nha thau))|danh gia|ve|nhan dinh|noi dung|cao)|
ben canh (?:do|nhung|ket qua)|(?:trong )?thoi gian (?:qua|vua qua)|nam qua|den nay|hien nay|hien tai|tinh den|nguyen nhan|
ket qua (?:dat|cho thay|thuc hien den)|qua (?:kiem tra|theo doi|nghe|bao cao|ra soat)|
theo (?:bao cao|ban tin|thong tin|so lieu) (?:cua|tai)|theo de nghi|sau khi nghe|trong qua trinh|
can cu (?:luat|nghi dinh|nghi quyet|quyet dinh|thong tu|hien phap)|xet (?:de nghi|to trinh|noi dung|bao cao)|
dai dien [^:;.]{3,80} (?:bao cao|cho biet|trinh bay|phat bieu|neu(?! cao)|thong tin|kien nghi)|cung du|tham du|du hop|du cuoc hop|so lieu [^;]{0,60}(?:chot|tinh|lay) (?:den|tu)|tran trong(?! (?:kinh )?(?:de nghi|yeu cau))|rat mong|noi nhan|kinh gui|tren day la|v\\/v`.replaceAll(
    '\n',
    '',
  );
const STATEMENT = new RegExp(`^[-*"“( ]*(?:${STATEMENTS})(?![a-z0-9])`);

/** Whether a sentence only states something: it sets no duty unless it assigns one by name. */
export function isStatement(folded: string): boolean {
  return STATEMENT.test(folded);
}

const ATTENDANCE =
  /^(?:cung )?(?:tham du|du(?! (?:thao|toan|an|bao|kien|phong))|thanh phan)(?![a-z])[^,;.:]{0,80}(?<![a-z])(?:co|gom)[ :]/;

/** Whether a sentence only says who took part. */
export function isAttendance(folded: string): boolean {
  return ATTENDANCE.test(folded);
}

/** Closing formulas, and how questions are to be handled: nobody would follow them as a task. */
const FORMULAS: readonly RegExp[] = [
  /^(?:vao |trong )?(?:(?:sang|chieu|toi),? )?(?:cac )?ngay [^:;]{4,220}(?<![a-z])chu tri (?:cuoc|buoi|phien|hoi nghi|hop|toa dam|le |giao ban)/,
  /(?:thong bao|truyen dat) (?!nay(?![a-z])|[^.;]{0,120}(?:ho dan|nguoi dan|nhan dan biet|cong dan|du khach|phu huynh))(?:y kien|ket luan|den|de|noi dung)?[^.;]{0,250}(?:biet|thuc hien|trien khai)/,
  /^(?:truong hop|neu)(?: de)? (?:cham|khong hoan thanh)[^.;]{0,160}chiu trach nhiem (?:truoc|ve)/,
  /chiu trach nhiem (?:thi hanh|thuc hien) (?:quyet dinh|nghi quyet|chi thi) nay/,
  /can cu (?:quyet dinh|nghi quyet|chi thi)[^.;]{0,40} thi hanh/,
  /^[^,;.]{0,100} co hieu luc (?:thi hanh )?(?:ke )?tu/,
  /^(?:nghi quyet|quyet dinh|chi thi|ke hoach)(?: nay)? (?:da )?duoc [^;]{0,150} thong qua/,
  /^(?:thong bao|cong van|van ban)(?: ket luan)? nay thay(?: the)?(?: cho)? (?:van ban|cong van|y kien)/,
  /trong qua trinh [^.;]{0,80}(?:vuong mac|phat sinh|kho khan)/,
  /^(?:moi (?:thong tin|vuong mac|y kien|chi tiet)|thong tin (?:chi tiet|ho tro|them)) [^.;]{0,100}lien he/,
  /neu co (?:kho khan|vuong mac|phat sinh)/,
  /^(?:ngoai ra,? |dong thoi,? )?(?:luu y|chu y) (?:mot so|cac|nhung) (?:viec|noi dung|diem|van de)[^.;:]{0,40}: ?$/,
  /tran trong(?! (?:kinh )?(?:de nghi|yeu cau))|rat mong/,
  /de nghi (?:cac|quy|thu truong) [^.;]{0,80}quan tam,? phoi hop[ ./]*$/,
  /de nghi (?:cac|quy|thu truong) [^.;]{0,120}(?:quan tam|nghiem tuc)[^.;]{0,40}(?:trien khai|thuc hien)(?:\.|\/|$| thuc)/,
  /yeu cau [^.;]{0,120}nghiem tuc (?:trien khai )?(?:thuc hien|trien khai)(?: (?:cac noi dung tren|(?:cong dien|chi thi|ke hoach|thong bao) nay))?[ ./]*$/,
];

export function isFormula(folded: string): boolean {
  return FORMULAS.some((formula) => formula.test(folded));
}
