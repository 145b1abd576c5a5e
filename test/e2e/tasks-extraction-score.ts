import { readdirSync, readFileSync } from 'node:fs';
import type { ExtractedTask } from '../../apps/tasks/src/extraction/extract.js';

/** A task as a person labelled it: where its words begin and end, who leads, until when. */
export interface LabelledTask {
  /** First and last words; the first place after the labels before it. */
  start: string;
  end: string;
  /** Codes of the reference list, or names of agencies that are not in it. */
  leads: string[];
  collaborators: string[];
  date: string | null;
  lastDay: string | null;
  recurrence?: string;
  extendable?: boolean;
}

export interface LabelledDocument {
  header: { number: string | null; kind: string; issuer: string; date: string | null };
  tasks: LabelledTask[];
}

export interface Score {
  labelled: number;
  found: number;
  /** Labelled tasks that were found with their lead set and due date. */
  right: number;
  /** Tasks that are right, and whose collaborators and last day are right, too. */
  complete: number;
  /** What went wrong, one line each. */
  misses: string[];
}

const folder = new URL('../fixtures/extraction/', import.meta.url);

/** Names of all labelled documents, without their ending. */
export function fixtureNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.txt'))
    .map((file) => file.slice(0, -4))
    .sort();
}

export function readFixture(name: string): { text: string; labels: LabelledDocument } {
  const text = readFileSync(new URL(`${name}.txt`, folder), 'utf8').normalize('NFC');
  const labels = JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as LabelledDocument;
  return { text, labels };
}

/**
 * Compares (task, lead set, due date); capitals of names do not count, nor does "UBND" for "Ủy ban nhân dân". A task is the labelled one when the two spans share at least half of the longer;
 * each found task counts for one labelled task at most.
 */
export function score(text: string, labels: readonly LabelledTask[], tasks: readonly ExtractedTask[]): Score {
  const left = new Set(tasks);
  const misses: string[] = [];
  let [right, complete] = [0, 0];
  let from = 0;
  for (const label of labels) {
    const [start, end] = spanOf(text, label, from);
    from = start;
    const best = [...left].sort((a, b) => shared(b.span, [start, end]) - shared(a.span, [start, end]))[0];
    if (!best || shared(best.span, [start, end]) < 0.5) {
      misses.push(`not found: ${label.start} …`);
      continue;
    }
    left.delete(best);
    const [wanted, got] = [inShort(label), inShort(toLabel(best))];
    if (wanted === got) {
      right += 1;
      const [sides, read] = [sidesOf(label), sidesOf({ ...toLabel(best), lastDay: best.due.lastDay })];
      if (sides === read) complete += 1;
      else misses.push(`${label.start} …: ${read} instead of ${sides}`);
    } else misses.push(`${label.start} …: ${got} instead of ${wanted}`);
  }
  for (const task of left)
    misses.push(`not labelled: ${task.text.slice(0, 80)} … (${inShort(toLabel(task))})`);
  return { labelled: labels.length, found: tasks.length, right, complete, misses };
}

export const precision = ({ right, found }: Score): number => (found === 0 ? 0 : right / found);
export const recall = ({ right, labelled }: Score): number => right / labelled;

function spanOf(text: string, { start, end }: LabelledTask, from: number): [number, number] {
  const first = text.indexOf(start, from);
  const last = text.indexOf(end, first);
  if (first < 0 || last < 0) throw new Error(`the fixture has no "${start}" … "${end}" after ${from}`);
  return [first, last + end.length];
}

function shared(a: readonly [number, number], b: readonly [number, number]): number {
  const common = Math.min(a[1], b[1]) - Math.max(a[0], b[0]);
  return common / Math.max(a[1] - a[0], b[1] - b[0]);
}

type Triple = Pick<LabelledTask, 'leads' | 'collaborators' | 'date' | 'recurrence'> & {
  extendable?: boolean;
};

function toLabel({ leads, collaborators, due, extendable }: ExtractedTask): Triple {
  return {
    leads: leads.map(({ code, name }) => code ?? name),
    collaborators: collaborators.map(({ code, name }) => code ?? name),
    date: due.date,
    recurrence: due.recurrence?.unit,
    extendable,
  };
}

function sidesOf({ collaborators, lastDay }: Pick<LabelledTask, 'collaborators' | 'lastDay'>): string {
  return `with ${setOf(collaborators)} until ${lastDay ?? 'no day'}`;
}

const setOf = (names: readonly string[]): string =>
  names
    .map((name) => name.toLowerCase().replace(/^ủy ban nhân dân/, 'ubnd'))
    .sort()
    .join('+');

function inShort({ leads, date, recurrence, extendable = true }: Triple): string {
  return [setOf(leads), date, recurrence ?? 'once', extendable ? '' : 'final'].join(' ').trim();
}
