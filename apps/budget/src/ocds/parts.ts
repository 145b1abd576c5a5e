import type { AgencyRef, BudgetItemState } from '#libs/contracts';

/** OCDS Value, whole đồng. */
export interface Value {
  amount: number;
  currency: 'VND';
}

export interface Reference {
  id: string;
  name: string;
}

export function value(amount: number): Value {
  return { amount, currency: 'VND' };
}

/** OCDS knows instants only; a day begins in Vietnam. */
export function instantOf(day: string): string {
  return `${day}T00:00:00+07:00`;
}

export function yearPeriod(from: number, to = from): { startDate: string; endDate: string } {
  return { startDate: instantOf(`${from}-01-01`), endDate: `${to}-12-31T23:59:59+07:00` };
}

/** Agencies without a code are known by their name. */
export function ownerOf({ owner }: Pick<BudgetItemState, 'owner'>): Reference {
  return agencyReference(owner);
}

export function agencyReference({ code, name }: AgencyRef): Reference {
  return { id: `agency-${code ?? name}`, name };
}

/** The partner enterprise; by its tax code where that is determined. */
export function partnerOf({
  id,
  partnership,
}: BudgetItemState): (Reference & { taxCode: string | null }) | null {
  if (partnership === null) return null;
  const { name, taxCode } = partnership.partner;
  return { id: taxCode === null ? `partner-of-${id}` : `enterprise-${taxCode}`, name, taxCode };
}

/** A list, or nothing where it would be empty: OCDS wants no empty lists. */
export function listed<Entry>(entries: readonly Entry[]): Entry[] | undefined {
  return entries.length === 0 ? undefined : [...entries];
}
