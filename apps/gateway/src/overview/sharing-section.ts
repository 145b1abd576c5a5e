import { dayOf } from '#libs/calendar';
import {
  type AgencyGrants,
  type AgencyRef,
  type ExchangeStandingState,
  isOpeningLate,
  type SharingDatasetState,
  type SharingGrantState,
  sharingGrantStanding,
  type SharingRequestState,
  sharingRequestStanding,
  type SharingSection,
} from '#libs/contracts';

export interface SharingPicture {
  datasets: Iterable<Pick<SharingDatasetState, 'id' | 'state'>>;
  requests: Iterable<Pick<SharingRequestState, 'state' | 'dueOn' | 'decidedOn' | 'decision'>>;
  grants: Iterable<TellingGrant>;
  /** null: the exchange log has not told of itself yet. */
  standing: ExchangeStandingState | null;
}

/** What of a grant is counted. */
type TellingGrant = Parameters<typeof isOpeningLate>[0] &
  Pick<SharingGrantState, 'provider' | 'receiver' | 'dataset'>;

const HOUR = 3_600_000;

/** @param now what is late, active or of today is a matter of the moment it is asked in */
export function sharingSection(
  { datasets, requests, grants, standing }: SharingPicture,
  now: Date,
  sourceTime: string | null,
): SharingSection {
  const today = dayOf(now);
  const active = [...grants].filter((grant) => sharingGrantStanding(grant, today) === 'active');
  const known = [...datasets];
  const closed = new Set(known.flatMap(({ id, state }) => (state === 'closed' ? [id] : [])));
  return {
    datasets: known.length - closed.size,
    requests: requestCounts([...requests], today),
    grants: {
      active: active.length,
      openingLate: active.filter((grant) => isOpeningLate(grant, today)).length,
      ofClosedDatasets: active.filter(({ dataset }) => closed.has(dataset.id)).length,
      byAgency: byAgency(active),
    },
    exchanges: {
      lastHour: countSince(standing?.fiveMinutes ?? [], now.getTime() - HOUR),
      today: countSince(standing?.hours ?? [], Date.parse(`${today}T00:00:00+07:00`) - 1),
    },
    deniedToday: standing?.denied.find(({ day }) => day === today)?.count ?? 0,
    chain: { verifiedAt: standing?.chain.verifiedAt ?? null, ok: standing?.chain.ok ?? null },
    matrix: matrixOf(active),
    sourceTime,
  };
}

/** Whether a step of deliveries was of the last hour at the first instant and no longer is at the second (ISO 8601 UTC). */
export function hasLeftTheHour(
  standing: Pick<ExchangeStandingState, 'fiveMinutes'> | null,
  after: string,
  until: string,
): boolean {
  const [first, second] = [Date.parse(after) - HOUR, Date.parse(until) - HOUR];
  return (standing?.fiveMinutes ?? []).some(({ from }) => {
    const beginning = Date.parse(from);
    return beginning > first && beginning <= second;
  });
}

function requestCounts(
  requests: readonly Pick<SharingRequestState, 'state' | 'dueOn' | 'decidedOn' | 'decision'>[],
  today: string,
): SharingSection['requests'] {
  const standings = requests.map((request) => sharingRequestStanding(request, today));
  const count = (standing: string) => standings.filter((one) => one === standing).length;
  return {
    open: count('open'),
    late: count('late'),
    answeredInTime: count('answered-in-time'),
    grantedInPart: requests.filter(({ decision }) => decision?.limits != null).length,
    refused: requests.filter(({ state }) => state === 'refused').length,
  };
}

/** Of the steps that begin after an instant. */
function countSince(steps: ExchangeStandingState['hours'], instant: number): number {
  return steps.filter(({ from }) => Date.parse(from) > instant).reduce((sum, { count }) => sum + count, 0);
}

type Sides = Pick<SharingGrantState, 'provider' | 'receiver'>;

function byAgency(grants: readonly Sides[]): AgencyGrants[] {
  const agencies = new Map<string, AgencyGrants>();
  const lineOf = (agency: AgencyRef): AgencyGrants => {
    const line = agencies.get(keyOf(agency)) ?? { agency, provides: 0, receives: 0 };
    agencies.set(keyOf(agency), line);
    return line;
  };
  for (const { provider, receiver } of grants) {
    lineOf(provider).provides += 1;
    lineOf(receiver).receives += 1;
  }
  const total = ({ provides, receives }: AgencyGrants) => provides + receives;
  return [...agencies.values()].sort(
    (one, other) => total(other) - total(one) || keyOf(one.agency).localeCompare(keyOf(other.agency)),
  );
}

function matrixOf(grants: readonly Sides[]): SharingSection['matrix'] {
  const cells = new Map<string, SharingSection['matrix'][number]>();
  for (const { provider, receiver } of grants) {
    const key = `${keyOf(provider)} ${keyOf(receiver)}`;
    const cell = cells.get(key) ?? { provider, receiver, grants: 0 };
    cells.set(key, { ...cell, grants: cell.grants + 1 });
  }
  return [...cells].sort(([one], [other]) => one.localeCompare(other)).map(([, cell]) => cell);
}

function keyOf({ code, name }: AgencyRef): string {
  return code ?? name;
}
