import type { Column } from '#libs/workbooks';

export const SHEETS = {
  instructions: 'Hướng dẫn',
  meanings: 'Giải thích cột',
  databases: 'Cơ sở dữ liệu',
  systems: 'Hệ thống thông tin',
  connections: 'Kết nối',
  lists: 'Danh mục',
} as const;

/** Lists of words to choose from. */
export type Choice =
  | 'agencies'
  | 'databaseKinds'
  | 'systemKinds'
  | 'lifecycles'
  | 'uses'
  | 'sharing'
  | 'levels'
  | 'sides'
  | 'targets'
  | 'channels'
  | 'states';

/** A column of the catalogue with what it is for, as the template explains it. */
export interface CatalogueColumn<Key extends string> extends Column<Key> {
  meaning: string;
  choice?: Choice;
  /** Only there to be read: an import passes over it. */
  information?: true;
}

export type EntryKey =
  | 'number'
  | 'code'
  | 'name'
  | 'kind'
  | 'owner'
  | 'operator'
  | 'contact'
  | 'phone'
  | 'email'
  | 'lifecycle'
  | 'lifecycleOn'
  | 'lifecycleDocument'
  | 'use'
  | 'useOn'
  | 'useDocument'
  | 'scope'
  | 'sharingScope'
  | 'targetQuarter'
  | 'enterprisePart'
  | 'statePart'
  | 'allocated'
  | 'partners'
  | 'level'
  | 'approval'
  | 'approvedOn'
  | 'approver'
  | 'recheckDue'
  | 'source'
  | 'clause'
  | 'sourceAsOf'
  | 'note';

/** Counts the rows of each sheet. */
export const NUMBER = {
  key: 'number',
  header: 'STT',
  width: 6,
  kind: 'number',
  information: true,
  meaning: 'Số thứ tự, chỉ để xem.',
} as const;

const OWNER_MEANING = 'Cơ quan chủ quản: chọn trong danh sách, hoặc ghi tên hay mã theo danh mục dùng chung.';

function firstColumns(kinds: 'databaseKinds' | 'systemKinds'): CatalogueColumn<EntryKey>[] {
  return [
    NUMBER,
    {
      key: 'code',
      header: 'Mã',
      width: 16,
      meaning: 'Mã chính thức: chữ in hoa, chữ số và các dấu . _ -; mã đã cấp không dùng lại cho mục khác.',
    },
    {
      key: 'name',
      header: 'Tên',
      width: 40,
      meaning: 'Bắt buộc. Tên chính thức, không trùng trong danh mục.',
    },
    {
      key: 'kind',
      header: 'Loại',
      width: 20,
      choice: kinds,
      meaning: 'Bắt buộc khi thêm mới. Chọn trong danh sách.',
    },
    { key: 'owner', header: 'Cơ quan chủ quản', width: 28, choice: 'agencies', meaning: OWNER_MEANING },
    {
      key: 'operator',
      header: 'Đơn vị vận hành',
      width: 28,
      choice: 'agencies',
      meaning: 'Cơ quan, hoặc tên doanh nghiệp vận hành.',
    },
    {
      key: 'contact',
      header: 'Đầu mối kỹ thuật',
      width: 28,
      meaning: 'Đơn vị hoặc chức danh, không ghi tên người.',
    },
    { key: 'phone', header: 'Điện thoại', width: 16, meaning: 'Điện thoại của đầu mối kỹ thuật.' },
    { key: 'email', header: 'Thư điện tử', width: 24, meaning: 'Thư điện tử của đầu mối kỹ thuật.' },
    {
      key: 'lifecycle',
      header: 'Vòng đời',
      width: 18,
      choice: 'lifecycles',
      meaning: 'Trạng thái vòng đời. Khi đổi trạng thái phải ghi ngày ở cột "Vòng đời từ ngày".',
    },
    {
      key: 'lifecycleOn',
      header: 'Vòng đời từ ngày',
      width: 13,
      kind: 'date',
      meaning: 'Ngày chuyển sang trạng thái đó; không ở tương lai, không trước lần chuyển gần nhất.',
    },
    {
      key: 'lifecycleDocument',
      header: 'Văn bản xác nhận vòng đời',
      width: 32,
      meaning: 'Văn bản xác nhận trạng thái vòng đời.',
    },
    {
      key: 'use',
      header: 'Sử dụng',
      width: 18,
      choice: 'uses',
      meaning: 'Tình trạng khai thác, sử dụng. Khi đổi phải ghi ngày ở cột "Sử dụng từ ngày".',
    },
    {
      key: 'useOn',
      header: 'Sử dụng từ ngày',
      width: 13,
      kind: 'date',
      meaning: 'Ngày chuyển sang tình trạng đó.',
    },
    {
      key: 'useDocument',
      header: 'Văn bản xác nhận sử dụng',
      width: 32,
      meaning: 'Văn bản xác nhận tình trạng sử dụng.',
    },
  ];
}

const LAST_COLUMNS: readonly CatalogueColumn<EntryKey>[] = [
  { key: 'source', header: 'Nguồn', width: 40, meaning: 'Văn bản mà thông tin được lấy ra.' },
  { key: 'clause', header: 'Điểm, khoản của nguồn', width: 20, meaning: 'Chỗ trong văn bản nguồn.' },
  {
    key: 'sourceAsOf',
    header: 'Nguồn nói tại ngày',
    width: 13,
    kind: 'date',
    meaning: 'Ngày mà văn bản nguồn phản ánh.',
  },
  { key: 'note', header: 'Ghi chú', width: 40, meaning: 'Ghi chú.' },
];

export const DATABASE_COLUMNS: readonly CatalogueColumn<EntryKey>[] = [
  ...firstColumns('databaseKinds'),
  { key: 'scope', header: 'Nội dung, phạm vi, quy mô', width: 40, meaning: 'Nội dung, phạm vi, quy mô.' },
  {
    key: 'sharingScope',
    header: 'Phạm vi chia sẻ',
    width: 18,
    choice: 'sharing',
    meaning: 'Phạm vi chia sẻ dữ liệu.',
  },
  {
    key: 'targetQuarter',
    header: 'Quý mục tiêu',
    width: 14,
    meaning: 'Quý phải đưa vào vận hành, ví dụ "Quý II/2026".',
  },
  {
    key: 'enterprisePart',
    header: 'Phần doanh nghiệp (đồng)',
    width: 20,
    kind: 'money',
    information: true,
    meaning:
      'Phần doanh nghiệp đồng hành thực hiện; chỉ để xem, thỏa thuận ở chức năng doanh nghiệp đồng hành.',
  },
  {
    key: 'statePart',
    header: 'Phần ngân sách (đồng)',
    width: 20,
    kind: 'money',
    information: true,
    meaning: 'Phần ngân sách nhà nước; chỉ để xem.',
  },
  {
    key: 'allocated',
    header: 'Đã phân bổ (đồng)',
    width: 20,
    kind: 'money',
    information: true,
    meaning: 'Kinh phí đã phân bổ theo hệ thống kinh phí; chỉ để xem.',
  },
  {
    key: 'partners',
    header: 'Doanh nghiệp đồng hành',
    width: 30,
    information: true,
    meaning: 'Doanh nghiệp đã được chọn; chỉ để xem.',
  },
  ...LAST_COLUMNS,
];

export const SYSTEM_COLUMNS: readonly CatalogueColumn<EntryKey>[] = [
  ...firstColumns('systemKinds'),
  {
    key: 'level',
    header: 'Cấp độ an toàn',
    width: 14,
    choice: 'levels',
    meaning:
      'Cấp độ an toàn hệ thống thông tin, từ 1 đến 5. Đổi cấp độ thì phê duyệt của cấp độ cũ không còn.',
  },
  {
    key: 'approval',
    header: 'Văn bản phê duyệt cấp độ',
    width: 30,
    meaning: 'Văn bản phê duyệt; để trống nếu chưa phê duyệt.',
  },
  {
    key: 'approvedOn',
    header: 'Ngày phê duyệt cấp độ',
    width: 13,
    kind: 'date',
    meaning: 'Bắt buộc khi có văn bản phê duyệt.',
  },
  {
    key: 'approver',
    header: 'Cơ quan phê duyệt cấp độ',
    width: 28,
    meaning: 'Cơ quan, đơn vị phê duyệt cấp độ.',
  },
  {
    key: 'recheckDue',
    header: 'Hạn kiểm tra lại',
    width: 13,
    kind: 'date',
    meaning: 'Ngày phải kiểm tra lại, sau ngày phê duyệt.',
  },
  ...LAST_COLUMNS,
];
