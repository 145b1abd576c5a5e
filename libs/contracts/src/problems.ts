/** Texts a problem code is answered with; `{name}` is replaced from the problem's parameters. */
export interface ProblemText {
  title: string;
  detail: string;
}

export interface ProblemDefinition {
  status: number;
  vi: ProblemText;
  en: ProblemText;
}

/** Refusal with a stable code; libs/http renders it as RFC 9457 problem+json in the caller's language. */
export class ProblemError extends Error {
  constructor(
    readonly definition: ProblemDefinition,
    readonly code: string,
    readonly parameters: Readonly<Record<string, string | number>> = {},
    /** Extension members of the problem document, for example `errors` by field. Never internals. */
    readonly extensions: Readonly<Record<string, unknown>> = {},
  ) {
    super(code);
    this.name = 'ProblemError';
  }
}

/**
 * Declares a family of problems once: `const problems = defineProblems({ 'task-not-found': {...} })`, then
 * `throw problems('task-not-found', { id })`. Codes are frozen once published; texts may improve.
 */
export function defineProblems<Codes extends Record<string, ProblemDefinition>>(definitions: Codes) {
  return (
    code: keyof Codes & string,
    parameters?: Record<string, string | number>,
    extensions?: Record<string, unknown>,
  ): ProblemError => new ProblemError(definitions[code]!, code, parameters, extensions);
}

/** Problems any service may answer. */
export const COMMON_PROBLEMS = {
  'bad-request': {
    status: 400,
    vi: {
      title: 'Yêu cầu không hợp lệ',
      detail: 'Yêu cầu không đọc được. Kiểm tra lại định dạng JSON và mã hóa UTF-8.',
    },
    en: { title: 'Bad request', detail: 'The request cannot be read. Check its JSON and UTF-8 encoding.' },
  },
  'validation-failed': {
    status: 400,
    vi: { title: 'Dữ liệu không hợp lệ', detail: 'Có {count} trường chưa đúng; xem danh sách "errors".' },
    en: { title: 'Validation failed', detail: '{count} field(s) are wrong; see "errors".' },
  },
  'unacceptable-value': {
    status: 400,
    vi: {
      title: 'Giá trị không lưu được',
      detail: 'Có giá trị mà hệ thống không lưu được. Kiểm tra lại nội dung đã gửi.',
    },
    en: { title: 'Unacceptable value', detail: 'A value cannot be stored. Check what was sent.' },
  },
  'invalid-cursor': {
    status: 400,
    vi: {
      title: 'Con trỏ trang không hợp lệ',
      detail: 'Dùng đúng giá trị nextCursor của trang trước, với cùng bộ lọc.',
    },
    en: {
      title: 'Invalid cursor',
      detail: 'Use the nextCursor of the previous page, with the same filters.',
    },
  },
  'invalid-if-match': {
    status: 400,
    vi: { title: 'If-Match không hợp lệ', detail: 'Gửi If-Match đúng như ETag đã nhận, ví dụ "3", hoặc *.' },
    en: {
      title: 'Invalid If-Match',
      detail: 'Send If-Match exactly as the ETag received, for example "3", or *.',
    },
  },
  'invalid-idempotency-key': {
    status: 400,
    vi: {
      title: 'Khóa chống lặp không hợp lệ',
      detail: 'Idempotency-Key gồm 1–128 ký tự ASCII nhìn thấy được, ví dụ một UUID.',
    },
    en: {
      title: 'Invalid idempotency key',
      detail: 'Idempotency-Key is 1–128 visible ASCII characters, for example a UUID.',
    },
  },
  'idempotency-not-supported': {
    status: 400,
    vi: {
      title: 'Không hỗ trợ khóa chống lặp',
      detail: 'Địa chỉ này không nhận Idempotency-Key. Bỏ tiêu đề đó rồi gửi lại.',
    },
    en: {
      title: 'Idempotency key not supported',
      detail: 'This address takes no Idempotency-Key. Send again without it.',
    },
  },
  unauthenticated: {
    status: 401,
    vi: {
      title: 'Chưa xác thực',
      detail: 'Gửi mã truy cập còn hiệu lực trong tiêu đề Authorization: Bearer.',
    },
    en: {
      title: 'Not authenticated',
      detail: 'Send a valid access token in the Authorization: Bearer header.',
    },
  },
  forbidden: {
    status: 403,
    vi: { title: 'Không được phép', detail: 'Bạn không được thực hiện thao tác này.' },
    en: { title: 'Forbidden', detail: 'You may not do this.' },
  },
  'insufficient-scope': {
    status: 403,
    vi: { title: 'Không đủ quyền', detail: 'Thao tác này cần quyền {scope}.' },
    en: { title: 'Insufficient scope', detail: 'This operation needs the scope {scope}.' },
  },
  'other-agency': {
    status: 403,
    vi: {
      title: 'Không thuộc thẩm quyền',
      detail: 'Cơ quan của bạn không được thực hiện thao tác này trên dữ liệu này.',
    },
    en: { title: 'Not yours', detail: 'Your agency may not do this to this record.' },
  },
  'not-found': {
    status: 404,
    vi: { title: 'Không tìm thấy', detail: 'Không có dữ liệu tại địa chỉ này.' },
    en: { title: 'Not found', detail: 'There is nothing at this address.' },
  },
  'method-not-allowed': {
    status: 405,
    vi: { title: 'Phương thức không được phép', detail: 'Địa chỉ này không nhận phương thức đã gửi.' },
    en: { title: 'Method not allowed', detail: 'This address does not take that method.' },
  },
  'request-timeout': {
    status: 408,
    vi: { title: 'Quá thời gian gửi', detail: 'Yêu cầu không đến đủ trong thời gian cho phép. Gửi lại.' },
    en: { title: 'Request timeout', detail: 'The request did not arrive completely in time. Send it again.' },
  },
  conflict: {
    status: 409,
    vi: { title: 'Xung đột', detail: 'Dữ liệu vừa được người khác thay đổi. Đọc lại rồi thử lại.' },
    en: { title: 'Conflict', detail: 'Somebody else has just changed this. Read it again and retry.' },
  },
  'idempotency-key-reused': {
    status: 409,
    vi: {
      title: 'Khóa chống lặp đã dùng',
      detail: 'Idempotency-Key này đã dùng cho một nội dung khác. Dùng khóa mới.',
    },
    en: {
      title: 'Idempotency key reused',
      detail: 'This Idempotency-Key was used with another body. Use a new key.',
    },
  },
  'precondition-failed': {
    status: 412,
    vi: {
      title: 'Điều kiện không thỏa mãn',
      detail: 'Điều kiện trong tiêu đề của yêu cầu không thỏa mãn. Đọc lại rồi thử lại.',
    },
    en: {
      title: 'Precondition failed',
      detail: 'A condition in the headers does not hold. Read again and retry.',
    },
  },
  'stale-version': {
    status: 412,
    vi: {
      title: 'Phiên bản đã cũ',
      detail: 'Dữ liệu đã đổi sau lần đọc của bạn (hiện là phiên bản {current}). Đọc lại rồi thử lại.',
    },
    en: {
      title: 'Stale version',
      detail: 'The record changed since you read it (now at version {current}). Read it again and retry.',
    },
  },
  'body-too-large': {
    status: 413,
    vi: { title: 'Nội dung quá lớn', detail: 'Nội dung vượt giới hạn {limit} byte.' },
    en: { title: 'Body too large', detail: 'The body is over the limit of {limit} bytes.' },
  },
  'uri-too-long': {
    status: 414,
    vi: { title: 'Địa chỉ quá dài', detail: 'Rút ngắn địa chỉ hoặc giá trị trong đường dẫn.' },
    en: { title: 'Address too long', detail: 'Shorten the address or the value in its path.' },
  },
  'unsupported-media-type': {
    status: 415,
    vi: { title: 'Kiểu nội dung không hỗ trợ', detail: 'Gửi nội dung với Content-Type: application/json.' },
    en: { title: 'Unsupported media type', detail: 'Send the body as Content-Type: application/json.' },
  },
  'precondition-required': {
    status: 428,
    vi: {
      title: 'Thiếu If-Match',
      detail: 'Gửi If-Match với ETag của lần đọc gần nhất để không ghi đè thay đổi của người khác.',
    },
    en: {
      title: 'If-Match required',
      detail: "Send If-Match with the ETag you last read, so that nobody's change is overwritten.",
    },
  },
  'too-many-requests': {
    status: 429,
    vi: { title: 'Quá nhiều yêu cầu', detail: 'Chờ rồi gửi lại.' },
    en: { title: 'Too many requests', detail: 'Wait, then send again.' },
  },
  'dead-letter-not-replayable': {
    status: 409,
    vi: {
      title: 'Chưa xử lý lại được',
      detail: 'Thông điệp vẫn chưa xử lý được ({reason}). Khắc phục nguyên nhân rồi thử lại.',
    },
    en: {
      title: 'Cannot be replayed yet',
      detail: 'The message still cannot be handled ({reason}). Remove the cause, then retry.',
    },
  },
  'headers-too-large': {
    status: 431,
    vi: { title: 'Tiêu đề quá lớn', detail: 'Các tiêu đề HTTP vượt giới hạn. Rút ngắn rồi gửi lại.' },
    en: {
      title: 'Headers too large',
      detail: 'The HTTP headers are over the limit. Shorten them and send again.',
    },
  },
  internal: {
    status: 500,
    vi: {
      title: 'Lỗi hệ thống',
      detail: 'Yêu cầu chưa được thực hiện. Thử lại; nếu còn lỗi, báo quản trị viên mã vết {traceId}.',
    },
    en: {
      title: 'Internal error',
      detail:
        'The request was not carried out. Retry; if it persists, give the administrator trace id {traceId}.',
    },
  },
  unavailable: {
    status: 503,
    vi: {
      title: 'Tạm thời không phục vụ',
      detail: 'Dịch vụ đang khởi động lại hoặc mất kết nối. Thử lại sau ít giây.',
    },
    en: {
      title: 'Unavailable',
      detail: 'The service is restarting or has lost a connection. Retry in a few seconds.',
    },
  },
  'not-ready': {
    status: 503,
    vi: { title: 'Chưa sẵn sàng', detail: 'Có bộ phận chưa dùng được; xem "checks". Thử lại sau ít giây.' },
    en: { title: 'Not ready', detail: 'A part cannot be used; see "checks". Retry in a few seconds.' },
  },
} as const satisfies Record<string, ProblemDefinition>;

/** `throw problem('not-found')` */
export const problem = defineProblems(COMMON_PROBLEMS);
