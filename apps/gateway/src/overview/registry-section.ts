import { dayOf } from '#libs/calendar';
import {
  databaseSchedule,
  listReportStates,
  NOTHING_KNOWN,
  qualitySummary,
  type RegistryConnectionState,
  type RegistryDatabaseState,
  type RegistryEntryState,
  type RegistryListState,
  type RegistryQualityState,
  type RegistryReportState,
  type RegistrySection,
  reportPeriods,
  securityCoverage,
  type SecuredSystem,
} from '#libs/contracts';

/** What every database has told since the first version of the contract. */
type FirstStated =
  | 'id'
  | 'version'
  | 'name'
  | 'kind'
  | 'owner'
  | 'lifecycle'
  | 'lifecycleOn'
  | 'lifecycleDocument'
  | 'source'
  | 'note';

/** A database as an event told it; those of before its further attributes were told lie in the stream without them. */
export type ProjectedDatabase = Pick<RegistryDatabaseState, FirstStated> & Partial<RegistryDatabaseState>;

export type ProjectedSystem = Pick<RegistryEntryState<string>, 'kind' | 'lifecycle'> & SecuredSystem;

export interface RegistryPicture {
  databases: Iterable<ProjectedDatabase>;
  systems: Iterable<ProjectedSystem>;
  lists: Iterable<RegistryListState>;
  reports: Iterable<RegistryReportState>;
  connections: Iterable<RegistryConnectionState>;
  qualities: Iterable<RegistryQualityState>;
}

/** @param now schedule and reports are a matter of the day they are asked on, quality of the moment */
export function registrySection(
  { databases: all, systems, lists, reports, connections, qualities }: RegistryPicture,
  now: Date,
  sourceTime: string | null,
): RegistrySection {
  const today = dayOf(now);
  const qualityOf = new Map([...qualities].map((quality) => [quality.id, quality]));
  const databases = [...all];
  const allSystems = [...systems];
  const withTarget = databases
    .map(({ lifecycle, targetQuarter = null }) => databaseSchedule({ lifecycle, targetQuarter }, today))
    .filter((schedule) => schedule !== 'not-determined');
  const live = [...connections].filter(({ state }) => state !== 'ended');
  const { approved, total } = securityCoverage(allSystems);
  return {
    databases: {
      ...byLifecycle(databases),
      byKind: countBy(databases, ({ kind }) => kind),
    },
    systems: byLifecycle(allSystems),
    funded: databases.filter(({ funding }) => funding !== undefined && funding.allocated > 0).length,
    withPartner: databases.filter(({ partners }) => partners !== undefined && partners.length > 0).length,
    onSchedule: withTarget.filter((schedule) => schedule !== 'behind').length,
    withTarget: withTarget.length,
    connections: { inUse: live.filter(({ state }) => state === 'in-use').length, total: live.length },
    securityLevels: { approved, total },
    reports: reportCounts(lists, reports, today),
    quality: qualitySummary(
      databases.map(({ id, lifecycle }) => ({ lifecycle, quality: qualityOf.get(id) ?? NOTHING_KNOWN })),
      now.toISOString(),
    ),
    sourceTime,
  };
}

function byLifecycle(entries: readonly Pick<RegistryEntryState<string>, 'lifecycle'>[]): {
  total: number;
  byLifecycle: Record<string, number>;
} {
  return { total: entries.length, byLifecycle: countBy(entries, ({ lifecycle }) => lifecycle) };
}

function countBy<Item>(items: readonly Item[], word: (item: Item) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[word(item)] = (counts[word(item)] ?? 0) + 1;
  return counts;
}

/** Each report on each database once, though several lists may ask for it. */
function reportCounts(
  lists: Iterable<RegistryListState>,
  reports: Iterable<RegistryReportState>,
  today: string,
): RegistrySection['reports'] {
  const received = new Map<string, string>();
  for (const { database, period, receivedOn } of reports)
    received.set(`${database.id} ${period}`, receivedOn);
  const states = new Map<string, string>();
  for (const list of lists) {
    for (const period of reportPeriods(list, today)) {
      const receivedOn = (id: string) => received.get(`${id} ${period.period}`) ?? null;
      for (const { entry, state } of listReportStates(list, period, receivedOn, today)) {
        const key = `${entry.database.id} ${period.period}`;
        if (!states.has(key) || states.get(key) === 'before-start') states.set(key, state);
      }
    }
  }
  const count = (state: string) => [...states.values()].filter((one) => one === state).length;
  return { onTime: count('on-time'), late: count('late'), missing: count('missing') };
}
