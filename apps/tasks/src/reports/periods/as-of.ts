import { addDays, type Clock } from '#libs/calendar';
import { fieldProblem } from '#libs/http';
import { startOf } from '../duties/due-periods.js';

/**
 * The instant as of which something is asked for: the end of the day, or now when it is today or left out.
 *
 * @param day yyyy-MM-dd
 * @throws problem `validation-failed` for a day to come
 */
export function instantOf(day: string | undefined, clock: Clock): string {
  const today = clock.today();
  if (day === undefined || day === today) return clock.now().toISOString();
  if (day > today) throw fieldProblem({ field: 'asOf', code: 'too-large', parameters: { max: today } });
  return new Date(startOf(addDays(day, 1)).getTime() - 1).toISOString();
}
