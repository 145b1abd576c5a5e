import type {
  FreshnessDeclaration,
  RegistryQualityState,
  UpdateFrequency,
} from './registry-quality-events.js';
import type { Lifecycle } from './registry-vocabulary.js';

/**
 * The six qualities of data of the plan for Resolution 214/NQ-CP (seed 002): đúng, đủ, sạch, sống, thống nhất, dùng
 * chung.
 */
export const QUALITY_CRITERIA = ['accurate', 'complete', 'clean', 'live', 'unified', 'shared'] as const;
export type QualityCriterion = (typeof QUALITY_CRITERIA)[number];

/** not-determined ("Chưa xác định"): what it takes to judge was never stated or checked. It counts neither way. */
export const CRITERION_STATES = ['attained', 'not-attained', 'not-determined'] as const;
export type CriterionState = (typeof CRITERION_STATES)[number];

/** All thresholds. The sources name none: these are this system's own, those marked so may be set for a database. */
export const QUALITY_THRESHOLDS = {
  /**
   * Ten thousandths that may be wrong: values against their rules, empty mandatory places, missing records,
   * duplicates. May be set for a database.
   */
  allowedErrors: 100,
  /** Ten thousandths of the fields that must be mapped to the shared dictionary. */
  mappedFields: 9_000,
  /** Hours from one arrival of data to the next; a month has at most 31 days, a quarter 92, half a year 184. */
  periodHours: {
    continuous: 1,
    hourly: 1,
    daily: 24,
    weekly: 7 * 24,
    monthly: 31 * 24,
    quarterly: 92 * 24,
    'half-yearly': 184 * 24,
    yearly: 366 * 24,
  } satisfies Record<Exclude<UpdateFrequency, 'irregular'>, number>,
  /** Share of the period by which data may be late, and the least; may be set for a database. */
  tolerance: { share: 0.25, leastHours: 1 },
} as const;

/** What a criterion consists of; it is attained when all its aspects are. */
export type QualityAspect =
  | 'valid-values'
  | 'mandatory-fields'
  | 'expected-records'
  | 'unique-records'
  | 'known-codes'
  | 'updated-in-time'
  | 'mapped-fields'
  | 'open-service';

/** How one aspect stands, with the figures that say so; null: not known. */
export interface AspectStanding {
  aspect: QualityAspect;
  state: CriterionState;
  count: number | null;
  /** What `count` is a part of. */
  of: number | null;
  /** Threshold in ten thousandths. */
  limit: number | null;
  /** updated-in-time: when the data is late, or has been since; ISO 8601 UTC. */
  lateAt: string | null;
}

export interface CriterionStanding {
  criterion: QualityCriterion;
  state: CriterionState;
  aspects: AspectStanding[];
}

export interface QualityScore {
  /** Criteria attained, of six. */
  attained: number;
  /** Criteria that could be judged. */
  judged: number;
  criteria: CriterionStanding[];
}

/** What a score is computed from, of {@link RegistryQualityState}. */
export type KnownQuality = Pick<
  RegistryQualityState,
  'freshness' | 'expectations' | 'lastUpdateAt' | 'check' | 'mapping' | 'services'
>;

/** All that a score is computed from. */
export interface QualityFacts {
  lifecycle: Lifecycle;
  quality: KnownQuality;
}

/** Of a database about whose quality nothing was ever said. */
export const NOTHING_KNOWN: KnownQuality = {
  freshness: { frequency: null, toleranceHours: null },
  expectations: { expectedRecords: null, mandatoryFields: null, allowedErrors: null },
  lastUpdateAt: null,
  check: null,
  mapping: null,
  services: 0,
};

const TEN_THOUSAND = 10_000;
const HOUR = 3_600_000;

/** Life-cycle states after which no data is expected. */
export const ENDED_LIFECYCLES: ReadonlySet<Lifecycle> = new Set(['replaced', 'retired']);
/** Life-cycle states in which others may expect to be served. */
const SERVING: ReadonlySet<Lifecycle> = new Set(['in-operation', 'upgrading', 'merging']);

/**
 * The score of a database at an instant.
 *
 * @param now ISO 8601 UTC; whether data is live depends on it
 */
export function qualityScore(facts: QualityFacts, now: string): QualityScore {
  const aspects: Record<QualityCriterion, AspectStanding[]> = {
    accurate: [validValues(facts)],
    complete: [...mandatoryFields(facts), expectedRecords(facts)],
    clean: [uniqueRecords(facts), ...knownCodes(facts)],
    live: [updatedInTime(facts, now)],
    unified: [mappedFields(facts)],
    shared: [openService(facts)],
  };
  const criteria = QUALITY_CRITERIA.map((criterion) => ({
    criterion,
    state: together(aspects[criterion]),
    aspects: aspects[criterion],
  }));
  const having = (state: CriterionState) => criteria.filter((one) => one.state === state).length;
  return { attained: having('attained'), judged: criteria.length - having('not-determined'), criteria };
}

/**
 * From when on the data is late, ISO 8601 UTC: after the declared period and the tolerance since it last arrived. Null
 * when no frequency is declared, none is promised, or no arrival is known.
 */
export function lateAt({
  freshness,
  lastUpdateAt,
}: Pick<RegistryQualityState, 'freshness' | 'lastUpdateAt'>): string | null {
  const hours = hoursUntilLate(freshness);
  if (hours === null || lastUpdateAt === null) return null;
  return new Date(Date.parse(lastUpdateAt) + hours * HOUR).toISOString();
}

/**
 * Whether the data arrives as declared at an instant: attained (live), not-attained (stale), or not-determined.
 *
 * @param now ISO 8601 UTC
 */
export function livenessOf({ lifecycle, quality }: QualityFacts, now: string): CriterionState {
  const late = ENDED_LIFECYCLES.has(lifecycle) ? null : lateAt(quality);
  if (late === null) return 'not-determined';
  return now > late ? 'not-attained' : 'attained';
}

function hoursUntilLate({ frequency, toleranceHours }: FreshnessDeclaration): number | null {
  if (frequency === null || frequency === 'irregular') return null;
  const { periodHours, tolerance } = QUALITY_THRESHOLDS;
  const period = periodHours[frequency];
  return period + (toleranceHours ?? Math.max(period * tolerance.share, tolerance.leastHours));
}

/** One that fails decides; one that is not known leaves the whole not known. */
function together(aspects: readonly AspectStanding[]): CriterionState {
  const states = new Set(aspects.map(({ state }) => state));
  if (states.has('not-attained')) return 'not-attained';
  return states.has('not-determined') ? 'not-determined' : 'attained';
}

function validValues({ quality }: QualityFacts): AspectStanding {
  const validity = quality.check?.validity ?? null;
  return fewWrong('valid-values', validity?.wrong ?? null, validity?.values ?? null, quality);
}

function mandatoryFields({ quality }: QualityFacts): AspectStanding[] {
  if (quality.expectations.mandatoryFields?.length === 0) return [];
  const mandatory = quality.check?.mandatory ?? null;
  return [fewWrong('mandatory-fields', mandatory?.wrong ?? null, mandatory?.values ?? null, quality)];
}

function expectedRecords({ quality }: QualityFacts): AspectStanding {
  const limit = TEN_THOUSAND - allowedErrorsOf(quality);
  const expected = quality.expectations.expectedRecords ?? null;
  return enough('expected-records', quality.check?.records ?? null, expected, limit);
}

function uniqueRecords({ quality }: QualityFacts): AspectStanding {
  const check = quality.check;
  return fewWrong('unique-records', check?.duplicates ?? null, check?.records ?? null, quality);
}

/** Data without coded fields is not kept from being clean: the aspect is there when codes were looked at. */
function knownCodes({ quality }: QualityFacts): AspectStanding[] {
  const codes = quality.check?.codes ?? null;
  return codes === null ? [] : [fewWrong('known-codes', codes.wrong, codes.values, quality)];
}

function updatedInTime(facts: QualityFacts, now: string): AspectStanding {
  return {
    ...standing('updated-in-time', livenessOf(facts, now)),
    lateAt: lateAt(facts.quality),
  };
}

function mappedFields({ quality: { mapping } }: QualityFacts): AspectStanding {
  const limit = QUALITY_THRESHOLDS.mappedFields;
  const mapped = enough('mapped-fields', mapping?.mapped ?? null, mapping?.fields ?? null, limit);
  const isVersioned = mapping?.dictionaryVersion != null;
  return mapped.state === 'attained' && !isVersioned ? { ...mapped, state: 'not-attained' } : mapped;
}

/** Of a database that does not serve yet nothing is said while it has no service. */
function openService({ quality: { services }, lifecycle }: QualityFacts): AspectStanding {
  const isJudged = services > 0 || SERVING.has(lifecycle);
  const state = !isJudged ? 'not-determined' : services > 0 ? 'attained' : 'not-attained';
  return { ...standing('open-service', state), count: services };
}

function fewWrong(
  aspect: QualityAspect,
  count: number | null,
  of: number | null,
  quality: KnownQuality,
): AspectStanding {
  return shareOf(aspect, count, of, allowedErrorsOf(quality), (share, limit) => share <= limit);
}

function enough(
  aspect: QualityAspect,
  count: number | null,
  of: number | null,
  limit: number,
): AspectStanding {
  return shareOf(aspect, count, of, limit, (share, least) => share >= least);
}

/** Nothing can be said of a share of nothing. */
function shareOf(
  aspect: QualityAspect,
  count: number | null,
  of: number | null,
  limit: number,
  isGood: (share: number, limit: number) => boolean,
): AspectStanding {
  const share = count === null || of === null || of === 0 ? null : (count * TEN_THOUSAND) / of;
  const state = share === null ? 'not-determined' : isGood(share, limit) ? 'attained' : 'not-attained';
  return { ...standing(aspect, state), count, of, limit };
}

function allowedErrorsOf({ expectations }: KnownQuality): number {
  return expectations.allowedErrors ?? QUALITY_THRESHOLDS.allowedErrors;
}

function standing(aspect: QualityAspect, state: CriterionState): AspectStanding {
  return { aspect, state, count: null, of: null, limit: null, lateAt: null };
}
