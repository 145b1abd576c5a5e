import type { ChainFault } from '../../../src/exchange-log/chain/chain-check.js';
import type { DeliveryChannel, DeliveryNote, RecordKind } from '../../../src/exchange-log/records.js';

/** Everything that people read on these pages; {@link Words} is what another language has to say. */
export const vietnamese = {
  title: 'Nhật ký trao đổi dữ liệu',
  skip: 'Đến nội dung chính',
  otherLanguage: 'English',
  logIn: 'Đăng nhập',
  logOut: 'Đăng xuất',
  person: 'Người đang đăng nhập',
  seesAll: 'Bạn xem được toàn bộ nhật ký.',
  seesOwn: (agency: string) => `Bạn xem được các bản ghi mà ${agency} là một bên.`,

  entrance: {
    heading: 'Tra cứu chứng cứ chia sẻ dữ liệu',
    about:
      'Mỗi lượt giao dữ liệu, mỗi lần từ chối và mỗi lần truy cập bị chặn giữa các cơ quan đều là một bản ghi ' +
      'được nối chuỗi và ký số. Đăng nhập để tra cứu các bản ghi mà cơ quan của bạn là một bên.',
    account: 'Chưa có tài khoản: đề nghị quản trị viên hệ thống cấp.',
    ended: 'Phiên đăng nhập đã kết thúc. Đăng nhập lại để tiếp tục ở đúng trang này.',
  },
  failedLogin: {
    heading: 'Chưa đăng nhập được',
    unreachable:
      'Không kết nối được với máy chủ đăng nhập. Thử lại sau ít phút; nếu vẫn không được, báo quản trị viên.',
    insecure:
      'Trình duyệt chỉ cho đăng nhập qua địa chỉ https. Mở lại trang bằng địa chỉ https mà quản trị viên cung cấp.',
    refused: 'Máy chủ đăng nhập không chấp nhận. Thử đăng nhập lại; nếu vẫn không được, báo quản trị viên.',
    detail: 'Chi tiết cho quản trị viên',
    again: 'Thử lại',
  },
  loading: 'Đang tải …',
  failure: {
    heading: 'Chưa tải được dữ liệu',
    unreachable: 'Không kết nối được với máy chủ. Kiểm tra mạng rồi thử lại.',
    again: 'Thử lại',
    noRightHeading: 'Tài khoản chưa có quyền tra cứu nhật ký',
    noRight:
      'Đề nghị quản trị viên cấp cho tài khoản một trong các quyền registry:read, sharing:request, ' +
      'sharing:decide, rồi đăng xuất và đăng nhập lại.',
    notFoundHeading: 'Không có bản ghi này',
    notFound: (sequence: string) =>
      `Nhật ký không có bản ghi số ${sequence}, hoặc cơ quan của bạn không phải là một bên của bản ghi đó. ` +
      'Kiểm tra lại số bản ghi, hoặc tìm theo điều kiện khác.',
  },

  standing: {
    heading: 'Tình trạng nhật ký',
    holds: 'Chuỗi nguyên vẹn',
    broken: 'CHUỖI KHÔNG NGUYÊN VẸN',
    unknown: 'Chưa tự kiểm tra lần nào',
    faults: {
      altered: 'bị sửa',
      missing: 'bị mất',
      checkpoint: 'có chữ ký không đúng',
      'cut-off': 'và các bản ghi sau bị cắt bỏ',
    } satisfies Record<ChainFault['what'], string>,
    brokenAt: (sequence: string, what: string) => `Bản ghi ${sequence} ${what}.`,
    foundAt: (time: string) => `Phát hiện khi tự kiểm tra lúc ${time}.`,
    brokenDo:
      'Không dùng các bản ghi từ đó trở đi làm chứng cứ. Báo ngay Sở Khoa học và Công nghệ và Công an tỉnh, ' +
      'đối chiếu với tệp xuất, biên nhận và điểm ký đã lưu nơi khác.',
    verifiedAt: (time: string) => `kiểm tra đến cuối chuỗi lúc ${time}`,
    verifiesSoon: 'Hệ thống tự kiểm tra trong vòng vài phút sau khi khởi động.',
    length: (sequence: string, signed: string) => `${sequence} bản ghi, đã ký đến bản ghi ${signed}`,
    today: 'Hôm nay',
    hour: 'Trong giờ này',
    messages: (count: string) => `${count} thông điệp đã giao`,
    deliveries: (count: string) => `trong ${count} lượt`,
    refusals: (count: string) => `${count} từ chối`,
    denied: (count: string) => `${count} lần bị chặn`,
    statistics: (from: string, to: string) => `Tải thống kê ${from} – ${to} (CSV)`,
  },

  search: {
    heading: 'Tra cứu',
    agency: 'Cơ quan (chia sẻ hoặc khai thác)',
    provider: 'Cơ quan chia sẻ',
    receiver: 'Cơ quan khai thác',
    dataset: 'Bộ dữ liệu',
    kind: 'Kết quả',
    message: 'Mã thông điệp (ce-id)',
    from: 'Từ',
    to: 'Đến',
    timeHint: 'ngày/tháng/năm, giờ:phút (giờ Việt Nam)',
    timeExample: '22/11/2026 14:05',
    timeWrong: 'Viết như 22/11/2026 hoặc 22/11/2026 14:05.',
    orderWrong: 'Thời điểm đầu ở sau thời điểm cuối.',
    any: 'Tất cả',
    submit: 'Tìm',
    clear: 'Xóa điều kiện',
  },
  results: {
    heading: 'Kết quả',
    shown: (count: string) => `${count} bản ghi trên trang này, mới nhất trước`,
    emptyHeading: 'Không có bản ghi nào',
    empty: 'Bớt điều kiện hoặc nới khoảng thời gian rồi tìm lại.',
    emptyLog:
      'Chưa có lượt trao đổi nào được ghi. Bản ghi xuất hiện khi có lượt giao, từ chối hoặc bị chặn đầu tiên.',
    sequence: 'Số',
    time: 'Thời điểm ghi',
    kind: 'Kết quả',
    parties: 'Từ → đến',
    dataset: 'Bộ dữ liệu',
    purpose: 'Mục đích hoặc lý do',
    count: 'Số lượng',
    range: 'Thứ tự trong luồng',
    older: 'Cũ hơn →',
    newest: '← Về trang mới nhất',
    open: (sequence: string) => `Mở bản ghi ${sequence}`,
  },
  kinds: {
    delivery: 'Đã giao',
    refusal: 'Từ chối',
    denial: 'Bị chặn',
    gap: 'Thiếu xác nhận',
    archive: 'Chuyển lưu trữ',
    'key-change': 'Đổi khóa ký',
  } satisfies Record<RecordKind, string>,
  notes: {
    'sent-not-acknowledged': 'Đã gửi, bên nhận chưa xác nhận',
    'grant-unknown': 'Đã giao, không rõ thỏa thuận',
  } satisfies Record<DeliveryNote, string>,
  channels: {
    bus: 'Trục dữ liệu (NATS)',
    http: 'HTTP',
    webhook: 'Webhook',
    package: 'Gói dữ liệu',
  } satisfies Record<DeliveryChannel, string>,
  notKnown: 'Chưa xác định',
  wholeLog: 'Của chính nhật ký',

  record: {
    heading: (sequence: string) => `Bản ghi ${sequence}`,
    back: '← Về danh sách',
    facts: 'Nội dung',
    sealedAt: 'Thời điểm ghi vào chuỗi',
    recordedAt: 'Thời điểm báo cho nhật ký',
    firstSentAt: 'Gửi lần đầu',
    provider: 'Cơ quan chia sẻ',
    receiver: 'Cơ quan khai thác',
    requester: 'Cơ quan yêu cầu',
    who: 'Cơ quan của thông tin đăng nhập',
    dataset: 'Bộ dữ liệu',
    purpose: 'Mục đích',
    channel: 'Kênh',
    grant: 'Thỏa thuận chia sẻ',
    request: 'Yêu cầu khai thác',
    stream: 'Luồng',
    range: 'Thứ tự trong luồng',
    count: 'Số thông điệp',
    attempts: 'Số lần',
    reason: 'Lý do',
    legalGround: 'Căn cứ pháp lý',
    document: 'Văn bản',
    noDocument: 'Không kèm văn bản',
    attempted: 'Đã thử truy cập',
    credential: 'Thông tin đăng nhập',
    why: 'Lý do bị chặn',
    gapWhy: 'Vì sao thiếu',
    acknowledgements: 'Xác nhận bị mất',
    records: 'Các bản ghi',
    file: 'Tệp',
    fileDigest: 'SHA-256 của tệp',
    keyBefore: 'Khóa trước',
    noKeyBefore: 'Không có: đây là khóa đầu tiên',
    keyAfter: 'Khóa mới',
    publicKey: 'Khóa công khai',

    chain: 'Vị trí trong chuỗi',
    previousHash: 'Mã băm của bản ghi trước',
    hash: 'Mã băm của bản ghi này',
    checkpoint: 'Điểm ký bao trùm',
    checkpointOf: (sequence: string, time: string, key: string) =>
      `bản ghi ${sequence}, ký lúc ${time} bằng khóa ${key}`,
    signature: 'Chữ ký (Ed25519)',
    unsigned: 'Chưa ký. Bản ghi mới được ký sau khoảng 2 giây: tải lại trang.',

    messages: 'Thông điệp đã giao',
    place: 'Thứ tự',
    messageId: 'Mã thông điệp (ce-id)',
    digest: 'SHA-256 của nội dung',
    deliveries: (count: string) => `gửi ${count} lần`,
    noDigest: (why: string) => `không còn đọc được (${why})`,
    receipt: 'Biên nhận',
    saveReceipt: 'Tải biên nhận',
    saveReceiptOf: (message: string) => `Tải biên nhận của thông điệp ${message}`,
    receiptName: (sequence: number, place: number) => `bien-nhan-${sequence}-${place}.json`,
    recordName: (sequence: number) => `ban-ghi-${sequence}.json`,
    saveRecord: 'Tải bản ghi (JSON)',
    saveFailed: 'Chưa tải được tệp.',

    verify: 'Cách kiểm tra',
    verifyReceipt:
      'Biên nhận chứng minh một thông điệp đã được gửi cho ai, khi nào, và nội dung ra sao. Kiểm tra trên máy bất kỳ, ' +
      'không cần mạng: tải biên nhận và khóa công khai, rồi chạy trong thư mục của phần mềm:',
    verifyMessage: 'Muốn đối chiếu cả nội dung đang giữ, thêm: --message noi-dung.json',
    verifyRecord:
      'Tải bản ghi rồi tính lại mã băm của nó trong chuỗi. Kết quả phải đúng bằng mã băm của bản ghi này:',
    keys: 'Tải khóa công khai (JSON)',
    keysFrom: 'Nên đối chiếu khóa với bản đã nhận từ Sở Khoa học và Công nghệ bằng đường khác.',
  },
};

export type Words = Widened<typeof vietnamese>;

type Widened<T> = {
  [Name in keyof T]: T[Name] extends string
    ? string
    : T[Name] extends (...parameters: never[]) => unknown
      ? T[Name]
      : Widened<T[Name]>;
};
