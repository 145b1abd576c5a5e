import { type Day, daysBetween, type WorkingCalendar } from '#libs/calendar';
import type { AgencyRef, DirectiveKind, TaskDirective } from '#libs/contracts';

const KIND_NAMES: Readonly<Record<DirectiveKind, string>> = {
  'conclusion-notice': 'Thông báo kết luận',
  letter: 'Công văn',
  plan: 'Kế hoạch',
  decision: 'Quyết định',
  resolution: 'Nghị quyết',
  instruction: 'Chỉ thị',
  other: 'Văn bản',
};

/** dd/MM/yyyy, as Vietnamese documents write days. */
export function writtenDay(day: Day): string {
  return day.split('-').reverse().join('/');
}

/** What names a directive. */
type NamedDirective = Pick<TaskDirective, 'number' | 'kind' | 'issuer' | 'issuedOn' | 'clause'>;

/** "Công văn số 5474/UBND-KGVX ngày 20/04/2026 của UBND tỉnh, mục 2.a"; what is not determined is left out. */
export function writtenDirective(directive: NamedDirective): string {
  const { number, kind, issuer, issuedOn, clause } = directive;
  const parts = [
    KIND_NAMES[kind],
    number === null ? '' : ` số ${number}`,
    issuedOn === null ? '' : ` ngày ${writtenDay(issuedOn)}`,
    ` của ${issuer.name}`,
    clause === null ? '' : `, mục ${clause}`,
  ];
  return parts.join('');
}

export function writtenAgencies(agencies: readonly AgencyRef[]): string {
  return agencies.map(({ name }) => name).join('; ');
}

/** How a due date that is not kept yet stands: "còn 3 ngày làm việc", "hết hạn hôm nay", "quá hạn 12 ngày". */
export function writtenDistance(lastDay: Day, today: Day, calendar: WorkingCalendar): string {
  if (lastDay < today) return `quá hạn ${daysBetween(lastDay, today)} ngày`;
  if (lastDay === today) return 'hết hạn hôm nay';
  const left = calendar.workingDaysBetween(today, lastDay);
  return left === 0 ? `hết hạn ngày ${writtenDay(lastDay)}` : `còn ${left} ngày làm việc`;
}
