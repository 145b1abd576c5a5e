import type { AppraisalVerdict, LineAppraisal } from '#libs/contracts';
import { fieldProblem } from '#libs/http';

/** An appraisal as it is stated. */
export interface StatedAppraisal {
  verdict: AppraisalVerdict;
  /** For a reduction only; whole đồng. */
  amount: number | null;
  reason: string | null;
  ground: string | null;
}

/**
 * A line is accepted as it is, reduced with a reason, or refused with a reason and its legal ground.
 *
 * @param requested what the line asks for, whole đồng
 * @throws problem `validation-failed`
 */
export function checkedAppraisal(requested: number, stated: StatedAppraisal): LineAppraisal {
  const { verdict, reason, ground } = stated;
  if (verdict !== 'accepted' && reason === null) throw fieldProblem({ field: 'reason', code: 'required' });
  if (verdict === 'refused' && ground === null) throw fieldProblem({ field: 'ground', code: 'required' });
  return { verdict, amount: amountOf(requested, stated), reason, ground };
}

function amountOf(requested: number, { verdict, amount }: StatedAppraisal): number {
  const implied = verdict === 'accepted' ? requested : 0;
  if (verdict !== 'reduced') {
    if (amount === null || amount === implied) return implied;
    throw fieldProblem({
      field: 'amount',
      code: amount > implied ? 'too-large' : 'too-small',
      parameters: { min: implied, max: implied },
    });
  }
  if (amount === null) throw fieldProblem({ field: 'amount', code: 'required' });
  if (amount < 1) throw fieldProblem({ field: 'amount', code: 'too-small', parameters: { min: 1 } });
  const max = requested - 1;
  if (amount > max) throw fieldProblem({ field: 'amount', code: 'too-large', parameters: { max } });
  return amount;
}
