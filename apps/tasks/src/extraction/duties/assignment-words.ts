export const VERB =
  /(?<![a-z])(?:giao|yeu cau|de nghi|phan cong|chi dao|uy quyen|don doc|kinh de nghi|kinh mong|luu y|trung tap|nhac nho)(?: nhiem vu)?(?: trach nhiem)?(?: cho)?:? (?=\S)/g;
/** Words after which "giao", "yêu cầu" … are no assignment of this document. */
export const REFUSING =
  /(?:theo|cua|duoc|da|cac|nhung|su|nhiem vu|phoi hop|bang|co|tiep|muc dich|ban|chuyen|tham muu|trinh|kien nghi|de xuat|noi dung|dap ung|tham muu (?:ubnd|uy ban nhan dan) tinh|tham muu chu tich (?:ubnd|uy ban nhan dan) tinh|huong dan|to chuc|kip thoi|tham quyen|(?<!^chuyen ho so )va|khi co|neu co) $/;
/** "nhiệm vụ được Chính phủ giao": it was assigned elsewhere. */
export const DONE_BY =
  /(?<![a-z])(?:(?:duoc|do|ma|da) [^,;:.]{2,60}|(?:cong van|van ban|quyet dinh|thong bao|ke hoach|nghi quyet|chi thi|cong dien) so [^,;:]{2,80}) $/;
/** What may come before the words that assign: an adverbial, or who assigns. */
export const INTRODUCTION =
  /^(?:can cu|tren co so|cham nhat|muon nhat|truoc|tu |sang|chieu|hang|dinh ky|trong|sau khi|khi|de |nham|doi voi|ve |theo|thuc hien|truoc mat|tu nay|den |quy|thang|ngay|noi dung|nhiem vu|cac noi dung|rieng|thoi gian toi|ben canh|cung voi|dong thoi|ngoai ra|tai |xet|qua |voi |neu |ke tu |nhan duoc |moi |vao |hoan thanh |cung |nhu vay|vi vay|do do|do vay|tiep tuc|thong nhat|dong y|nhat tri|co ban|viec|lien quan|ho so|van de|de xuat|kien nghi|phan|cong tac|du an|de an|truong hop)/;
export const LEADER =
  /(?:(?:pho )?chu tich(?: thuong truc)?(?: (?:ubnd|uy ban nhan dan))?(?: (?:tinh|thanh pho|huyen|xa|phuong))?|(?:ubnd|uy ban nhan dan) (?:tinh|thanh pho|xa|phuong|huyen)|(?:pho )?thu tuong(?: chinh phu)?|chinh phu|ban chi dao(?: [a-z]+){0,6}|thuong truc [a-z ]{3,40}|ban thuong vu [a-z ]{3,30}|bo truong|giam doc so|toi|so [a-z, -]{3,45}|bo [a-z, -]{3,45}|van phong [a-z ]{3,30})(?: [\p{L}[\]]+){0,5}? (?:cung )?$/u;
/** Departments direct those below them: that is their own duty. */
export const DEPARTMENT = /(?:^|[,;:] )(?:so|bo(?! truong)|van phong) [a-z, -]{2,45} $/;
/** Who assigns, and so is no lead by being the subject of a sentence. */
export const LEADER_NAME =
  /(?:(?:(?:pho )?chu tich |thuong truc )?(?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan) (?:tinh|thanh pho)|(?:(?:pho )?chu tich|(?:cac )?(?:pho )?thu tuong|chinh phu|quoc hoi|(?:thuong truc )?(?:tinh|thanh) uy|ban thuong vu [a-z]+ uy|ban bi thu|bo chinh tri)(?: chinh phu| ubnd| uy ban)?)(?![a-z0-9])(?!(?: (?:ubnd|uy ban nhan dan)| nhan dan)? (?:xa|phuong|dac khu|huyen|cac|cap)(?![a-z]))/y;
/** They are leads all the same where the sentence says what they do themselves. */
export const IN_PERSON =
  /(?: theo [^,:;.]{3,60})?,? (?:truc tiep|co trach nhiem|chiu trach nhiem|phu trach)(?![a-z])/y;
/** What was or is; told by diacritics, since "vẫn" and "vận động", "còn" and "con" look the same without. */
export const STATED =
  /^[ ,]*(?:(?:cũng |vẫn )?(?:đã|chưa|đang|còn(?! lại)|vẫn|sẽ)(?!\p{L})|được |là (?:một|những|hai)|(?:biểu dương|phê bình|hoan nghênh|khen ngợi|đánh giá cao)(?!\p{L})|da |chua |dang )/iu;
/** Words after an agency's name that begin no verb of duty: what it is, has, was given, or belongs to. */
export const NO_VERB =
  /^(?:của|thuộc|tại|ở|trong|ngoài|về|và|với|cùng|cho|từ|theo|trên|dưới|nơi|do|để|nhằm|là|có|bị|được|không(?! (?:được|để|xin|giao|bố trí|thực hiện))|rất|luôn|mới|vừa|hiện|cũng|vẫn|đã|chưa|đang|còn|cơ bản|nhưng|nên|khi|nếu|như|nhận được|nỗ lực|tích cực|nêu|này|đó|trình tại|đề xuất tại|năm|tháng|quý|ngày|khóa|tỉnh|thành|xã|phường|huyện|cấp|liên|giai|các|những|một|gồm|hoặc|hay|thì|mà|vì|bởi|sau|trước|đến|tới|kể|căn cứ)(?!\p{L})/u;
export const LEAD_ROLE =
  /[ ,;:]*(?:va )?(?:(?:la|lam) (?:co quan|don vi)?,? ?)?(?:dau moi,? )?(?:dong |cung )?chu tri(?: thuc hien)?(?![a-z])/y;
/** "Sở A được giao …": passive, and no report when a duty follows. */
export const PASSIVE =
  /[ ,]*(?:se )?duoc (?:giao|phan cong|uy quyen|yeu cau)(?: nhiem vu| trach nhiem)? (?=\S)/y;
/** "Việc … được" before "giao cho Sở A chủ trì". */
export const GIVEN = /^(?:viec|nhiem vu|noi dung|phan viec) [^,;.:]{3,160}(?<!(?:da|dang|tung|chua) )duoc $/;
/** "(đồng chí Phó Chủ tịch | phụ trách kinh tế chủ trì)", "(VNPT Khánh Hòa | thực hiện; …)" in a remark. */
export const IN_CHARGE =
  / (?:(?:phu trach|theo doi)(?: linh vuc| khoi)? [a-z -]{2,40} chu tri(?![a-z])|(?:thuc hien|dam nhiem|tham muu|trien khai|trinh|chuan bi|soan thao|xay dung)(?=[;,)]))/y;
/** "Những nơi có tỷ lệ thấp (gồm: | UBND xã A, …)". */
export const NAMED_IN_BRACKETS =
  /^(?:cac|nhung|mot so|\d{1,3}) [^().;:]{3,120}\((?:bao gom|gom|cu the)(?: co)? ?:? (?=\S)/;
export const WORK_WITH =
  /[ ,;:(]*(?:va )?(?:chu dong |tiep tuc |tang cuong |chu tri,? )?(?:phoi hop|ket hop|p\/h)(?: chat che| thuc hien)?(?:,? (?:cung voi|voi|cung|va))? ?(?=\S)|[ ,;]*(?:cung voi|cung) (?=\S)/y;
export const COLLABORATING = /[ ,]*(?:cung )?(?:tham gia )?phoi hop(?![a-z])(?! (?:voi|cung))/y;
export const BETWEEN =
  /[ ,]*(?:theo|can cu|tren co so|trong pham vi|bang|voi) (?:(?:chuc nang,? nhiem vu(?:,? quyen han)?|nhiem vu(?:,? quyen han)?|chuc nang|tham quyen|linh vuc phu trach)(?: duoc (?:giao|phan cong))?(?: cua (?:minh|don vi|nganh))?(?:,? ?)|[^,:;.]{3,120}(?:, ?|:? ?(?=$)))/y;
/** When, between an agency and what it is to do; "trong quý I đã …" tells what it did. */
export const AT_A_TIME =
  / (?:trong|trước|chậm nhất|đến|từ nay|vào|hằng|hàng|định kỳ) (?:(?!đã|chưa|đang|qua |vừa|,)[^:;.,]){2,50}/y;
export const RESPONSIBLE =
  /[ ,:]*(?:co trach nhiem|chiu trach nhiem|co nhiem vu|khan truong|tiep tuc|truc tiep|(?:la|lam) (?:co quan |don vi )?(?:dau moi|thuong truc)(?: [a-z]+){0,3}?(?=,| tham muu| theo doi| tong hop| don doc| huong dan))(?![a-z])/y;
/** Which of a group are meant, in a heading: "Các đơn vị | được kiểm tra". */
export const WHICH =
  / (?:duoc|tham gia|thuoc|co|chua|khong|nam|chu tri|phu trach|da (?:gui|bao cao|nop|dang ky|ky)) ?[a-z0-9 ,%-]{2,80}(?=:? ?$)/y;
/** Who is no agency, but told what to do all the same, as the whole of a heading. */
export const PLAIN_BODY =
  /(?:(?:cac|nhung|moi) )?(?:chu (?:cac )?(?:tau|rung|ho|co so|phuong tien|xe|trang trai|nuoi|be)|nha dau tu|nguoi (?:dan|lao dong)|nhan dan|ho (?:gia dinh|dan|kinh doanh|nuoi|san xuat)|(?:to )?truong (?:thon|ap|ban|khu pho|to dan pho)|bi thu chi bo|ngu dan|thuong nhan|tieu thuong|can bo|dang vien|cong dan|doi (?:tu quan|tinh nguyen|xung kich)|nhom )(?![a-z])[^.:;()]{0,60}(?=:? ?$)/y;
/** "Sở A, cụ thể như sau:", "Các xã có rừng (chi tiết tại Phụ lục):": the end of a heading. */
export const LEADING_TO_LIST =
  /(?:,? (?:cu the|nhu sau|sau day)(?: nhu sau| la)?| \((?:chi tiet|theo|kem theo|tai phu luc|danh sach|xem)[^()]{0,80}\)){1,2} ?:? ?$/;
/** Between who assigns and the word that assigns: "Sở A | trân trọng | đề nghị …". */
export const COURTESY =
  /(?<![a-z])(?:(?:tran trong|kinh|nhan manh|nhac lai|mot lan nua|tiep tuc|thong nhat|quan triet|luu y)(?:,| va)? ){1,2}$/;
/** What leads from a heading to the list below it. */
export const LEADING_ON =
  / (?:(?:tập trung|khẩn trương|tiếp tục) )?(?:thực hiện|triển khai) (?:các|một số|những) [^:]{2,40}$/u;
export const SAID_BEFORE =
  /(?:(?:cac|nhung|hai|ba|\d{1,2}) )?(?:so|nganh|co quan|don vi|dia phuong)(?:(?:,| va) (?:nganh|don vi|dia phuong)){0,2} (?:nay|tren|neu tren|noi tren)(?![a-z])/y;
export const SAID_ABOVE = / (?:(?:da )?(?:neu|noi|ke|co ten) (?:o )?tren|tren day)(?![a-z])/y;
export const THE_REST =
  / (?:con lai|khac|tren dia ban(?: (?:toan )?(?:tinh|thanh pho|xa|phuong))?)(?![a-z])/y;
/** "Đối với | các đơn vị chưa báo cáo | theo Công văn …, đề nghị khẩn trương gửi …": a group by what it has or lacks. */
export const IN_CASE =
  /^(?:rieng )?doi voi (?=(?:cac|nhung|\d{1,3}) (?:tinh|thanh pho|dia phuong|don vi|co quan|so|xa|phuong|truong|chu dau tu|doanh nghiep|benh vien)(?![a-z]))(?<who>[^,;:.()]{5,90}?)(?: theo [^,;:.()]{2,60})?(?: \([^()]{0,60}\))?, (?:de nghi|yeu cau) (?=\S)/;
/** "Riêng đối với UBND tỉnh A và UBND tỉnh B, | đề nghị | bổ sung …". */
export const ASKED = /,? (?:de nghi|yeu cau) (?=\S)/y;
/** A body that no list of groups has, last in a heading: "Tập đoàn A, | các thương nhân đầu mối". */
export const LAST_BODY =
  /(?:, | va )(?=(?:cac |trung tam |truong |benh vien |vien |tram |phong |chi cuc |cong ty |doanh nghiep |to chuc |hop tac xa |co so |don vi )[a-z ]{2,60}:? ?$)/y;
export const COMMITTEE = /^(?:UBND|Ủy ban nhân dân)/;
/** Who opens a list of tasks for others: "Trưởng Ban Chỉ đạo | kết luận như sau:". */
export const CONCLUDING =
  /[ ,]*(?:da )?(?:(?:thong nhat|tran trong|kinh|nhan manh)(?:,| va)? ){0,2}(?:ket luan|chi dao|chi thi|yeu cau|quyet nghi|quyet dinh|co y kien|thong bao|de nghi|dien|giao|huong dan(?=[^.;]{0,70}(?:nhu sau|sau day|sau) ?: ?$))(?![a-z])[^.;]{0,80}: ?$/y;
/** Whom a meeting heard before it concluded: "Sau khi nghe Sở A, Sở B báo cáo, …:". */
export const HEARD = /^(?:sau khi|qua) (?:nghe|xem xet|thao luan)[^:;]{0,600}: ?$/;
/** Where an introduction of one sentence is still looked over. */
export const FURTHEST = 420;
