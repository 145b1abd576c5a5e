import { createHash } from 'node:crypto';
import {
  type AgencyTaskCounts,
  COUNT_OF_TIMELINESS,
  type Overview,
  type StaffingSection,
  type TaskLine,
  type TasksSection,
  type Timeliness,
  type TimelinessCounts,
} from '#libs/contracts';
import { FIXTURE_TASKS, type FixtureTask } from './fixture-tasks.js';

const DAY_MS = 86_400_000;
const DUE_SOON_DAYS = 7;

/** The overview a gateway would give at an instant for the seeds' tasks, money and units. */
export function fixtureOverview(now: Date): Overview {
  const time = (minutesAgo: number): string => new Date(now.getTime() - minutesAgo * 60_000).toISOString();
  const lastEvents = {
    tasks: time(3),
    budget: time(60 * 24 * 9),
    registry: time(95),
    staffing: time(60 * 26),
  };
  const tasks = tasksSection(FIXTURE_TASKS, now, lastEvents.tasks);
  return {
    year: 2023,
    generatedAt: now.toISOString(),
    tasks,
    budget: {
      sourceTime: lastEvents.budget,
      year: 2023,
      projects: { count: 24, totalCost: 522_233_600_000, plannedByYear: { 2023: 113_923_600_000 } },
      activities: {
        count: 21,
        requested: 40_617_142_156,
        allocated: 3_700_000_000,
        supplement: 36_939_353_156,
      },
      years: [2023],
      bySource: {},
      byStage: { 'not-determined': 45 },
      byAgency: [],
      disbursed: 0,
      ppp: { count: 0, statePart: 0, enterprisePart: 0 },
    },
    registry: {
      sourceTime: lastEvents.registry,
      databases: {
        total: 19,
        byLifecycle: { planned: 9, 'under-construction': 4, 'in-operation': 6 },
        byKind: { provincial: 19 },
      },
      systems: { total: 30, byLifecycle: { 'in-operation': 30 } },
      funded: 3,
      withPartner: 5,
      onSchedule: 12,
      withTarget: 15,
      connections: { inUse: 4, total: 12 },
      securityLevels: { approved: 30, total: 30 },
      reports: { onTime: 8, late: 1, missing: 2 },
      quality: { average: 2.5, averageJudged: 4, judged: 6, stale: 0, tracked: 5, staleSince: null },
    },
    sharing: {
      sourceTime: lastEvents.registry,
      datasets: 26,
      requests: { open: 2, late: 0, answeredInTime: 9, grantedInPart: 0, refused: 1 },
      grants: { active: 8, openingLate: 0, ofClosedDatasets: 0, byAgency: [] },
      exchanges: { lastHour: 412, today: 5_208 },
      deniedToday: 0,
      chain: { verifiedAt: lastEvents.tasks, ok: true },
      matrix: [],
    },
    staffing: staffingSection(lastEvents.staffing),
    health: {
      checkedAt: now.toISOString(),
      services: (['tasks', 'budget', 'registry', 'staffing'] as const).map((service) => ({
        service,
        lastEventAt: lastEvents[service],
        lag: 0,
        state: 'ok' as const,
      })),
    },
    recent: [
      {
        service: 'tasks',
        aggregate: 'task',
        aggregateId: idOf('Thống kê'),
        type: 'vn.ioc.tasks.task.progressed.v1',
        title: 'Thống kê đơn vị chưa mua sắm trang thiết bị đầu cuối',
        time: lastEvents.tasks,
      },
      {
        service: 'registry',
        aggregate: 'database',
        aggregateId: idOf('đất đai'),
        type: 'vn.ioc.registry.database.lifecycle-changed.v1',
        title: 'CSDL đất đai',
        time: lastEvents.registry,
      },
    ],
  };
}

/** The tasks section for a set of tasks on the day of an instant. */
export function tasksSection(tasks: readonly FixtureTask[], now: Date, sourceTime: string): TasksSection {
  const lines = tasks.map((task) => ({ task, line: taskLine(task, now) }));
  const counts = emptyCounts();
  for (const { line } of lines) counts[COUNT_OF_TIMELINESS[line.timeliness]] += 1;
  const open = (timeliness: Timeliness): boolean => timeliness === 'on-track' || timeliness === 'due-soon';
  return {
    sourceTime,
    total: tasks.length,
    byTimeliness: counts,
    overdue: lines
      .map(({ line }) => line)
      .filter(({ timeliness }) => timeliness === 'overdue')
      .toSorted((a, b) => b.daysLate - a.daysLate),
    nextDue: lines
      .map(({ line }) => line)
      .filter(({ timeliness }) => open(timeliness))
      .toSorted((a, b) => b.daysLate - a.daysLate),
    byAgency: byAgency(lines.map(({ line }) => line)),
    reports: { onTime: 61, late: 4, missing: 0, due: 15 },
    explanations: { open: 2, late: 1 },
  };
}

function taskLine(task: FixtureTask, now: Date): TaskLine {
  const today = Date.parse(new Date(now.getTime() + 7 * 3_600_000).toISOString().slice(0, 10));
  const daysLate = task.lastDay === null ? 0 : Math.round((today - Date.parse(task.lastDay)) / DAY_MS);
  return {
    id: idOf(task.title),
    title: task.title,
    directive: { number: null, kind: task.directive.kind, clause: task.directive.clause },
    leads: task.leads.map(([code, name]) => ({ code, name })),
    lastDay: task.lastDay ?? '',
    daysLate,
    state: task.completedOn === undefined ? 'in-progress' : 'completed',
    timeliness: timelinessOf(task, daysLate),
    extendable: task.extendable ?? true,
    extensions: 0,
    progressPercent: task.completedOn === undefined ? 40 : 100,
  };
}

function timelinessOf(task: FixtureTask, daysLate: number): Timeliness {
  if (task.lastDay === null) return 'no-date';
  if (task.completedOn !== undefined) {
    return task.completedOn > task.lastDay ? 'completed-late' : 'completed-on-time';
  }
  if (daysLate > 0) return 'overdue';
  return daysLate >= -DUE_SOON_DAYS ? 'due-soon' : 'on-track';
}

function byAgency(lines: readonly TaskLine[]): AgencyTaskCounts[] {
  const agencies = new Map<string, AgencyTaskCounts>();
  for (const line of lines) {
    for (const agency of line.leads) {
      const counts = agencies.get(agency.name) ?? { agency, total: 0, byTimeliness: emptyCounts() };
      counts.total += 1;
      counts.byTimeliness[COUNT_OF_TIMELINESS[line.timeliness]] += 1;
      agencies.set(agency.name, counts);
    }
  }
  return [...agencies.values()].toSorted(
    (a, b) => b.byTimeliness.overdue - a.byTimeliness.overdue || b.total - a.total,
  );
}

function staffingSection(sourceTime: string): StaffingSection {
  const byUnit = Array.from({ length: 65 }, (_, index) => ({
    code: String(22_000 + index),
    name: `Xã thứ ${index + 1}`,
    kind: 'commune',
    headCount: null,
    reportedAt: null,
  }));
  const training = {
    plans: 1,
    underWay: 0,
    finished: 0,
    overdue: 0,
    sessions: { planned: 0, held: 0 },
  };
  const support = { plans: 0, proposed: 0, approved: 0, underWay: 0, ended: 0, units: 0, cost: 0 };
  return { sourceTime, units: { total: 65, answered: 0 }, itStaff: null, byUnit, training, support };
}

function emptyCounts(): TimelinessCounts {
  return { onTrack: 0, dueSoon: 0, overdue: 0, completedOnTime: 0, completedLate: 0, noDate: 0 };
}

/** The same text always gets the same id, as a real task would. */
function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
