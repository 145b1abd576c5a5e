import type { ReportDutyState } from '#libs/contracts';

/** A duty as a source document orders it; agencies by their codes. */
export interface Preset extends Pick<
  ReportDutyState,
  'title' | 'clause' | 'rule' | 'form' | 'startsOn' | 'assumptions'
> {
  /** Both documents leave their number blank: they are found by what they state. */
  directive: { symbol: string; issuer: string; meetingOn: string | null };
  agencies: string[];
  recipients: string[];
}

const LETTER_ON_508 = { symbol: 'SKHCN-TTCĐS', issuer: 'SKHCN', meetingOn: null };
const SESSION_5 = { symbol: 'TB-UBND', issuer: 'UBND', meetingOn: '2026-02-10' };

/**
 * The periodic reports that the letter on Decision 508/QĐ-UBND (seed 000) and the conclusions of session 5 (seed 001)
 * order; there are no others in them. What a document leaves open is a default of this system, said in `assumptions`.
 */
export const PRESETS: readonly Preset[] = [
  {
    directive: LETTER_ON_508,
    clause: '3, đoạn 1',
    title: 'Báo cáo tình hình triển khai thực hiện Quyết định số 508/QĐ-UBND và khó khăn, vướng mắc',
    agencies: ['CSBN'],
    recipients: ['SKHCN'],
    rule: { kind: 'once', date: '2026-03-12', before: true, time: null },
    form: { results: true, obstacles: true, proposals: false, taskPercents: false, figures: [] },
    startsOn: '2026-03-01',
    assumptions: 'Công văn để trống ngày ban hành (tháng 3/2026): lấy ngày bắt đầu 01/3/2026.',
  },
  {
    directive: LETTER_ON_508,
    clause: '3, đoạn 2',
    title: 'Báo cáo định kỳ hàng tháng tiến độ thực hiện Quyết định số 508/QĐ-UBND',
    agencies: ['CSBN'],
    recipients: ['SKHCN'],
    rule: { kind: 'monthly', day: 20, before: true, time: null },
    form: { results: true, obstacles: true, proposals: true, taskPercents: true, figures: [] },
    startsOn: '2026-03-12',
    assumptions:
      'Công văn không nêu kỳ đầu tiên: lấy tháng 3/2026, sau báo cáo trước ngày 12/3/2026. Công văn chỉ nêu theo dõi tiến độ; các mục khó khăn, đề xuất, tỷ lệ hoàn thành là mẫu mặc định của hệ thống.',
  },
  {
    directive: SESSION_5,
    clause: '1, yêu cầu chung',
    title:
      'Báo cáo định kỳ 02 tuần/lần kết quả thực hiện các nội dung về khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số',
    agencies: ['CSBN', 'CCQDV', 'CDP'],
    recipients: ['SKHCN', 'VPUBND'],
    rule: { kind: 'weeks', weeks: 2, time: null },
    form: { results: true, obstacles: true, proposals: true, taskPercents: true, figures: [] },
    startsOn: '2026-02-10',
    assumptions:
      'Thông báo để trống ngày ban hành và không nêu ngày báo cáo: tính 02 tuần một kỳ từ ngày họp 10/02/2026. Thông báo chỉ yêu cầu kết quả; các mục khó khăn, đề xuất, tỷ lệ hoàn thành là mẫu mặc định của hệ thống.',
  },
];
