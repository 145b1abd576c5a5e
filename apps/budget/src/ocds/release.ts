import { isDeepStrictEqual } from 'node:util';
import type { BudgetItemState } from '#libs/contracts';
import { awardsOf, contractsOf, type Payment, tenderOf } from './contracting.js';
import { partnershipStatus } from './partnership-contract.js';
import { ownerOf, partnerOf, type Reference } from './parts.js';
import { planningOf } from './planning.js';

/** A state of an item as it was published, with the one before. */
export interface ItemRelease {
  state: BudgetItemState;
  releasedAt: string;
  /** Null: the first that is kept. */
  before: { state: BudgetItemState; releasedAt: string } | null;
  /** Payments of the item, also later ones. */
  payments: readonly Payment[];
}

/** What is the same for all releases of this publisher. */
export interface Publisher {
  /** Prefix of the contracting process identifiers, which the Open Contracting Partnership assigns. */
  prefix: string;
  /** Who approves and allocates State money. */
  state: Reference;
}

type Sections = ReturnType<typeof sectionsOf>;

export function ocidOf(prefix: string, itemId: string): string {
  return `${prefix}-${itemId}`;
}

/** The release of a change: the whole state after it (OCDS 1.1 with the profile for public-private partnerships). */
export function releaseOf(release: ItemRelease, publisher: Publisher) {
  const { state, releasedAt, before, payments } = release;
  const sections = sectionsOf(state, publisher, until(payments, releasedAt));
  const earlier = before && sectionsOf(before.state, publisher, until(payments, before.releasedAt));
  return {
    ocid: ocidOf(publisher.prefix, state.id),
    id: `${ocidOf(publisher.prefix, state.id)}-${state.version}`,
    date: releasedAt,
    tag: tagsOf(sections, earlier),
    initiationType: 'tender',
    language: 'vi',
    ...sections,
  };
}

export type Release = ReturnType<typeof releaseOf>;

/** All that is known of an item at a time; every release states the whole, so that the last one is the compiled one. */
export function compiledOf(release: Release): Release {
  return { ...release, tag: ['compiled'] };
}

function until(payments: readonly Payment[], time: string): Payment[] {
  return payments.filter(({ recordedAt }) => recordedAt <= time);
}

function sectionsOf(item: BudgetItemState, { state }: Publisher, payments: readonly Payment[]) {
  const partner = partnerOf(item);
  return {
    parties: partiesOf(item, state),
    buyer: ownerOf(item),
    planning: planningOf(item, state, partner),
    tender: tenderOf(item),
    awards: awardsOf(item, partner),
    contracts: contractsOf(item, partner, payments),
  };
}

/** Everybody that the release names, once, with all roles. */
function partiesOf(item: BudgetItemState, state: Reference) {
  const owner = ownerOf(item);
  const partner = partnerOf(item);
  const signed = partnershipStatus(item) !== null;
  const stateMoney = item.lines.some(({ source }) => source !== 'enterprise' && source !== 'other');
  const enterpriseMoney = item.lines.some(({ source }) => source === 'enterprise');
  const roles = new Map<string, { name: string; roles: string[]; identifier?: object }>();
  const add = ({ id, name }: Reference, role: string, identifier?: object) => {
    const party = roles.get(id) ?? { name, roles: [], ...(identifier && { identifier }) };
    party.roles.push(role);
    roles.set(id, party);
  };
  add(owner, 'buyer');
  if (tenderOf(item)) add(owner, 'procuringEntity');
  if (partner && signed) add(owner, 'publicAuthority');
  if (stateMoney) add(state, 'funder');
  if (partner && (signed || enterpriseMoney)) {
    const { taxCode, name } = partner;
    const identifier = taxCode === null ? undefined : { id: taxCode, legalName: name };
    if (signed) add(partner, 'supplier', identifier);
    add(partner, 'funder', identifier);
  }
  return [...roles].map(([id, party]) => ({ id, ...party }));
}

/** What the release tells for the first time, or tells otherwise than the one before. */
function tagsOf(now: Sections, before: Sections | null): string[] {
  if (before === null) {
    return [
      'planning',
      ...(now.tender ? ['tender'] : []),
      ...(now.awards ? ['award'] : []),
      ...(now.contracts ? ['contract'] : []),
      ...(paid(now) ? ['implementation'] : []),
    ];
  }
  const tags = [
    isDeepStrictEqual(now.planning, before.planning) ? null : 'planningUpdate',
    changeOf('tender', now.tender, before.tender),
    changeOf('award', now.awards, before.awards),
    contractChange(now, before),
    changeOf('implementation', paid(now), paid(before)),
  ].filter((tag) => tag !== null);
  // What changed is in none of the sections, for example who takes part.
  return tags.length === 0 ? ['planningUpdate'] : tags;
}

function changeOf(section: string, now: unknown, before: unknown): string | null {
  if (now === undefined || isDeepStrictEqual(now, before)) return null;
  if (before === undefined) return section;
  const cancelled = (now as { status?: string }).status === 'cancelled';
  return section === 'tender' && cancelled ? 'tenderCancellation' : `${section}Update`;
}

function contractChange(now: Sections, before: Sections): string | null {
  const [contract, earlier] = [withoutPayments(now), withoutPayments(before)];
  const ended = contract?.status === 'terminated' && earlier?.status !== 'terminated';
  return ended && earlier ? 'contractTermination' : changeOf('contract', contract, earlier);
}

function withoutPayments({ contracts }: Sections) {
  const contract = contracts?.[0];
  return contract && { ...contract, implementation: undefined };
}

function paid({ contracts }: Sections) {
  return contracts?.[0]?.implementation;
}
