/** Headings of parts that set goals, give grounds or tell what was done. */
export const IDLE_HEADING =
  /^(?![^.;:]{0,100}(?: va|,) (?:(?:cac |mot so )?(?:nhiem vu|giai phap|phuong huong|bien phap)|trong tam)(?![a-z]))(?:(?:ve )?(?:muc dich|muc tieu|yeu cau(?=,| chung| cu the|[ :.]*$)|quan diem|can cu|danh gia|tinh hinh|ket qua|ton tai|han che|nguyen nhan|thuc trang|su can thiet|boi canh|(?:cac )?chi tieu(?! (?:giao|phan))|pham vi|doi tuong|giai thich tu ngu|phan thu nhat|uu diem|nhung ket qua|nhan dinh)(?![a-z])|thanh phan(?: (?:tham (?:du|gia)|du hop|lam viec))?[ :.]*$)/;
/** How the headings begin of what is to be done, which end a part that sets goals or tells what was done. */
export const WORK_HEADING =
  /^(?:ve )?(?:(?:cac |mot so |nhung )?(?:nhiem vu|giai phap|cong viec|noi dung (?:cong viec|can|chi dao|thuc hien))|trong tam|phuong huong|(?:trong )?(?:thoi gian|tuan|thang|quy|nam) toi|to chuc thuc hien|trien khai|phan cong|trach nhiem|de nghi|kien nghi|yeu cau|chi dao|ket luan)(?![a-z])[^.;,!?]{0,80}$/;
/** "2. Yêu cầu: các cơ quan xác định rõ …" in such a part is its label, and asks nobody. */
export const LABEL = /^(?:muc dich|yeu cau|muc tieu|quan diem)(?: chung| cu the)? ?:/;
/** What is behind time or was reached, as the introduction of a list that nobody is told to do. */
export const REPORTED =
  /(?<![a-z])(?:qua han|tre han|cham (?:tien do|muon|so voi)|chua (?:hoan thanh|thuc hien|dat)|ton tai|han che|da (?:hoan thanh|dat|giao))[^:]{0,60}: ?$/;
/** "Thực hiện Thông báo số … giao các địa phương hoàn thành trước ngày X, Chủ tịch UBND tỉnh yêu cầu:": times of what an introduction rests on, up to its last comma, are not its own. */
export const GROUND =
  /^(?:thuc hien|can cu|theo|xet|tiep theo|trien khai)(?![a-z])[^:]{0,600}, (?=[^,:]{0,200}: ?$)/;
export const DEMANDING =
  /(?<![a-z])(?:yeu cau|de nghi|giao|ket luan|chi dao|chi thi|quyet (?:nghi|dinh)|tap trung|trien khai)[^:]{0,60}: ?$/;
/** "Sở A: 15 nhiệm vụ" counts; it tells nobody to do anything. */
export const COUNT =
  /^[^:;.]{3,120}: ?(?:con |co )?\d{1,5}(?:[./]\d{1,3})? (?:nhiem vu|van ban|ho so|du an|cong trinh|truong hop|don vi|y kien|vu|chi tieu)(?![a-z])/;
export const HEADING_TIME = /(?<![a-z])(?:hoan thanh|xong|thoi (?:han|gian)|truoc|cham nhat|han)(?![a-z])/;
export const DETAILS =
  /(?:lam ro|neu ro|noi dung gom|luu y|chu y|trong do co|the hien ro|xac dinh ro)[^:]{0,40}: ?$/;
/** Work without an end, which a time for everything above it does not close. */
export const CONTINUOUS = /^[ ,:]*(?:thuong xuyen|lien tuc)(?![a-z])/;
export const ADDRESSEE = /(?<![a-z])quy (?:co quan|don vi|so|ban|dia phuong|uy ban|vien|truong)(?![a-z])/;
