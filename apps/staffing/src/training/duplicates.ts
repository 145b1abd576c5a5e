import { fieldProblem } from '#libs/http';

/**
 * @param fieldAt path of the field that names the value at an index, for the error
 * @throws problem `validation-failed` for a value that is named twice
 */
export function refuseDuplicates(values: readonly string[], fieldAt: (index: number) => string): void {
  const index = values.findIndex((value, position) => values.indexOf(value) !== position);
  if (index >= 0) throw fieldProblem({ field: fieldAt(index), code: 'duplicate' });
}
