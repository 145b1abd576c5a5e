import { ImpossibleDateError, parseDuePhrase } from '#libs/calendar';
import type { TaskDue } from '#libs/contracts';
import { type FieldError, fieldProblem } from '#libs/http';

/** What a request states about a due date; what is left out follows from the rest. */
export interface StatedDue {
  phrase?: string | null;
  date?: string | null;
  lastDay?: string | null;
  extendable?: boolean;
}

export const NO_DUE: TaskDue = {
  date: null,
  lastDay: null,
  phrase: null,
  extendable: true,
  recurrence: null,
};

/**
 * The due date of a new task. A phrase alone is read ("trước ngày 15/5/2026"); a date without a last day is its own
 * last day, unless the phrase says "before" of the same date.
 *
 * @param reference day that a phrase without a year is read from
 * @throws problem `validation-failed` for a date that does not exist or contradicts the phrase or the last day
 */
export function resolveDue(stated: StatedDue | undefined, reference: string): TaskDue {
  if (!stated) return NO_DUE;
  const { phrase = null, extendable = true } = stated;
  const read = phrase === null ? null : readPhrase(phrase, reference);
  const date = stated.date ?? read?.date ?? null;
  if (read?.date && read.date !== date) throw fieldProblem(contradiction('due.date', read.date));
  const lastDay = stated.lastDay ?? read?.lastDay ?? date;
  if (read?.lastDay && read.lastDay !== lastDay)
    throw fieldProblem(contradiction('due.lastDay', read.lastDay));
  if (lastDay !== null && (date === null || lastDay > date)) throw fieldProblem(lastDayWithoutDate());
  return { date, lastDay, phrase: read?.phrase ?? null, extendable, recurrence: read?.recurrence ?? null };
}

function readPhrase(phrase: string, reference: string): ReturnType<typeof parseDuePhrase> {
  try {
    return parseDuePhrase(phrase, reference);
  } catch (error) {
    if (error instanceof ImpossibleDateError) throw fieldProblem({ field: 'due.phrase', code: 'not-date' });
    throw error;
  }
}

function contradiction(field: string, read: string): FieldError {
  const texts = {
    vi: `Khác với cụm từ thời hạn, theo đó là ${read}.`,
    en: `Differs from the due phrase, which means ${read}.`,
  };
  return { field, code: 'contradicts-phrase', texts };
}

function lastDayWithoutDate(): FieldError {
  const texts = {
    vi: 'Cần có ngày ghi trong văn bản, không sớm hơn ngày cuối cùng còn đúng hạn.',
    en: 'Needs the date as written, not earlier than the last day that is in time.',
  };
  return { field: 'due.lastDay', code: 'last-day-after-date', texts };
}
