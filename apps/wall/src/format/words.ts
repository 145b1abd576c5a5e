import type {
  AgencyRef,
  RecentChange,
  RegistrySection,
  ServiceHealth,
  SharingSection,
  TaskLine,
} from '#libs/contracts';
import type { MarkShape } from '../scene/marks.js';
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
  ['task.split', 'Phân chia nhiệm vụ'],
  ['task.extended', 'Gia hạn'],
  ['task.extension-requested', 'Đề nghị gia hạn'],
  ['task.extension-refused', 'Không đồng ý gia hạn'],
  ['task.made-extendable', 'Cho phép gia hạn'],
  ['task.due-corrected', 'Đính chính thời hạn'],
  ['explanation.requested', 'Yêu cầu giải trình'],
  ['explanation.answered', 'Đã giải trình'],
  ['explanation.withdrawn', 'Rút yêu cầu giải trình'],
  ['report-duty.registered', 'Chế độ báo cáo mới'],
  ['report-duty.ended', 'Kết thúc chế độ báo cáo'],
  ['report-period.opened', 'Mở kỳ báo cáo'],
  ['report-period.answered', 'Nhận báo cáo'],
  ['report-period.corrected', 'Báo cáo bổ sung'],
  ['report-period.reminded', 'Nhắc báo cáo'],
  ['report-period.escalated', 'Báo cáo cấp trên việc chậm báo cáo'],
  ['item.registered', 'Khoản mục kinh phí mới'],
  ['item.requested', 'Đề nghị kinh phí'],
  ['item.appraised', 'Thẩm định kinh phí'],
  ['item.approved', 'Phê duyệt kinh phí'],
  ['item.allocated', 'Phân bổ kinh phí'],
  ['item.disbursed', 'Giải ngân'],
  ['item.settled', 'Quyết toán'],
  ['item.stage-changed', 'Chuyển bước thực hiện'],
  ['item.partnership-changed', 'Hợp tác công tư'],
  ['round.opened', 'Mở đợt dự toán'],
  ['round.consolidated', 'Tổng hợp dự toán'],
  ['round.appraised', 'Thẩm định dự toán'],
  ['round.approved', 'Phê duyệt dự toán'],
  ['round.allocated', 'Phân bổ dự toán'],
  ['estimate.submitted', 'Trình dự toán'],
  ['estimate.returned', 'Trả lại dự toán'],
  ['estimate.appraised', 'Thẩm định dự toán'],
  ['database.registered', 'CSDL mới'],
  ['database.changed', 'CSDL cập nhật'],
  ['database.lifecycle-changed', 'CSDL chuyển giai đoạn'],
  ['database.use-changed', 'CSDL đổi tình trạng sử dụng'],
  ['database.listed', 'CSDL vào danh mục'],
  ['database.partners-changed', 'CSDL: doanh nghiệp đồng hành'],
  ['database.split-agreed', 'CSDL: thống nhất phần kinh phí'],
  ['database.funding-changed', 'CSDL được bố trí kinh phí'],
  ['list.opened', 'Danh mục CSDL mới'],
  ['partner.registered', 'Doanh nghiệp đăng ký đồng hành'],
  ['partner.chosen', 'Chọn doanh nghiệp đồng hành'],
  ['connection.registered', 'Kết nối mới'],
  ['connection.state-changed', 'Kết nối đổi trạng thái'],
  ['quality.declared', 'CSDL: yêu cầu chất lượng'],
  ['quality.checked', 'Kiểm tra chất lượng CSDL'],
  ['sharing-request.submitted', 'Yêu cầu khai thác dữ liệu'],
  ['sharing-request.granted', 'Đồng ý chia sẻ'],
  ['sharing-request.refused', 'Từ chối chia sẻ'],
  ['sharing-request.withdrawn', 'Rút yêu cầu khai thác'],
  ['sharing-request.escalated', 'Chậm trả lời yêu cầu khai thác'],
  ['sharing-grant.escalated', 'Chậm cấp tài khoản chia sẻ'],
  ['sharing-grant.renewed', 'Gia hạn chia sẻ'],
  ['sharing-grant.suspended', 'Tạm dừng chia sẻ'],
  ['sharing-grant.resumed', 'Tiếp tục chia sẻ'],
  ['sharing-grant.withdrawn', 'Chấm dứt chia sẻ'],
  ['system.registered', 'Hệ thống mới'],
  ['system.security-changed', 'Hệ thống: cấp độ an toàn'],
  ['system.changed', 'Hệ thống cập nhật'],
  ['system.lifecycle-changed', 'Hệ thống chuyển giai đoạn'],
  ['unit.head-count-reported', 'Báo cáo nhân lực'],
  ['training-plan.registered', 'Kế hoạch tập huấn mới'],
  ['training-plan.started', 'Bắt đầu tập huấn'],
  ['training-plan.attended', 'Tập huấn: báo cáo tham dự'],
  ['training-plan.finished', 'Hoàn thành tập huấn'],
  ['training-plan.cancelled', 'Hủy kế hoạch tập huấn'],
  ['support-plan.proposed', 'Đề xuất hỗ trợ nhân lực'],
  ['support-plan.approved', 'Duyệt hỗ trợ nhân lực'],
  ['support-plan.started', 'Bắt đầu hỗ trợ nhân lực'],
  ['support-plan.ended', 'Kết thúc hỗ trợ nhân lực'],
  ['support-plan.cancelled', 'Hủy hỗ trợ nhân lực'],
]);

/** What happened, in words, from the event type; of an event this wall does not know, "… cập nhật". */
export function formatChange(change: Pick<RecentChange, 'service' | 'type'>): string {
  const [aggregate = '', verb = ''] = change.type.split('.').slice(-3);
  return CHANGE_WORDS.get(`${aggregate}.${verb}`) ?? `${SERVICE_WORDS[change.service]} cập nhật`;
}

/** How many databases are in operation; "Chưa xác định" when nobody has said of any what state it is in. */
export function formatInOperation({ total, byLifecycle }: RegistrySection['systems']): string {
  const undetermined = byLifecycle['not-determined'] ?? 0;
  if (total > 0 && undetermined === total) return 'Chưa xác định giai đoạn';
  return `${formatCount(byLifecycle['in-operation'] ?? 0)} đang vận hành`;
}

/** Something wrong, in words that fit a line below a headline figure. */
export interface SharingAlarm {
  tone: 'overdue' | 'due-soon';
  shape: MarkShape;
  words: string;
}

/** What is worst about data sharing: an altered log, late answers, late openings, denied attempts; null: nothing. */
export function sharingAlarm({ chain, requests, grants, deniedToday }: SharingSection): SharingAlarm | null {
  const red = { tone: 'overdue', shape: 'triangle' } as const;
  if (chain.ok === false) return { ...red, words: 'nhật ký chia sẻ bị sửa' };
  if (requests.late > 0) return { ...red, words: `${formatCount(requests.late)} chậm trả lời chia sẻ` };
  if (grants.openingLate > 0)
    return { ...red, words: `${formatCount(grants.openingLate)} chậm cấp tài khoản` };
  if (deniedToday === 0) return null;
  const words = `${formatCount(deniedToday)} truy cập bị chặn`;
  return { tone: 'due-soon', shape: 'diamond', words };
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
