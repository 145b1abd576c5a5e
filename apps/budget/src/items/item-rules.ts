import type { ProblemError } from '#libs/contracts';
import { type FieldError, fieldProblem, type Texts } from '#libs/http';
import type { ItemContent } from './item-state.js';

const OTHER_KIND: Texts = {
  vi: 'Không có ở loại này: dự án có nhóm, thời gian, tổng kinh phí, kế hoạch theo năm; nhiệm vụ có nhu cầu, kinh phí đã cấp.',
  en: 'Not for this kind: a project has a group, years, a total cost and a plan by year; an activity has a requested and an allocated amount.',
};

/** The rules an item breaks, or null. The table's constraints are the second line, for what slips past these. */
export function brokenRules(content: ItemContent): ProblemError | null {
  const errors = [...misplacedMoney(content), ...termErrors(content), ...planErrors(content)];
  const [first, ...others] = errors;
  return first ? fieldProblem(first, ...others) : null;
}

/** A project is an investment with years and a total; an activity is recurrent money of one fiscal year. */
function misplacedMoney(content: ItemContent): FieldError[] {
  const projectOnly = {
    years: content.years !== null,
    totalCost: content.totalCost !== null,
    plannedByYear: Object.keys(content.plannedByYear).length > 0,
    projectGroup: content.projectGroup != null,
  };
  const activityOnly = { requested: content.requested !== null, allocated: content.allocated !== null };
  return Object.entries(content.kind === 'project' ? activityOnly : projectOnly)
    .filter(([, isPresent]) => isPresent)
    .map(([field]) => ({ field, code: 'other-kind', texts: OTHER_KIND }));
}

function termErrors({ years }: ItemContent): FieldError[] {
  if (years === null || years.from <= years.to) return [];
  return [{ field: 'years.to', code: 'too-small', parameters: { min: years.from } }];
}

function planErrors({ plannedByYear, totalCost }: ItemContent): FieldError[] {
  const planned = Object.values(plannedByYear).reduce((sum, amount) => sum + amount, 0);
  if (totalCost === null || planned <= totalCost) return [];
  const texts: Texts = {
    vi: `Các năm cộng lại ${planned} đồng, nhiều hơn tổng kinh phí ${totalCost} đồng.`,
    en: `The years add up to ${planned} đồng, more than the total cost of ${totalCost} đồng.`,
  };
  return [{ field: 'plannedByYear', code: 'plan-over-total', texts }];
}
