import { describe, expect, it } from '@jest/globals';
import {
  type CriterionState,
  lateAt,
  livenessOf,
  NOTHING_KNOWN,
  QUALITY_CRITERIA,
  QUALITY_THRESHOLDS,
  type QualityCriterion,
  type QualityFacts,
  qualityScore,
} from './registry-quality.js';
import { becameLateBetween, qualitySummary } from './registry-quality-summary.js';
import type {
  QualityCheckFigures,
  RegistryQualityState,
  UpdateFrequency,
} from './registry-quality-events.js';

const NOW = '2026-04-20T05:00:00.000Z';

const CHECK: QualityCheckFigures = {
  id: 'check',
  checkedAt: NOW,
  tool: 'thử',
  records: 10_000,
  validity: null,
  codes: null,
  mandatory: null,
  duplicates: null,
};

type Known = QualityFacts['quality'];

function facts(quality: Partial<Known>, lifecycle: QualityFacts['lifecycle'] = 'trial'): QualityFacts {
  return { lifecycle, quality: { ...NOTHING_KNOWN, ...quality } };
}

function stateOf(criterion: QualityCriterion, of: QualityFacts): CriterionState | undefined {
  return qualityScore(of, NOW).criteria.find((one) => one.criterion === criterion)?.state;
}

const checked = (figures: Partial<QualityCheckFigures>, more: Partial<Known> = {}) =>
  facts({ check: { ...CHECK, ...figures }, ...more });
const expecting = (expectations: Partial<Known['expectations']>): Pick<Known, 'expectations'> => ({
  expectations: { ...NOTHING_KNOWN.expectations, ...expectations },
});
const fed = (frequency: UpdateFrequency | null, toleranceHours: number | null = null) => ({
  freshness: { frequency, toleranceHours },
  lastUpdateAt: '2026-04-19T00:00:00.000Z',
});

describe('criteria', () => {
  it('are six, and not determined of a database of which nothing is known', () => {
    const { attained, judged, criteria } = qualityScore(facts({}), NOW);
    expect([attained, judged, criteria.length]).toEqual([0, 0, QUALITY_CRITERIA.length]);
  });

  it.each<[QualityCriterion, CriterionState, QualityFacts]>([
    ['accurate', 'attained', checked({ validity: { values: 10_000, wrong: 100 } })],
    ['accurate', 'not-attained', checked({ validity: { values: 10_000, wrong: 101 } })],
    ['accurate', 'not-determined', checked({ validity: { values: 0, wrong: 0 } })],
    [
      'accurate',
      'not-attained',
      checked({ validity: { values: 10_000, wrong: 1 } }, expecting({ allowedErrors: 0 })),
    ],
    ['complete', 'not-determined', checked({ mandatory: { values: 10_000, wrong: 0 } })],
    ['complete', 'not-attained', checked({ mandatory: { values: 10_000, wrong: 101 } })],
    ['complete', 'not-attained', checked({}, expecting({ expectedRecords: 10_102 }))],
    ['complete', 'attained', checked({}, expecting({ expectedRecords: 10_101, mandatoryFields: [] }))],
    ['clean', 'attained', checked({ duplicates: 100 })],
    ['clean', 'not-attained', checked({ duplicates: 100, codes: { values: 100, wrong: 2 } })],
    ['clean', 'not-determined', checked({ duplicates: 100, codes: { values: 0, wrong: 0 } })],
    ['unified', 'attained', facts({ mapping: { fields: 10, mapped: 9, dictionaryVersion: '1.0' } })],
    ['unified', 'not-attained', facts({ mapping: { fields: 10, mapped: 8, dictionaryVersion: '1.0' } })],
    ['unified', 'not-attained', facts({ mapping: { fields: 10, mapped: 10, dictionaryVersion: null } })],
    ['shared', 'attained', facts({ services: 1 })],
    ['shared', 'not-determined', facts({ services: 0 })],
    ['shared', 'not-attained', facts({ services: 0 }, 'in-operation')],
  ])('%s is %s at its threshold', (criterion, state, of) => {
    expect(stateOf(criterion, of)).toBe(state);
  });
});

describe('freshness', () => {
  it.each<[UpdateFrequency, number | null, string]>([
    ['continuous', null, '2026-04-19T02:00:00.000Z'],
    ['hourly', 0, '2026-04-19T01:00:00.000Z'],
    ['daily', null, '2026-04-20T06:00:00.000Z'],
    ['weekly', 12, '2026-04-26T12:00:00.000Z'],
    ['monthly', 0, '2026-05-20T00:00:00.000Z'],
  ])('%s data with a tolerance of %s hours is late from %s on', (frequency, tolerance, instant) => {
    expect(lateAt(fed(frequency, tolerance))).toBe(instant);
    const quality = { ...NOTHING_KNOWN, ...fed(frequency, tolerance) };
    expect(livenessOf({ lifecycle: 'trial', quality }, instant)).toBe('attained');
    const after = new Date(Date.parse(instant) + 1).toISOString();
    expect(livenessOf({ lifecycle: 'trial', quality }, after)).toBe('not-attained');
    expect(livenessOf({ lifecycle: 'retired', quality }, after)).toBe('not-determined');
    expect(becameLateBetween([quality], instant, after)).toBe(true);
    expect(becameLateBetween([quality], after, '2027-01-01T00:00:00.000Z')).toBe(false);
    expect(becameLateBetween([quality], '2026-01-01T00:00:00.000Z', instant)).toBe(false);
  });

  it('has a period for every frequency that promises one', () => {
    expect(lateAt(fed('irregular'))).toBeNull();
    expect(lateAt(fed(null))).toBeNull();
    expect(lateAt({ ...fed('daily'), lastUpdateAt: null })).toBeNull();
    expect(Object.keys(QUALITY_THRESHOLDS.periodHours)).toHaveLength(8);
  });
});

describe('the summary', () => {
  it('takes means over the judged databases, and leaves out those that are no more', () => {
    const stale: Pick<RegistryQualityState, 'freshness' | 'lastUpdateAt'> = fed('hourly');
    const good = { duplicates: 0, validity: { values: 10, wrong: 0 } };
    const databases = [
      facts({ ...stale, check: { ...CHECK, ...good } }),
      facts({ ...fed('weekly') }),
      facts({}),
      facts({ ...stale, services: 1 }, 'retired'),
    ];
    expect(qualitySummary(databases, NOW)).toEqual({
      average: 1.5,
      averageJudged: 2,
      judged: 2,
      stale: 1,
      tracked: 2,
      staleSince: '2026-04-19T02:00:00.000Z',
    });
    expect(qualitySummary([], NOW)).toMatchObject({ average: null, averageJudged: null, staleSince: null });
  });
});
