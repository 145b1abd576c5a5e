import { defineProblems } from '#libs/contracts';

/** Refusals of the ways by which data leaves. */
export const deliveryProblem = defineProblems({
  'grant-suspended': {
    status: 403,
    vi: { title: 'Thỏa thuận đang tạm dừng', detail: 'Thỏa thuận chia sẻ này đang tạm dừng.' },
    en: { title: 'Grant suspended', detail: 'This grant is suspended.' },
  },
  'grant-withdrawn': {
    status: 403,
    vi: { title: 'Thỏa thuận đã bị thu hồi', detail: 'Thỏa thuận chia sẻ này đã bị thu hồi.' },
    en: { title: 'Grant withdrawn', detail: 'This grant was withdrawn.' },
  },
  'grant-outside-its-days': {
    status: 403,
    vi: {
      title: 'Ngoài thời hạn chia sẻ',
      detail: 'Thỏa thuận chia sẻ này có hiệu lực từ {from} đến hết {until}.',
    },
    en: { title: 'Outside its days', detail: 'This grant is in force from {from} to {until}, inclusive.' },
  },
  'grant-other-method': {
    status: 403,
    vi: {
      title: 'Không đúng phương thức chia sẻ',
      detail: 'Thỏa thuận này chia sẻ theo phương thức "{method}".',
    },
    en: { title: 'Other method', detail: 'This grant is for the method "{method}".' },
  },
  'too-many-readers': {
    status: 429,
    vi: {
      title: 'Quá nhiều kết nối',
      detail: 'Thỏa thuận này đang có {most} kết nối nhận dữ liệu; hãy đóng bớt rồi thử lại.',
    },
    en: {
      title: 'Too many readers',
      detail: 'This grant has {most} open readers; close one and try again.',
    },
  },
  'feed-not-ready': {
    status: 503,
    vi: {
      title: 'Chưa có luồng dữ liệu',
      detail: 'Luồng dữ liệu chưa sẵn sàng hoặc vừa bị ngắt; hãy thử lại sau ít giây.',
    },
    en: {
      title: 'Feed not ready',
      detail: 'The stream of this dataset is not there yet, or broke off; try again in a few seconds.',
    },
  },
  'webhook-not-confirmed': {
    status: 422,
    vi: {
      title: 'Địa chỉ nhận chưa xác nhận',
      detail: 'Địa chỉ nhận không chấp nhận nguồn gửi "{origin}": {why}.',
    },
    en: {
      title: 'Webhook not confirmed',
      detail: 'The address does not accept calls from "{origin}": {why}.',
    },
  },
  'invalid-recipient': {
    status: 422,
    vi: {
      title: 'Khóa công khai không hợp lệ',
      detail: 'Khóa công khai của bên nhận phải là khóa age (bắt đầu bằng "age1").',
    },
    en: {
      title: 'Invalid recipient',
      detail: 'The public key of the recipient must be an age recipient ("age1…").',
    },
  },
  'invalid-bus-key': {
    status: 422,
    vi: {
      title: 'Khóa công khai không hợp lệ',
      detail: 'Khóa công khai phải là khóa nkey của người dùng (56 ký tự, bắt đầu bằng "U").',
    },
    en: {
      title: 'Invalid public key',
      detail: 'The public key must be an nkey of a user (56 characters, "U…").',
    },
  },
  'bus-key-taken': {
    status: 409,
    vi: {
      title: 'Khóa không dùng được',
      detail: 'Khóa công khai này đã thuộc thỏa thuận khác hoặc đã bị thu hồi; hãy tạo cặp khóa mới.',
    },
    en: {
      title: 'Key not usable',
      detail: 'This public key belongs to another grant, or was revoked; make a new pair of keys.',
    },
  },
  'secret-given-once': {
    status: 400,
    vi: {
      title: 'Không lặp lại được bí mật',
      detail: 'Khóa bí mật chỉ được trao một lần: gửi publicKey của chính cơ quan, hoặc bỏ Idempotency-Key.',
    },
    en: {
      title: 'Secret given once',
      detail:
        'A secret key is not answered a second time: send a publicKey of your own, or no Idempotency-Key.',
    },
  },
  'bus-not-configured': {
    status: 503,
    vi: {
      title: 'Chưa cấp được tài khoản',
      detail: 'Hệ thống chưa được cấu hình khóa cấp tài khoản trên trục thông điệp; liên hệ quản trị.',
    },
    en: {
      title: 'No accounts on the bus',
      detail: 'This system has no key for making users on the bus; ask its administrator.',
    },
  },
  'too-many-packages': {
    status: 429,
    vi: {
      title: 'Quá nhiều gói dữ liệu',
      detail: 'Thỏa thuận này đang có {most} gói dữ liệu còn hạn; hãy xóa bớt rồi yêu cầu lại.',
    },
    en: {
      title: 'Too many packages',
      detail: 'This grant has {most} packages that have not expired; delete one and ask again.',
    },
  },
  'package-not-ready': {
    status: 409,
    vi: { title: 'Gói dữ liệu chưa sẵn sàng', detail: 'Gói dữ liệu đang ở trạng thái "{state}".' },
    en: { title: 'Package not ready', detail: 'The package is "{state}".' },
  },
});
