import { ACTIVITY_STAGES, type BudgetItemState, PROJECT_STAGES } from '#libs/contracts';
import { partnershipContract, partnershipStatus } from './partnership-contract.js';
import { instantOf, listed, ownerOf, type Reference, value } from './parts.js';

/** A payment of the ledger, or the taking back of one (below 0). */
export interface Payment {
  id: string;
  effectiveOn: string;
  recordedAt: string;
  /** Whole đồng. */
  amount: number;
}

export type ContractStatus = 'pending' | 'active' | 'cancelled' | 'terminated';
export type TenderStatus = 'active' | 'complete' | 'cancelled';

/** Status of the tender: what the stage of the item says; null: it has not come that far. */
export function tenderStatus(item: BudgetItemState): TenderStatus | null {
  if (!reached(item, 'contractor-selection')) return null;
  if (reached(item, 'contract')) return 'complete';
  return item.status === 'cancelled' ? 'cancelled' : 'active';
}

/** Status of the contract: that of the partnership, else what the stage says; null: there is none yet. */
export function contractStatus(item: BudgetItemState): ContractStatus | null {
  const ofPartnership = partnershipStatus(item);
  if (ofPartnership !== null) return ofPartnership;
  if (!reached(item, 'contract')) return null;
  if (item.status === 'completed') return 'terminated';
  if (item.stage?.stage === 'contract') return item.status === 'cancelled' ? 'cancelled' : 'pending';
  return item.status === 'cancelled' ? 'terminated' : 'active';
}

/** OCDS tender: that contractors are or were chosen. Who bid what is in the national procurement system, not here. */
export function tenderOf(item: BudgetItemState) {
  const status = tenderStatus(item);
  if (status === null) return undefined;
  return { id: `${item.id}-tender`, title: item.name, status, procuringEntity: ownerOf(item) };
}

/** OCDS awards: the partner where there is one; of other contractors this service knows no names. */
export function awardsOf(item: BudgetItemState, partner: Reference | null) {
  if (contractStatus(item) === null) return undefined;
  const suppliers = partner && partnershipStatus(item) !== null ? [partner] : [];
  return [
    {
      id: awardId(item),
      title: item.name,
      status: 'active',
      suppliers: listed(suppliers.map(({ id, name }) => ({ id, name }))),
    },
  ];
}

/** OCDS contracts, with what the partnership agrees on and what was paid. */
export function contractsOf(item: BudgetItemState, partner: Reference | null, payments: readonly Payment[]) {
  const status = contractStatus(item);
  if (status === null) return undefined;
  const transactions = payments.map(({ id, effectiveOn, amount }) => ({
    id,
    date: instantOf(effectiveOn),
    value: value(amount),
    payer: ownerOf(item),
  }));
  return [
    {
      id: `${item.id}-contract`,
      awardID: awardId(item),
      title: item.name,
      status,
      ...(partner && partnershipStatus(item) !== null && partnershipContract(item, partner)),
      ...(transactions.length > 0 && { implementation: { transactions } }),
    },
  ];
}

function awardId({ id }: BudgetItemState): string {
  return `${id}-award`;
}

function reached({ kind, stage }: BudgetItemState, which: 'contractor-selection' | 'contract'): boolean {
  const stages: readonly string[] = kind === 'project' ? PROJECT_STAGES : ACTIVITY_STAGES;
  return stage !== null && stages.indexOf(stage.stage) >= stages.indexOf(which);
}
