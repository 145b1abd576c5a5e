import { dayOf } from '#libs/calendar';
import type { ReportState } from '#libs/contracts';
import { written } from '../duties/due-periods.js';
import type { AnswerLine } from '../periods/period-state.js';
import type { Consolidation } from './consolidation.js';

/** What is not known is said to be so, never guessed. */
export const UNKNOWN = 'Chưa xác định';

export const STATE_WORDS: Readonly<Record<ReportState, string>> = {
  'on-time': 'Đúng hạn',
  late: 'Trễ hạn',
  missing: 'Chưa gửi',
  open: 'Chưa đến hạn',
  draft: 'Chưa đến hạn',
  'before-start': UNKNOWN,
  withdrawn: 'Không phải gửi',
};

const STEP_WORDS: Readonly<Record<NonNullable<AnswerLine['step']>['level'], string>> = {
  agency: 'Đã nhắc cơ quan',
  'agency-head': 'Đã báo thủ trưởng cơ quan',
  'standing-body': 'Đã báo cơ quan thường trực',
  'provincial-office': 'Đã báo Văn phòng UBND tỉnh',
  'vice-chair': 'Đã báo Phó Chủ tịch UBND tỉnh',
};

const timeFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  hour: '2-digit',
  minute: '2-digit',
});

/** "16 giờ 05 phút ngày 19/5/2026" */
export function writtenInstant(instant: string): string {
  const [hour, minute] = timeFormat.format(new Date(instant)).split(':');
  return `${hour ?? ''} giờ ${minute ?? ''} phút ngày ${written(dayOf(new Date(instant)))}`;
}

/** What was done about a missing report, and how often one was corrected. */
export function remarkOn({ state, step, corrections }: AnswerLine): string {
  const remarks = [
    ...(corrections > 0 ? [`Đã đính chính ${corrections} lần`] : []),
    ...(state === 'missing' && step ? [`${STEP_WORDS[step.level]} ${writtenInstant(step.at)}`] : []),
  ];
  return remarks.join('; ');
}

/** "Quyết định …": the directive as documents refer to it; null when the duty has none. */
export function groundOf({ directive, duty }: Consolidation): string | null {
  if (!directive) return null;
  const kinds = {
    'conclusion-notice': 'Thông báo kết luận',
    letter: 'Công văn',
    plan: 'Kế hoạch',
    decision: 'Quyết định',
    resolution: 'Nghị quyết',
    instruction: 'Chỉ thị',
    other: 'Văn bản',
  } as const;
  // A number that is not determined is left open, with the symbol that is.
  const number = directive.number ?? `……/${directive.symbol ?? '……'}`;
  const issued = directive.issuedOn === null ? '' : ` ngày ${written(directive.issuedOn)}`;
  const clause = duty.clause === null ? '' : ` (mục ${duty.clause})`;
  return `${kinds[directive.kind]} số ${number}${issued} của ${directive.issuer.name}${clause}`;
}

/** The sentence that says how many have reported. */
export function standingSentence({ asOf, period, counts, agencies }: Consolidation): string {
  const until = `Tính đến ${writtenInstant(asOf)}`;
  if (period.beforeStart) {
    return `${until}, tình hình gửi báo cáo của kỳ này: ${UNKNOWN.toLowerCase()} (kỳ báo cáo đã qua trước khi nghĩa vụ được ghi nhận trên hệ thống).`;
  }
  const { onTime, late, missing, due } = counts;
  const open = due > 0 ? `; ${due} cơ quan chưa đến hạn` : '';
  return `${until}, có ${onTime + late}/${agencies.length} cơ quan đã gửi báo cáo (đúng hạn ${onTime}, trễ hạn ${late}); ${missing} cơ quan quá hạn chưa gửi${open}.`;
}

/** Name of the file that an officer gets: without what file systems refuse. */
export function fileNameOf({ duty, period }: Consolidation, extension: 'docx' | 'xlsx'): string {
  const name = `Tổng hợp ${duty.title} - ${period.label}`.replace(/[/\\:*?"<>|]/g, '-');
  return `${name.slice(0, MAX_NAME).trim()}.${extension}`;
}

/** File systems take 255 bytes, of which a Vietnamese letter needs up to three. */
const MAX_NAME = 75;
