import { ProblemError } from '#libs/contracts';
import type { Row } from './remarks.js';

/** How a state and its steps are told in a sheet. */
export interface StepForm<Key extends string, State extends string> {
  words: Readonly<Record<State, string>>;
  transitions: Readonly<Record<State, readonly State[]>>;
  keys: { state: Key; on: Key; document?: Key };
}

interface Told<State> {
  on: string | null;
  document: string | null;
  to: State | undefined;
}

/** A step that a row asks for. */
export interface Step<State> {
  to: State;
  on: string;
  document: string | null;
}

/**
 * The step from the state that is recorded to the one that a row states.
 *
 * @returns null where there is none, or where the row has a fault, which is noted
 */
export function readStep<Key extends string, State extends string>(
  row: Row<Key>,
  { words, transitions, keys }: StepForm<Key, State>,
  { to, on, document }: Told<State>,
  known: { state: State; on: string | null; document: string | null },
): Step<State> | null {
  if (to === undefined || to === known.state) {
    checkSame(row, keys, { on, document }, known);
    return null;
  }
  const possible = transitions[known.state];
  if (!possible.includes(to)) {
    row.fault(keys.state, 'step-not-allowed', {
      from: words[known.state],
      to: words[to],
      allowed: possible.map((state) => words[state]).join('; ') || '–',
    });
    return null;
  }
  if (on === null) row.fault(keys.on, 'required');
  return on === null ? null : { to, on, document };
}

/** The day and the document of a state are those of its step: without another step they stay. */
function checkSame<Key extends string>(
  row: Row<Key>,
  keys: StepForm<Key, string>['keys'],
  told: { on: string | null; document: string | null },
  known: { on: string | null; document: string | null },
): void {
  if (told.on !== null && told.on !== known.on) row.fault(keys.on, 'same-state', { value: known.on ?? '–' });
  if (keys.document !== undefined && told.document !== null && told.document !== known.document)
    row.fault(keys.document, 'same-state', { value: known.document ?? '–' });
}

/**
 * Does what a row asks for. What a rule refuses is noted at the row; anything else is the system's own failure.
 *
 * @param columns the column that a refusal is about, or columns by the codes of problems and the paths of fields
 * @returns null when it was refused
 */
export async function attempt<Key extends string, Result>(
  row: Row<Key>,
  columns: Key | Readonly<Record<string, Key>>,
  work: () => Promise<Result>,
): Promise<Result | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    row.refuse(columns, error);
    return null;
  }
}
