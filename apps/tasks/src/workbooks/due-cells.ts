import { ImpossibleDateError, parseDuePhrase } from '#libs/calendar';
import type { Recurrence, TaskDue } from '#libs/contracts';
import { NO, NONE, YES } from './columns.js';

/** A due date as the cells of a row state it. */
export interface DueCells {
  phrase: string | null;
  date: string | null;
  lastDay: string | null;
  recurrence: string | null;
  extendable: string;
}

const UNIT_WORDS: Readonly<Record<Recurrence['unit'], string>> = {
  week: 'tuần',
  month: 'tháng',
  quarter: 'quý',
  year: 'năm',
};

/**
 * The cells of a due date. What the phrase would be read as, but is not so, is said ("Không"), so that the cells mean
 * the same when they are read again.
 *
 * @param reference day that a phrase without a year is read from
 */
export function dueCells(due: TaskDue, reference: string): DueCells {
  const read = due.phrase === null ? null : readPhrase(due.phrase, reference);
  const isDateRead = due.date === null && read !== null && read.date !== null;
  const isRecurrenceRead = due.recurrence === null && read !== null && read.recurrence !== null;
  return {
    phrase: due.phrase,
    date: isDateRead ? NONE : due.date,
    lastDay: due.lastDay,
    recurrence: isRecurrenceRead ? NONE : due.recurrence && recurrenceWords(due.recurrence),
    extendable: due.extendable ? YES : NO,
  };
}

/** Null for a phrase of a day that does not exist. */
export function readPhrase(phrase: string, reference: string): ReturnType<typeof parseDuePhrase> | null {
  try {
    return parseDuePhrase(phrase, reference);
  } catch (error) {
    if (error instanceof ImpossibleDateError) return null;
    throw error;
  }
}

/** "02 tuần/lần" → "2 tuần"; "trước ngày 20 hàng tháng" → "1 tháng, ngày 20, đúng hạn đến ngày 19". */
export function recurrenceWords({ unit, interval, day, lastDay }: Recurrence): string {
  const parts = [`${interval} ${UNIT_WORDS[unit]}`];
  if (day !== null) parts.push(`ngày ${day}`);
  if (lastDay !== null) parts.push(`đúng hạn đến ngày ${lastDay}`);
  return parts.join(', ');
}

const RECURRENCE = /^([1-9]\d?) (tuần|tháng|quý|năm)(?:, ngày (\d{1,2}))?(?:, đúng hạn đến ngày (\d{1,2}))?$/;

/** @returns null for words of another form */
export function readRecurrence(words: string): Recurrence | null {
  const [, interval, unitWord, day, lastDay] =
    RECURRENCE.exec(words.toLowerCase().replace(/\s+/g, ' ')) ?? [];
  const unit = (['week', 'month', 'quarter', 'year'] as const).find((one) => UNIT_WORDS[one] === unitWord);
  if (interval === undefined || unit === undefined) return null;
  const written = day === undefined ? null : Number(day);
  const last = lastDay === undefined ? written : Number(lastDay);
  if (written === 0 || (written ?? 0) > 31 || (last ?? 0) > 31) return null;
  return { unit, interval: Number(interval), day: written, lastDay: last };
}
