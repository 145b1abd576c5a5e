import { describe, expect, it } from '@jest/globals';
import { NOTHING_KNOWN, type RegistryListState, type RegistryReportState } from '#libs/contracts';
import { type ProjectedDatabase, registrySection } from './registry-section.js';

/** A database as the first version of the contract told it. */
function oldDatabase(id: string): ProjectedDatabase {
  return {
    id,
    version: 1,
    name: id,
    kind: 'sector',
    owner: null,
    lifecycle: 'planned',
    lifecycleOn: null,
    lifecycleDocument: null,
    source: null,
    note: null,
  };
}

function listOf(databaseId: string, addedOn: string): RegistryListState {
  return {
    id: `list of ${databaseId}`,
    version: 1,
    purpose: 'priority',
    year: 2026,
    title: 'Danh mục ưu tiên',
    decision: null,
    decidedOn: null,
    expected: null,
    reporting: { monthlyLastDay: 19, from: '2026-03', until: null, once: null },
    note: null,
    entries: [
      {
        database: { id: databaseId, name: databaseId },
        position: 1,
        addedOn,
        document: null,
        removedOn: null,
      },
    ],
  };
}

function reportOf(databaseId: string, period: string, receivedOn: string): RegistryReportState {
  return {
    id: `${databaseId} ${period}`,
    version: 1,
    database: { id: databaseId, name: databaseId },
    period,
    receivedOn,
    progress: 'Đang làm',
    percent: null,
    obstacles: null,
  };
}

const nothing = { databases: [], systems: [], lists: [], reports: [], connections: [], qualities: [] };

/** Noon of a day in Asia/Ho_Chi_Minh. */
const noon = (day: string) => new Date(`${day}T05:00:00Z`);

describe('the registry section', () => {
  it('counts databases and systems of before their further attributes were told', () => {
    const systems = [{ kind: 'portal', lifecycle: 'in-operation' as const }];
    const section = registrySection(
      { ...nothing, databases: [oldDatabase('a'), oldDatabase('b')], systems },
      noon('2026-04-20'),
      null,
    );
    expect(section).toMatchObject({
      databases: { total: 2, byLifecycle: { planned: 2 }, byKind: { sector: 2 } },
      systems: { total: 1, byLifecycle: { 'in-operation': 1 } },
      funded: 0,
      withPartner: 0,
      onSchedule: 0,
      withTarget: 0,
      securityLevels: { approved: 0, total: 1 },
      sourceTime: null,
    });
  });

  it('counts the schedule on the day it is asked for, and no database that has no target', () => {
    const databases = [
      { ...oldDatabase('done'), targetQuarter: '2026-Q1', lifecycle: 'in-operation' as const },
      { ...oldDatabase('building'), targetQuarter: '2026-Q2' },
      { ...oldDatabase('given up'), targetQuarter: '2026-Q1', lifecycle: 'retired' as const },
      { ...oldDatabase('without') },
    ];
    const on = (today: string) => {
      const { onSchedule, withTarget } = registrySection({ ...nothing, databases }, noon(today), null);
      return [onSchedule, withTarget];
    };
    expect([on('2026-06-30'), on('2026-07-01')]).toEqual([
      [2, 2],
      [1, 2],
    ]);
  });

  it('counts a report once, though two lists ask for it, and never for the time before an entry', () => {
    const lists = [listOf('a', '2026-04-01'), { ...listOf('a', '2026-05-25'), id: 'another' }];
    const reports = [reportOf('a', '2026-04', '2026-04-19'), reportOf('a', '2026-05', '2026-05-20')];
    const on = (today: string) => registrySection({ ...nothing, lists, reports }, noon(today), null).reports;
    expect(on('2026-06-19')).toEqual({ onTime: 1, late: 1, missing: 0 });
    expect(on('2026-06-20')).toEqual({ onTime: 1, late: 1, missing: 1 });
  });

  it('goes by the moment for data that is late, of databases that are there', () => {
    const databases = [oldDatabase('a'), { ...oldDatabase('b'), lifecycle: 'retired' as const }];
    const qualities = ['a', 'b', 'unknown'].map((id) => ({
      ...NOTHING_KNOWN,
      id,
      version: 1,
      database: { id, name: id },
      freshness: { frequency: 'daily' as const, toleranceHours: 0 },
      lastUpdateAt: '2026-04-19T05:00:00.000Z',
    }));
    const at = (instant: string) =>
      registrySection({ ...nothing, databases, qualities }, new Date(instant), null).quality;
    expect(at('2026-04-20T05:00:00.000Z')).toMatchObject({ stale: 0, tracked: 1, average: 1, judged: 1 });
    expect(at('2026-04-20T05:00:00.001Z')).toMatchObject({ stale: 1, tracked: 1, average: 0, judged: 1 });
  });

  it('leaves ended connections out', () => {
    const states = ['in-use', 'trial', 'ended'] as const;
    const connections = states.map((state) => ({ state }) as never);
    expect(registrySection({ ...nothing, connections }, noon('2026-04-20'), null).connections).toEqual({
      inUse: 1,
      total: 2,
    });
  });
});
