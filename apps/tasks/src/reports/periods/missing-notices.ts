import type { AgencyRef, EscalationLevel } from '#libs/contracts';
import type { NewNotice } from '../../notices/notices.js';
import { written } from '../duties/due-periods.js';
import type { Duty } from '../duties/duty.entity.js';
import type { PeriodRow } from './period.entity.js';

interface Missing {
  cause: string;
  level: 'agency' | EscalationLevel;
  recipients: NewNotice['recipients'];
  /** Whose reports are missing. */
  agencies: readonly AgencyRef[];
}

/** The notice that reports of a period are missing, for whom the step concerns. */
export function missingNotice(
  duty: Pick<Duty, 'id' | 'title' | 'directiveId' | 'rule'>,
  period: PeriodRow,
  { cause, level, recipients, agencies }: Missing,
): NewNotice {
  const names = agencies.map(({ name }) => name).join('; ');
  const limit = `${limitOf(duty, period)} (kỳ báo cáo: ${period.label})`;
  const about = {
    dutyId: duty.id,
    periodId: period.id,
    ...(duty.directiveId !== null && { directiveId: duty.directiveId }),
  };
  if (level === 'agency') {
    return {
      cause,
      kind: 'report-reminder',
      recipients,
      about,
      title: `Nhắc gửi báo cáo: ${duty.title}`,
      text: `Báo cáo "${duty.title}" có thời hạn ${limit}. Đến nay hệ thống chưa nhận được báo cáo của ${names}. Đề nghị cơ quan khẩn trương gửi báo cáo trên hệ thống.`,
    };
  }
  const request =
    level === 'agency-head'
      ? 'Đề nghị thủ trưởng cơ quan chỉ đạo gửi báo cáo và làm rõ nguyên nhân chậm trễ.'
      : 'Kính chuyển để xem xét, chỉ đạo đôn đốc.';
  return {
    cause,
    kind: 'report-escalation',
    recipients,
    about,
    title: `Chưa có báo cáo: ${duty.title}`,
    text: `Báo cáo "${duty.title}" có thời hạn ${limit}. Đến nay còn ${agencies.length} cơ quan chưa gửi báo cáo: ${names}. ${request}`,
  };
}

/** "hết ngày 19/5/2026", "trước 16 giờ 00 phút ngày 24/4/2026" */
function limitOf({ rule }: Pick<Duty, 'rule'>, { lastDay }: PeriodRow): string {
  if (rule.time === null) return `đến hết ngày ${written(lastDay)}`;
  const [hours, minutes] = rule.time.split(':');
  return `trước ${hours ?? ''} giờ ${minutes ?? ''} phút ngày ${written(lastDay)}`;
}
