import type { DatabaseReportState, DatabaseSchedule, Lifecycle } from '#libs/contracts';
import { writtenDay } from '../reports/report-states.js';
import type { ConsolidatedRow, Consolidation } from './consolidation.js';

/** What is not known is said to be so, never guessed. */
export const UNKNOWN = 'Chưa xác định';

export const LIFECYCLE_WORDS: Readonly<Record<Lifecycle, string>> = {
  'not-determined': UNKNOWN,
  planned: 'Dự kiến',
  'under-construction': 'Đang xây dựng',
  trial: 'Thử nghiệm',
  'in-operation': 'Đang vận hành',
  upgrading: 'Đang nâng cấp',
  merging: 'Đang hợp nhất',
  replaced: 'Đã thay thế',
  retired: 'Ngừng hoạt động',
};

export const REPORT_WORDS: Readonly<Record<DatabaseReportState, string>> = {
  'on-time': 'Đúng hạn',
  late: 'Trễ hạn',
  missing: 'Chưa gửi',
  open: 'Chưa đến hạn',
  'before-start': UNKNOWN,
};

const SCHEDULE_WORDS: Readonly<Record<DatabaseSchedule, string>> = {
  attained: 'đã đạt',
  'on-schedule': 'trong hạn',
  behind: 'chậm tiến độ',
  'not-determined': '',
};

/** "Quý II/2026 (trong hạn)" */
export function targetText({ targetQuarter, schedule }: ConsolidatedRow): string {
  if (targetQuarter === null) return UNKNOWN;
  const word = SCHEDULE_WORDS[schedule];
  return `${quarterText(targetQuarter)}${word === '' ? '' : ` (${word})`}`;
}

const ROMAN = ['I', 'II', 'III', 'IV'];

/** "2026-Q2" → "Quý II/2026" */
export function quarterText(targetQuarter: string): string {
  const [year, quarter] = targetQuarter.split('-Q') as [string, string];
  return `Quý ${ROMAN[Number(quarter) - 1] ?? quarter}/${year}`;
}

/** "Quý II/2026" or "2026-Q2" → "2026-Q2"; null for anything else. */
export function quarterOfText(text: string): string | null {
  const [, roman, year] = /^quý\s+(I{1,3}|IV)\s*\/\s*(20\d{2})$/iu.exec(text) ?? [];
  if (roman === undefined) return /^20\d{2}-Q[1-4]$/.test(text) ? text : null;
  return `${year}-Q${ROMAN.indexOf(roman.toUpperCase()) + 1}`;
}

const moneyFormat = new Intl.NumberFormat('vi-VN');

/** "1.500.000.000" */
export function moneyText(amount: number | null): string {
  return amount === null ? UNKNOWN : moneyFormat.format(amount);
}

export function partnersText({ partners }: ConsolidatedRow): string {
  return partners.length === 0 ? 'Chưa chọn' : partners.join('; ');
}

export function progressText({ report }: ConsolidatedRow): string {
  if (report === null) return '';
  return report.percent === null ? report.progress : `${report.progress} (${report.percent}%)`;
}

/** The sentence that says how many have reported. */
export function standingSentence({ asOf, lastDay, counts, rows }: Consolidation): string {
  const { onTime, late, missing, open, beforeStart } = counts;
  const parts = [
    `có báo cáo về ${onTime + late}/${rows.length} cơ sở dữ liệu (đúng hạn ${onTime}, trễ hạn ${late})`,
    `quá hạn chưa gửi ${missing}`,
    ...(open > 0 ? [`chưa đến hạn ${open}`] : []),
    ...(beforeStart > 0
      ? [`${beforeStart} kỳ báo cáo đã qua trước khi được ghi nhận trên hệ thống, không đánh giá`]
      : []),
  ];
  return `Tính đến ngày ${writtenDay(asOf)}, ${parts.join('; ')}. Hạn gửi: hết ngày ${writtenDay(lastDay)}.`;
}

/** Name of the file that an officer gets: without what file systems refuse. */
export function fileNameOf({ label, list }: Consolidation, extension: 'docx' | 'xlsx'): string {
  const name = `Tổng hợp tiến độ CSDL - ${label} - ${list.title}`.replace(/[/\\:*?"<>|]/g, '-');
  return `${name.slice(0, MAX_NAME).trim()}.${extension}`;
}

/** File systems take 255 bytes, of which a Vietnamese letter needs up to three. */
const MAX_NAME = 75;
