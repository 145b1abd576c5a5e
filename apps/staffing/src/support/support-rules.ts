import type { ProblemError, SupportPlanEventState } from '#libs/contracts';
import { fieldProblem } from '#libs/http';

/** What a support plan says, beside who is concerned and how it stands. */
export type SupportContent = Pick<
  SupportPlanEventState,
  'title' | 'skill' | 'mode' | 'from' | 'to' | 'need' | 'cost' | 'costSource'
>;

/**
 * Support has a period, but for staff that is recruited; and a cost goes with its source.
 *
 * @throws problem `validation-failed` on `to` or `cost`
 */
export function checkSupport({ mode, from, to, cost, costSource }: SupportContent): void {
  if (to === null && mode !== 'recruit') throw fieldProblem({ field: 'to', code: 'required' });
  if (to !== null && to < from)
    throw fieldProblem({ field: 'to', code: 'too-small', parameters: { min: from } });
  const fits =
    costSource === 'none' ? cost === 0 : costSource === 'state-budget' ? cost !== 0 : cost === null;
  if (fits) return;
  const texts = {
    vi: 'Kinh phí không khớp nguồn: không phát sinh kinh phí thì ghi 0; từ ngân sách nhà nước thì lớn hơn 0; chưa xác định nguồn thì để trống.',
    en: 'The cost does not go with its source: 0 from none, more than 0 from the State budget, null without a source.',
  };
  throw fieldProblem({ field: 'cost', code: 'cost-without-source', texts });
}

/** That a code is not one of those that the field can name. */
export function unitField(field: 'unit' | 'agency'): ProblemError {
  const texts = {
    unit: {
      vi: 'Danh mục dùng chung không có xã, phường, đặc khu với mã này.',
      en: 'The reference list has no commune unit with this code.',
    },
    agency: {
      vi: 'Cơ quan lập dự toán phải là xã được hỗ trợ hoặc cơ quan hỗ trợ.',
      en: 'The money is asked for by the commune unit or by the supporter.',
    },
  };
  return fieldProblem({ field, code: 'unknown-agency', texts: texts[field] });
}
