import type { AgencyRef, RecentChange, ServiceHealth, TaskLine } from '#libs/contracts';

/** Usual administrative short forms; longest first, so that a part never hides a whole. */
const SHORT_FORMS: readonly (readonly [RegExp, string])[] = [
  [/Ban Quản lý Dự án/giu, 'BQL Dự án'],
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
  return `${names.slice(0, 1).join('')} và ${names.length - 1} cơ quan`;
}

/** "quá hạn 12 ngày", "hạn hôm nay", "còn 8 ngày". */
export function formatDaysLeft(task: Pick<TaskLine, 'daysLate'>): string {
  if (task.daysLate > 0) return `quá hạn ${task.daysLate} ngày`;
  return task.daysLate === 0 ? 'hạn hôm nay' : `còn ${-task.daysLate} ngày`;
}

type ServiceName = ServiceHealth['service'];

/** Each service by its subject, in the order of the wall. */
export const SERVICE_WORDS: Readonly<Record<ServiceName, string>> = {
  tasks: 'Nhiệm vụ',
  budget: 'Kinh phí',
  registry: 'Cơ sở dữ liệu',
  staffing: 'Nhân lực',
};

const VERB_WORDS: ReadonlyMap<string, string> = new Map([
  ['created', 'mới'],
  ['assigned', 'giao mới'],
  ['started', 'bắt đầu'],
  ['progressed', 'cập nhật tiến độ'],
  ['progress-reported', 'cập nhật tiến độ'],
  ['submitted', 'báo cáo hoàn thành'],
  ['completed', 'hoàn thành'],
  ['confirmed', 'hoàn thành'],
  ['returned', 'trả lại'],
  ['extended', 'gia hạn'],
  ['suspended', 'tạm dừng'],
  ['resumed', 'tiếp tục'],
  ['cancelled', 'hủy'],
  ['head-count-reported', 'báo cáo nhân lực'],
  ['lifecycle-changed', 'đổi giai đoạn'],
]);

/** What happened, from the event type: "Nhiệm vụ hoàn thành"; an event this wall does not know is "… cập nhật". */
export function formatChange(change: Pick<RecentChange, 'service' | 'type'>): string {
  const verb = change.type.split('.').at(-2) ?? '';
  return `${SERVICE_WORDS[change.service]} ${VERB_WORDS.get(verb) ?? 'cập nhật'}`;
}

/** "4/4 thông suốt" and, when not, which: "Kinh phí gián đoạn", "Nhân lực chậm", "2 nguồn gián đoạn". */
export function formatHealth(services: readonly ServiceHealth[]): { healthy: number; total: number; words: string } {
  const unwell = services.filter(({ state }) => state !== 'ok');
  const first = unwell[0];
  const healthy = services.length - unwell.length;
  if (first === undefined) return { healthy, total: services.length, words: 'thông suốt' };
  const trouble = unwell.some(({ state }) => state === 'down') ? 'gián đoạn' : 'chậm';
  const whose = unwell.length === 1 ? SERVICE_WORDS[first.service] : `${unwell.length} nguồn`;
  return { healthy, total: services.length, words: `${whose} ${trouble}` };
}
