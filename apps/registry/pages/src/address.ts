import { useSyncExternalStore } from 'react';
import type { RecordKind } from '../../src/exchange-log/records.js';
import { instantAfter, instantOf, isTime } from './times.js';

/** What is searched for; an empty condition is none. Times are local ones, `2026-11-22` or `2026-11-22T14:05`. */
export interface Criteria {
  agency: string;
  provider: string;
  receiver: string;
  dataset: string;
  kind: RecordKind | '';
  message: string;
  from: string;
  to: string;
}

/** What the address bar names: a search and how far it was leafed through, or one record. */
export type Place =
  { page: 'search'; criteria: Criteria; cursor: string | null } | { page: 'record'; sequence: number };

export const NO_CRITERIA: Criteria = {
  agency: '',
  provider: '',
  receiver: '',
  dataset: '',
  kind: '',
  message: '',
  from: '',
  to: '',
};

const NAMES = Object.keys(NO_CRITERIA) as (keyof Criteria)[];

export function placeOf(query: string): Place {
  const parameters = new URLSearchParams(query);
  const sequence = Number(parameters.get('record'));
  if (Number.isSafeInteger(sequence) && sequence > 0) return { page: 'record', sequence };
  const written = NAMES.map((name) => [name, parameters.get(name)?.trim() ?? '']);
  const criteria = Object.fromEntries(written) as unknown as Criteria;
  return { page: 'search', criteria, cursor: parameters.get('cursor') };
}

/** The address of a search, to be followed, bookmarked or sent to a colleague. */
export function searchAddress(criteria: Criteria, cursor: string | null = null): string {
  const parameters = new URLSearchParams();
  for (const name of NAMES) if (criteria[name] !== '') parameters.set(name, criteria[name]);
  if (cursor !== null) parameters.set('cursor', cursor);
  const query = parameters.toString();
  return query === '' ? './' : `?${query}`;
}

export function recordAddress(sequence: number): string {
  return `?record=${sequence}`;
}

/** Whether the times of a search can be read: an address may have been written by hand. */
export function areTimes({ from, to }: Criteria): boolean {
  return [from, to].every((time) => time === '' || isTime(time));
}

/** The same search as the API is asked for it. */
export function apiQuery(criteria: Criteria, cursor: string | null, limit: number): string {
  const { from, to, ...same } = criteria;
  const parameters = new URLSearchParams({ limit: String(limit) });
  for (const [name, value] of Object.entries(same)) if (value !== '') parameters.set(name, value);
  if (from !== '') parameters.set('from', instantOf(from));
  if (to !== '') parameters.set('to', instantAfter(to));
  if (cursor !== null) parameters.set('cursor', cursor);
  return parameters.toString();
}

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('popstate', listener);
  };
}

/** Goes to an address of these pages, as a link does. */
export function goTo(address: string): void {
  history.pushState(null, '', address);
  for (const listener of listeners) listener();
  scrollTo(0, 0);
}

/** Puts an address in the place of the present one: going back does not meet the present one again. */
export function replaceAddress(address: string): void {
  history.replaceState(null, '', address);
  for (const listener of listeners) listener();
}

/** The part of the address bar that names a place. */
export function useQuery(): string {
  return useSyncExternalStore(subscribe, () => location.search);
}
