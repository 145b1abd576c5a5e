import { addDays, isDay } from '#libs/calendar';
import type { AgencyRef, ReportDutyState } from '#libs/contracts';
import { fieldProblem, type Texts } from '#libs/http';
import type { ReferenceData } from '#libs/reference';
import { membersOf, reportersOf } from '../report-access.js';
import { duePeriods } from './due-periods.js';

/** Furthest into the past that a duty may begin, days: each of its periods opens, though none is judged. */
const FURTHEST_BACK = 730;

type Checked = Pick<
  ReportDutyState,
  'agencies' | 'recipients' | 'rule' | 'form' | 'escalation' | 'startsOn' | 'endsOn'
>;

/**
 * Rules over several fields of a duty.
 *
 * @throws problem `validation-failed`
 */
export function checkDuty(duty: Checked, reference: ReferenceData): void {
  checkTime(duty);
  for (const [index, agency] of duty.agencies.entries()) checkReporter(agency, index, reference);
  if (reportersOf(duty, reference).length === 0) throw failure('agencies', 'nobody-reports', NOBODY_REPORTS);
  const keys = duty.form.figures.map(({ key }) => key);
  const twice = keys.findIndex((key, index) => keys.indexOf(key) < index);
  if (twice >= 0) throw fieldProblem({ field: `form.figures[${twice}].key`, code: 'duplicate' });
  const { results, obstacles, proposals, taskPercents } = duty.form;
  if (!(results || obstacles || proposals || taskPercents || keys.length > 0))
    throw failure('form', 'empty-form', EMPTY_FORM);
  const levels = duty.escalation.map(({ level }) => level);
  if (new Set(levels).size < levels.length) throw fieldProblem({ field: 'escalation', code: 'duplicate' });
}

/**
 * How far back a new duty may begin.
 *
 * @throws problem `validation-failed`
 */
export function checkStart(startsOn: string, today: string): void {
  const earliest = addDays(today, -FURTHEST_BACK);
  if (startsOn < earliest)
    throw fieldProblem({ field: 'startsOn', code: 'too-small', parameters: { min: earliest } });
}

function checkTime({ rule, startsOn, endsOn }: Checked): void {
  if (endsOn !== null && endsOn < startsOn)
    throw fieldProblem({ field: 'endsOn', code: 'too-small', parameters: { min: startsOn } });
  if ('before' in rule && rule.before && rule.time !== null)
    throw failure('rule.time', 'two-limits', TWO_LIMITS);
  if (rule.kind === 'once' && !isDay(rule.date)) throw fieldProblem({ field: 'rule.date', code: 'not-date' });
  const first = duePeriods(rule, startsOn).next();
  if (first.done === true || (endsOn !== null && endsOn < first.value.lastDay))
    throw failure('rule', 'no-period', NO_PERIOD);
}

function checkReporter({ code }: AgencyRef, index: number, reference: ReferenceData): void {
  if (code === null || reference.agency(code)?.kind !== 'group') return;
  if (membersOf(code, reference).length === 0)
    throw failure(`agencies[${index}]`, 'group-without-members', GROUP_WITHOUT_MEMBERS);
}

function failure(field: string, code: string, texts: Texts): Error {
  return fieldProblem({ field, code, texts });
}

const NOBODY_REPORTS: Texts = {
  vi: 'Không có cơ quan nào phải báo cáo ngoài nơi nhận báo cáo.',
  en: 'Nobody would have to report but those who receive the reports.',
};
const EMPTY_FORM: Texts = {
  vi: 'Mẫu báo cáo phải yêu cầu ít nhất một nội dung.',
  en: 'The form must ask for something.',
};
const TWO_LIMITS: Texts = {
  vi: '"Trước ngày" không đi cùng giờ: ghi ngày cuối cùng và giờ.',
  en: '"Before the day" does not go with a time: state the last day and its time.',
};
const NO_PERIOD: Texts = {
  vi: 'Không có kỳ báo cáo nào trong thời gian của nghĩa vụ.',
  en: 'The time of the duty holds no period.',
};
const GROUP_WITHOUT_MEMBERS: Texts = {
  vi: 'Danh mục chưa xác định thành viên của nhóm này; ghi từng cơ quan.',
  en: 'The reference list does not know the members of this group; name the agencies.',
};
