import { fieldProblem } from '#libs/http';

/**
 * @param day yyyy-MM-dd; undefined: not given, which is good
 * @throws problem `validation-failed` for a day out of its bounds
 */
export function requireBetween(
  field: string,
  day: string | undefined,
  min: string | null,
  max: string,
): void {
  if (day === undefined) return;
  if (day > max) throw fieldProblem({ field, code: 'too-large', parameters: { max } });
  if (min !== null && day < min) throw fieldProblem({ field, code: 'too-small', parameters: { min } });
}
