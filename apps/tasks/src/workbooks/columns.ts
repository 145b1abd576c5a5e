import type { DirectiveKind, TaskState, Timeliness } from '#libs/contracts';
import type { Column } from '#libs/workbooks';

export type TaskKey =
  | 'number'
  | 'directive'
  | 'clause'
  | 'title'
  | 'description'
  | 'leads'
  | 'collaborators'
  | 'phrase'
  | 'date'
  | 'lastDay'
  | 'recurrence'
  | 'extendable'
  | 'parent';

/** What a task's assignment consists of. */
export const TASK_COLUMNS: readonly Column<TaskKey>[] = [
  { key: 'number', header: 'STT', width: 7 },
  { key: 'directive', header: 'Văn bản', width: 28 },
  { key: 'clause', header: 'Điểm, khoản', width: 11 },
  { key: 'title', header: 'Nhiệm vụ', width: 46 },
  { key: 'description', header: 'Nội dung chi tiết', width: 46 },
  { key: 'leads', header: 'Cơ quan chủ trì', width: 28 },
  { key: 'collaborators', header: 'Cơ quan phối hợp', width: 28 },
  { key: 'phrase', header: 'Thời hạn ghi trong văn bản', width: 22 },
  { key: 'date', header: 'Ngày ghi trong văn bản', width: 13, kind: 'date' },
  { key: 'lastDay', header: 'Ngày cuối cùng đúng hạn', width: 13, kind: 'date' },
  { key: 'recurrence', header: 'Định kỳ', width: 16 },
  { key: 'extendable', header: 'Được gia hạn', width: 9 },
  { key: 'parent', header: 'Thuộc nhiệm vụ (STT)', width: 11 },
];

export type InformationKey =
  'state' | 'timeliness' | 'progress' | 'assignedOn' | 'completedOn' | 'extensions';

/** What an export tells besides; an import does not read it. */
export const INFORMATION_COLUMNS: readonly Column<InformationKey>[] = [
  { key: 'state', header: 'Trạng thái', width: 15 },
  { key: 'timeliness', header: 'Tình hình', width: 17 },
  { key: 'progress', header: 'Tiến độ (%)', width: 9, kind: 'number' },
  { key: 'assignedOn', header: 'Ngày giao', width: 13, kind: 'date' },
  { key: 'completedOn', header: 'Ngày hoàn thành', width: 13, kind: 'date' },
  { key: 'extensions', header: 'Số lần gia hạn', width: 9, kind: 'number' },
];

export type DirectiveKey =
  'label' | 'number' | 'symbol' | 'kind' | 'issuer' | 'issuedOn' | 'meetingOn' | 'subject' | 'threshold';

export const DIRECTIVE_COLUMNS: readonly Column<DirectiveKey>[] = [
  { key: 'label', header: 'Tên dùng trong tệp', width: 40 },
  { key: 'number', header: 'Số, ký hiệu', width: 20 },
  { key: 'symbol', header: 'Ký hiệu', width: 14 },
  { key: 'kind', header: 'Loại văn bản', width: 20 },
  { key: 'issuer', header: 'Cơ quan ban hành', width: 34 },
  { key: 'issuedOn', header: 'Ngày ban hành', width: 13, kind: 'date' },
  { key: 'meetingOn', header: 'Ngày họp', width: 13, kind: 'date' },
  { key: 'subject', header: 'Trích yếu', width: 70 },
  { key: 'threshold', header: 'Sắp đến hạn (ngày làm việc)', width: 12, kind: 'number' },
];

export const SHEETS = {
  instructions: 'Hướng dẫn',
  tasks: 'Nhiệm vụ',
  directives: 'Văn bản',
  lists: 'Danh mục',
} as const;

/** In the first column of a row that only shows how to fill in the others. */
export const SAMPLE = 'Mẫu';
/** Where a phrase would be read as a date or a recurrence, but there is none. */
export const NONE = 'Không';
export const YES = 'Có';
export const NO = 'Không';

export const KIND_WORDS: Readonly<Record<DirectiveKind, string>> = {
  'conclusion-notice': 'Thông báo kết luận',
  letter: 'Công văn',
  plan: 'Kế hoạch',
  decision: 'Quyết định',
  resolution: 'Nghị quyết',
  instruction: 'Chỉ thị',
  other: 'Khác',
};

export const STATE_WORDS: Readonly<Record<TaskState, string>> = {
  assigned: 'Đã giao',
  'in-progress': 'Đang thực hiện',
  submitted: 'Chờ xác nhận',
  completed: 'Hoàn thành',
  suspended: 'Tạm dừng',
  cancelled: 'Đã hủy',
};

export const TIMELINESS_WORDS: Readonly<Record<Timeliness, string>> = {
  'on-track': 'Trong hạn',
  'due-soon': 'Sắp đến hạn',
  overdue: 'Quá hạn',
  'completed-on-time': 'Hoàn thành đúng hạn',
  'completed-late': 'Hoàn thành trễ hạn',
  'no-date': 'Không có thời hạn',
};
