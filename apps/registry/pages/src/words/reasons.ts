import { useLanguage } from './language.js';

/** What records say of themselves in English, once and for all: a sealed record is never written anew. */
const VIETNAMESE: ReadonlyMap<string, string> = new Map([
  ['no permission for this subject', 'không có quyền trên chủ đề này'],
  ['login without a credential', 'đăng nhập không kèm thông tin xác thực'],
  ['login with a key that was never issued', 'đăng nhập bằng khóa chưa từng được cấp'],
  ['login with a revoked credential', 'đăng nhập bằng thông tin xác thực đã bị thu hồi'],
  ['login with an expired credential', 'đăng nhập bằng thông tin xác thực đã hết hạn'],
  [
    'login without the secret of the credential, or with an altered or replaced one',
    'đăng nhập không có khóa bí mật đúng: thiếu, bị sửa hoặc đã được thay',
  ],
  ['there is no such grant', 'không có thỏa thuận chia sẻ này'],
  ['the grant is for another agency', 'thỏa thuận dành cho cơ quan khác'],
  ['the grant is for query', 'thỏa thuận chỉ cho phép truy vấn'],
  ['the grant is for sync', 'thỏa thuận chỉ cho phép đồng bộ'],
  ['the grant is for package', 'thỏa thuận chỉ cho phép nhận gói dữ liệu'],
  ['the grant is suspended', 'thỏa thuận đang tạm dừng'],
  ['the grant is withdrawn', 'thỏa thuận đã chấm dứt'],
  ['outside the days of the grant', 'ngoài thời hạn của thỏa thuận'],
  ['the grant is for another method', 'thỏa thuận dành cho phương thức khác'],
  ['for another agency', 'dành cho cơ quan khác'],
  ['nothing that this agency may see', 'không có gì mà cơ quan này được xem'],
  ['no token', 'không có mã truy cập'],
  [
    'the token is forged, expired or of another issuer',
    'mã truy cập bị giả mạo, đã hết hạn hoặc do máy chủ khác cấp',
  ],
  ['the token lacks the scope', 'mã truy cập không có quyền cần thiết'],
  [
    'the bus no longer has these reports of acknowledgements, and this log has not recorded them',
    'trục dữ liệu không còn các báo nhận này và nhật ký chưa kịp ghi',
  ],
  [
    'the stream of acknowledgements was made anew; whether it held further reports is not known',
    'luồng báo nhận đã được tạo lại; không biết trước đó còn báo nhận nào không',
  ],
  ['the stream was made anew since', 'luồng đã được tạo lại sau đó'],
  ['no longer on the stream', 'không còn trên luồng'],
  ['the stream is gone', 'luồng không còn'],
]);

/** A reason in Vietnamese; one that this page does not know stays as the record says it. */
export function inVietnamese(reason: string): string {
  return VIETNAMESE.get(reason) ?? reason;
}

export function useReason(): (reason: string) => string {
  return useLanguage() === 'vi' ? inVietnamese : (reason) => reason;
}
