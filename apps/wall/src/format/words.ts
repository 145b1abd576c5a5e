import type { AgencyRef, RecentChange, RegistrySection, ServiceHealth, TaskLine } from '#libs/contracts';
import { formatCount } from './numbers.js';

/** Usual administrative short forms; longest first, so that a part never hides a whole. */
const SHORT_FORMS: readonly (readonly [RegExp, string])[] = [
  [/Ban Quản lý Dự án Phát triển tỉnh/giu, 'BQL Dự án Phát triển'],
  [/Ban Quản lý/giu, 'BQL'],
  [/Ban Chỉ đạo/giu, 'BCĐ'],
  [/Viện Kiểm sát nhân dân/giu, 'VKSND'],
  [/Tòa án nhân dân/giu, 'TAND'],
  [/Ủy ban Mặt trận Tổ quốc/giu, 'UBMTTQ'],
  [/Ủy ban nhân dân/giu, 'UBND'],
  [/Hội đồng nhân dân/giu, 'HĐND'],
  [/Khoa học và Công nghệ/giu, 'KH&CN'],
  [/Giáo dục và Đào tạo/giu, 'GD&ĐT'],
  [/Nông nghiệp và Môi trường/giu, 'NN&MT'],
  [/Văn hóa,? Thể thao và Du lịch/giu, 'VH,TT&DL'],
  [/Văn phòng/giu, 'VP'],
];

/** "Sở Khoa học và Công nghệ" → "Sở KH&CN". */
export function shortAgencyName(name: string): string {
  return SHORT_FORMS.reduce((text, [long, short]) => text.replace(long, short), name);
}

/** Lead and co-leads on one line: "Sở KH&CN, Sở Tài chính"; beyond two "và 3 cơ quan". */
export function formatLeads(leads: readonly AgencyRef[]): string {
  if (leads.length === 0) return 'Chưa xác định cơ quan chủ trì';
  const names = leads.map((lead) => shortAgencyName(lead.name));
  if (names.length <= 2) return names.join(', ');
  return `${names[0] ?? ''} và ${names.length - 1} cơ quan`;
}

/** "quá hạn 12 ngày", "hạn hôm nay", "còn 8 ngày". */
export function formatDaysLeft(task: Pick<TaskLine, 'daysLate'>): string {
  if (task.daysLate > 0) return `quá hạn ${task.daysLate} ngày`;
  return task.daysLate === 0 ? 'hạn hôm nay' : `còn ${-task.daysLate} ngày`;
}

type ServiceName = ServiceHealth['service'];

/** Each service by its subject. */
const SERVICE_WORDS: Readonly<Record<ServiceName, string>> = {
  tasks: 'Nhiệm vụ',
  budget: 'Kinh phí',
  registry: 'Cơ sở dữ liệu',
  staffing: 'Nhân lực',
};

/** By aggregate and verb of the event type. */
const CHANGE_WORDS: ReadonlyMap<string, string> = new Map([
  ['directive.registered', 'Văn bản chỉ đạo mới'],
  ['task.assigned', 'Giao nhiệm vụ'],
  ['task.progressed', 'Cập nhật tiến độ'],
  ['task.submitted', 'Báo cáo hoàn thành'],
  ['task.completed', 'Hoàn thành'],
  ['task.returned', 'Trả lại'],
  ['task.suspended', 'Tạm dừng'],
  ['task.resumed', 'Tiếp tục'],
  ['task.cancelled', 'Hủy nhiệm vụ'],
  ['database.registered', 'CSDL mới'],
  ['database.changed', 'CSDL cập nhật'],
  ['database.lifecycle-changed', 'CSDL chuyển giai đoạn'],
  ['system.registered', 'Hệ thống mới'],
  ['system.changed', 'Hệ thống cập nhật'],
  ['system.lifecycle-changed', 'Hệ thống chuyển giai đoạn'],
  ['unit.head-count-reported', 'Báo cáo nhân lực'],
]);

/** What happened, in words, from the event type; of an event this wall does not know, "… cập nhật". */
export function formatChange(change: Pick<RecentChange, 'service' | 'type'>): string {
  const [aggregate = '', verb = ''] = change.type.split('.').slice(-3);
  return CHANGE_WORDS.get(`${aggregate}.${verb}`) ?? `${SERVICE_WORDS[change.service]} cập nhật`;
}

/** How many databases are in operation; "Chưa xác định" when nobody has said of any what state it is in. */
export function formatInOperation({ total, byLifecycle }: RegistrySection['databases']): string {
  const undetermined = byLifecycle['not-determined'] ?? 0;
  if (total > 0 && undetermined === total) return 'Chưa xác định giai đoạn';
  return `${formatCount(byLifecycle['in-operation'] ?? 0)} đang vận hành`;
}

/** "4/4" and "thông suốt"; when not, "1 gián đoạn" or "2 chậm": which ones is seen on their panels. */
export function formatHealth(services: readonly ServiceHealth[]): {
  healthy: number;
  total: number;
  words: string;
} {
  const unwell = services.filter(({ state }) => state !== 'ok');
  const healthy = services.length - unwell.length;
  if (unwell.length === 0) return { healthy, total: services.length, words: 'thông suốt' };
  const down = unwell.filter(({ state }) => state === 'down').length;
  const words = down > 0 ? `${down} gián đoạn` : `${unwell.length} chậm`;
  return { healthy, total: services.length, words };
}
