import { type CatalogueColumn, NUMBER } from './columns.js';

export type ConnectionKey =
  | 'number'
  | 'side'
  | 'own'
  | 'owner'
  | 'targetKind'
  | 'target'
  | 'channel'
  | 'state'
  | 'stateOn'
  | 'frequency'
  | 'legalGround'
  | 'protection'
  | 'note';

export const CONNECTION_COLUMNS: readonly CatalogueColumn<ConnectionKey>[] = [
  NUMBER,
  {
    key: 'side',
    header: 'Đối tượng của tỉnh',
    width: 18,
    choice: 'sides',
    meaning: 'Cơ sở dữ liệu hay hệ thống thông tin; cần ghi khi hai danh mục có tên giống nhau.',
  },
  {
    key: 'own',
    header: 'CSDL, hệ thống của tỉnh',
    width: 40,
    meaning: 'Bắt buộc. Tên hoặc mã của cơ sở dữ liệu, hệ thống trong danh mục hoặc trong tệp này.',
  },
  {
    key: 'owner',
    header: 'Cơ quan chủ quản',
    width: 28,
    information: true,
    meaning: 'Cơ quan chủ quản của đối tượng của tỉnh; chỉ để xem.',
  },
  {
    key: 'targetKind',
    header: 'Loại đích',
    width: 16,
    choice: 'targets',
    meaning: 'Cơ sở dữ liệu của danh mục, hay nền tảng; để trống thì nhận theo tên.',
  },
  {
    key: 'target',
    header: 'Kết nối tới',
    width: 40,
    meaning: 'Bắt buộc. Tên hoặc mã của cơ sở dữ liệu, hoặc tên nền tảng.',
  },
  {
    key: 'channel',
    header: 'Kênh',
    width: 10,
    choice: 'channels',
    meaning: 'NDXP, NDOP, LGSP, LDOP hoặc API.',
  },
  {
    key: 'state',
    header: 'Trạng thái',
    width: 16,
    choice: 'states',
    meaning: 'Trạng thái kết nối. Khi đổi phải ghi ngày ở cột "Từ ngày".',
  },
  { key: 'stateOn', header: 'Từ ngày', width: 13, kind: 'date', meaning: 'Ngày chuyển sang trạng thái đó.' },
  { key: 'frequency', header: 'Tần suất', width: 20, meaning: 'Ví dụ "Theo thời gian thực", "Hằng ngày".' },
  {
    key: 'legalGround',
    header: 'Căn cứ pháp lý',
    width: 36,
    meaning: 'Căn cứ pháp lý của việc kết nối, chia sẻ.',
  },
  {
    key: 'protection',
    header: 'Yêu cầu bảo vệ',
    width: 36,
    meaning: 'Dữ liệu phải bảo vệ gì, bằng cách nào.',
  },
  { key: 'note', header: 'Ghi chú', width: 40, meaning: 'Ghi chú.' },
];
