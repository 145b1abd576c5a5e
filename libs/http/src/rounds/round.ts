/**
 * Work that follows the calendar, such as opening the reporting periods of the day. Any provider that extends this
 * class is found by {@link Rounds} and run again and again.
 *
 * Every replica runs it, at the same time too, and one that was down runs it for all the days it missed: what a round
 * does must be safe by unique keys in the database (`INSERT … ON CONFLICT DO NOTHING` in the transaction of the effect),
 * never by hoping to be alone.
 */
export abstract class Round {
  /** Short name for the log, for example "reporting-periods". */
  abstract readonly name: string;
  abstract run(): Promise<void>;
}
