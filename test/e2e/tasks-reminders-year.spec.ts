import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TaskItem } from '../../apps/tasks/src/assignments/task-state.js';
import type { NoticeView } from '../../apps/tasks/src/notices/inbox/notice.view.js';
import { MailSink, NoticesLab } from './tasks-notices-lab.js';

const FIRST_DAY = '2026-01-05';
const LAST_DAY = '2026-12-31';
const MAILBOX = 'vanthu@snv.example.vn';

let mail: MailSink;
let lab: NoticesLab;
beforeAll(async () => {
  mail = await MailSink.open();
  lab = await NoticesLab.open({ SMTP_URL: mail.url, SMTP_FROM: 'ioc@khanhhoa.example.vn' });
  lab.clock.set(FIRST_DAY);
  await Promise.all([lab.start(), lab.start()]);
});
afterAll(async () => {
  await lab.close();
  await mail.close();
});

/** Counted here day by day from the calendar's file, with nothing of the service's own reckoning. */
const special = new Map(
  (
    JSON.parse(readFileSync(new URL('../../libs/reference/data/holidays.json', import.meta.url), 'utf8')) as {
      days: { date: string; kind: string }[];
    }
  ).days.map(({ date, kind }) => [date, kind]),
);
const shift = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
const isWorking = (day: string) =>
  special.has(day) ? special.get(day) === 'work' : ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

function workingDaysBefore(day: string, count: number): string {
  let left = count;
  let current = day;
  while (left > 0) {
    current = shift(current, -1);
    if (isWorking(current)) left -= 1;
  }
  return current;
}

function workingDayFrom(day: string): string {
  return isWorking(day) ? day : workingDayFrom(shift(day, 1));
}

/** What should be: a task as the test knows it, and the steps of its calendar that are behind it. */
interface Expected {
  id: string;
  lastDay: string;
  assignedOn: string;
  state: string;
  leads: string[];
  taken: Set<string>;
}

/** The reminder that a task gets on a day on which the service runs. */
function reminderOn(day: string, task: Expected): 'task-reminder' | 'task-overdue' | null {
  if (!['assigned', 'in-progress'].includes(task.state)) return null;
  const steps = [
    ...[5, 3, 1].map((days) => ({ name: `-${days}`, day: workingDaysBefore(task.lastDay, days) })),
    ...[1, 3, 7, 14, 30, 60, 120, 240].map((days) => ({
      name: `+${days}`,
      day: workingDayFrom(shift(task.lastDay, days)),
    })),
  ].filter((step) => step.day <= day);
  const latest = steps.at(-1);
  const isNew = latest !== undefined && !task.taken.has(`${task.lastDay}${latest.name}`);
  for (const { name } of steps) task.taken.add(`${task.lastDay}${name}`);
  if (!isNew) return null;
  if (latest.name.startsWith('+')) return 'task-overdue';
  return day <= task.lastDay && latest.day >= task.assignedOn ? 'task-reminder' : null;
}

/** The same numbers at every run: a failure can be looked at again. */
function* numbers(seed: number): Generator<number, never> {
  for (let value = seed; ;) {
    value = (value * 48_271) % 2_147_483_647;
    yield value;
  }
}

const expected: Expected[] = [];
const random = numbers(20_260_420);
const below = (limit: number) => random.next().value % limit;

async function assign(day: string): Promise<void> {
  const lastDay = shift(day, below(45) - 5);
  const leads = below(3) === 0 ? ['STC', 'SNV'] : ['STC'];
  const { id } = await lab.assignTask({ leads, collaborators: [], due: { date: lastDay } });
  expected.push({
    id,
    lastDay,
    assignedOn: day,
    state: 'assigned',
    leads,
    taken: new Set<string>(),
  });
}

/** Something happens to a task that the test assigned. */
async function change(task: Expected): Promise<void> {
  const evidence = { evidence: { documentNumber: '1/STC' } };
  const possible: Record<string, [string, unknown][]> = {
    assigned: [
      ['progress', { percent: 10 }],
      ['suspension', { reason: 'Chờ văn bản' }],
    ],
    'in-progress': [
      ['submission', evidence],
      ['cancellation', { ground: 'Thông báo số 9/TB-VPUB' }],
    ],
    submitted: [
      ['return', { reason: 'Thiếu phụ lục' }],
      ['confirmation', {}],
    ],
    suspended: [['resumption', {}]],
  };
  const actions = possible[task.state] ?? [];
  const chosen = actions[below(2) % Math.max(actions.length, 1)];
  if (!chosen) return;
  const [action, json] = chosen;
  const agency = ['progress', 'submission'].includes(action) ? 'STC' : 'VPUBND';
  const answer = await lab.send(`/v1/tasks/${task.id}/${action}`, { agency, json });
  expect(answer).toMatchObject({ status: 200 });
  task.state = String(answer.body['state']);
}

/** Replicas come and go; now and then nobody is there for days. */
async function restartSomething(dayNumber: number): Promise<boolean> {
  if (dayNumber % 60 === 20) await Promise.all([...lab.replicas].map((replica) => replica.stop()));
  const nobody = dayNumber % 60 >= 20 && dayNumber % 60 < 26;
  if (nobody) return false;
  if (dayNumber % 31 === 7) await lab.replicas[below(2) % Math.max(lab.replicas.length, 1)]?.stop();
  if (dayNumber % 31 !== 7 && lab.replicas.length < 2) await lab.start();
  if (lab.replicas.length === 0) await lab.start();
  return true;
}

describe('a year of reminders, with two replicas that come and go', () => {
  it('has each reminder once, and none too many', async () => {
    const loaded = await lab.all<TaskItem>('/v1/tasks');
    for (const { id, due, state, leads } of loaded) {
      if (due.lastDay === null) continue;
      const codes = leads.map(({ code }) => code ?? '');
      const common = { id, lastDay: due.lastDay, assignedOn: FIRST_DAY, leads: codes };
      expected.push({ ...common, state, taken: new Set<string>() });
    }
    const seeds = expected.length;
    await lab.send('/v1/agencies/SNV/contacts/email', { agency: 'SNV', json: { address: MAILBOX } });

    const lines: string[] = [];
    let mails = 0;
    let dayNumber = 0;
    for (let day = FIRST_DAY; day <= LAST_DAY; day = shift(day, 1)) {
      lab.clock.set(day);
      if (await restartSomething(dayNumber)) {
        if (dayNumber % 5 === 0) await assign(day);
        const own = expected.slice(seeds);
        if (own.length > 0) await change(own[below(own.length)]!);
        for (const task of expected) {
          const kind = reminderOn(day, task);
          if (kind) lines.push(`${day} ${task.id} ${kind}`);
          if (kind && task.leads.some((lead) => ['SNV', 'CSBN', 'CCQDV'].includes(lead))) mails += 1;
        }
        await lab.rounds();
      }
      dayNumber += 1;
    }
    await lab.rounds();

    const everybody = { agency: null, scopes: ['admin' as const] };
    const given = await lab.all<NoticeView>('/v1/notices', everybody);
    const reminders = given.filter(({ kind }) => kind === 'task-reminder' || kind === 'task-overdue');
    const actual = reminders.map(
      ({ givenAt, about, kind }) => `${givenAt.slice(0, 10)} ${about.taskId ?? ''} ${kind}`,
    );
    expect(actual.sort()).toEqual(lines.sort());
    // Something of everything happened, so that the comparison means something.
    expect(lines.filter((line) => line.endsWith('reminder')).length).toBeGreaterThan(70);
    expect(lines.filter((line) => line.endsWith('overdue')).length).toBeGreaterThan(150);
    expect(new Set(expected.map(({ state }) => state)).size).toBeGreaterThanOrEqual(5);

    const planned = await lab.rows<{ id: string }>(
      `SELECT d.id FROM delivery d JOIN notice n ON n.id = d.notice_id WHERE n.kind IN ('task-reminder', 'task-overdue')`,
    );
    const identifiers = planned.map(({ id }) => `<${id}@khanhhoa.example.vn>`);
    const reminding = mail.mails.filter(({ messageId }) => identifiers.includes(messageId));
    expect(reminding.map(({ messageId }) => messageId).sort()).toEqual(identifiers.sort());
    expect(reminding.flatMap(({ to }) => to)).toEqual(Array.from({ length: mails }, () => MAILBOX));
    expect(mails).toBeGreaterThan(50);
  }, 150_000);
});
