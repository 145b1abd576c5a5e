import { addDays } from '#libs/calendar';
import { loadReferenceData } from '#libs/reference';
import { WORDS } from './generate.js';

export interface Asked {
  path: string;
  authorization: string;
}

export interface Question {
  name: string;
  /** A different one for each number. */
  ask(number: number): Asked;
}

type Read = (path: string) => Promise<{ items: { id: string }[]; nextCursor: string | null }>;

/** What people and walls ask. Agencies, days and words change from request to request. */
export async function questionsOf(
  today: string,
  authorizationOf: (agency: string) => Promise<string>,
  read: Read,
): Promise<Question[]> {
  const reference = loadReferenceData();
  const agencies = reference.agencies
    .filter((one) => one.current && one.level === 'province')
    .map((one) => one.code);
  const codes = [...agencies, ...reference.communes.map((one) => one.code)];
  const follower = await authorizationOf('UBND');
  const own = await Promise.all(codes.map(authorizationOf));
  const agency = (number: number): string => codes[(number * 7) % codes.length]!;
  const ofAgency = (number: number): string => own[(number * 7) % own.length]!;
  const word = (number: number): string => encodeURIComponent(WORDS[number % WORDS.length]!);
  const pastDay = (number: number): string => addDays(today, -1 - ((number * 37) % 600));
  const cursors = await deepCursors(read);
  const directives = (await read('/v1/directives?limit=500')).items.map(({ id }) => id);
  const directive = (number: number): string => directives[(number * 11) % directives.length]!;

  const asFollower = (name: string, path: (number: number) => string): Question => ({
    name,
    ask: (number) => ({ path: path(number), authorization: follower }),
  });
  const asAgency = (name: string, path: (number: number) => string): Question => ({
    name,
    ask: (number) => ({ path: path(number), authorization: ofAgency(number) }),
  });
  const timeliness = ['overdue', 'due-soon', 'on-track', 'completed-on-time', 'completed-late', 'no-date'];
  const states = ['assigned', 'in-progress', 'submitted', 'completed', 'suspended'];
  return [
    asFollower('list, first page', () => '/v1/tasks'),
    asFollower('list, deep pages', (n) => `/v1/tasks?cursor=${cursors[n % cursors.length]!}`),
    asAgency('list, an agency’s own', () => '/v1/tasks'),
    asFollower('filter lead', (n) => `/v1/tasks?lead=${agency(n)}`),
    asFollower('filter state', (n) => `/v1/tasks?state=${states[n % states.length]!}`),
    ...timeliness.map((one) => asFollower(`filter timeliness ${one}`, () => `/v1/tasks?timeliness=${one}`)),
    asFollower('filter lead and overdue', (n) => `/v1/tasks?lead=${agency(n)}&timeliness=overdue`),
    asAgency('filter overdue, an agency’s own', () => `/v1/tasks?timeliness=overdue`),
    asFollower('filter due range', (n) => `/v1/tasks?dueFrom=${pastDay(n)}&dueTo=${addDays(pastDay(n), 14)}`),
    asFollower('filter directive', (n) => `/v1/tasks?directive=${directive(n)}`),
    asFollower('filter q, a word', (n) => `/v1/tasks?q=${word(n)}`),
    asFollower('filter q, a number', (n) => `/v1/tasks?q=${encodeURIComponent(`số ${n * 131}`)}`),
    asFollower('filter q, nothing found', (n) => `/v1/tasks?q=${encodeURIComponent(`không có ${n}`)}`),
    asAgency('filter q, an agency’s own', (n) => `/v1/tasks?q=${word(n)}`),
    asFollower('asOf list', (n) => `/v1/tasks?asOf=${pastDay(n)}`),
    asFollower('asOf list, lead', (n) => `/v1/tasks?asOf=${pastDay(n)}&lead=${agency(n)}`),
    asAgency('asOf list, an agency’s own', (n) => `/v1/tasks?asOf=${pastDay(n)}`),
    ...timeliness.map((one) =>
      asFollower(`asOf list, ${one}`, (n) => `/v1/tasks?asOf=${pastDay(n)}&timeliness=${one}`),
    ),
    asFollower('asOf list, q', (n) => `/v1/tasks?asOf=${pastDay(n)}&q=${word(n)}`),
    asFollower('asOf list, directive', (n) => `/v1/tasks?asOf=${pastDay(n)}&directive=${directive(n)}`),
    asFollower('totals', () => '/v1/tasks/totals'),
    asFollower('totals, lead', (n) => `/v1/tasks/totals?lead=${agency(n)}`),
    asAgency('totals, an agency’s own', () => '/v1/tasks/totals'),
    asFollower('totals, q', (n) => `/v1/tasks/totals?q=${word(n)}`),
    asFollower(
      'totals, due range',
      (n) => `/v1/tasks/totals?dueFrom=${pastDay(n)}&dueTo=${addDays(pastDay(n), 14)}`,
    ),
    asFollower(
      'asOf totals, 12 days',
      (n) => `/v1/tasks/totals?asOf=${addDays(today, -30 * (1 + (n % 12)))}`,
    ),
    asFollower('asOf totals, each another day', (n) => `/v1/tasks/totals?asOf=${addDays(today, -1 - n)}`),
    asFollower('asOf totals, lead', (n) => `/v1/tasks/totals?asOf=${pastDay(n)}&lead=${agency(n)}`),
    ...['agencies', 'directives', 'sessions', 'periods'].map((board) =>
      asFollower(`scoreboard ${board}`, () => `/v1/scoreboards/${board}`),
    ),
    asAgency('scoreboard agencies, an agency’s own', () => '/v1/scoreboards/agencies'),
    asFollower(
      'scoreboard agencies, asOf 12 days',
      (n) => `/v1/scoreboards/agencies?asOf=${addDays(today, -30 * (1 + (n % 12)))}`,
    ),
    asFollower(
      'scoreboard agencies, each another day',
      (n) => `/v1/scoreboards/agencies?asOf=${addDays(today, -1 - n)}`,
    ),
  ];
}

/** Places far down the list, some 500 tasks apart. */
async function deepCursors(read: Read): Promise<string[]> {
  const cursors: string[] = [];
  let cursor = '';
  while (cursors.length < 60) {
    const { nextCursor }: { nextCursor: string | null } = await read(
      `/v1/tasks?limit=500${cursor === '' ? '' : `&cursor=${cursor}`}`,
    );
    if (nextCursor === null) break;
    cursors.push((cursor = nextCursor));
  }
  return cursors;
}
