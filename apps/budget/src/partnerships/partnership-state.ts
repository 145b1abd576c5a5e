import type { PartnershipPart, PartnershipState } from '#libs/contracts';

/** A partnership by the names of its columns. */
export type PartnershipRecord = Pick<
  PartnershipState,
  'form' | 'status' | 'milestones' | 'documents' | 'note'
> &
  Record<'partner_name', string> &
  Record<'assets_ownership' | 'data_ownership', PartnershipState['dataOwnership']> &
  Record<PartColumn<'enterprise'> | PartColumn<'state'>, number> &
  Record<
    | 'partner_tax_code'
    | 'data_access_rights'
    | 'term_from'
    | 'term_to'
    | 'risk_from'
    | 'risk_to'
    | 'risk_rule'
    | 'legal_ground',
    string | null
  >;

type PartColumn<Side extends string> = `${Side}_${'cash' | 'in_kind' | 'technology'}`;

export function toPartnership(record: PartnershipRecord): PartnershipState {
  const enterprisePart: PartnershipPart = {
    cash: record.enterprise_cash,
    inKind: record.enterprise_in_kind,
    technology: record.enterprise_technology,
  };
  const statePart: PartnershipPart = {
    cash: record.state_cash,
    inKind: record.state_in_kind,
    technology: record.state_technology,
  };
  return {
    form: record.form,
    status: record.status,
    partner: { name: record.partner_name, taxCode: record.partner_tax_code },
    enterprisePart,
    statePart,
    stateShare: shareOf(sumOf(statePart), sumOf(enterprisePart)),
    assetsOwnership: record.assets_ownership,
    dataOwnership: record.data_ownership,
    dataAccessRights: record.data_access_rights,
    term: { from: record.term_from, to: record.term_to },
    riskSharing:
      record.risk_rule === null
        ? null
        : { from: record.risk_from, to: record.risk_to, rule: record.risk_rule },
    milestones: record.milestones,
    documents: record.documents,
    legalGround: record.legal_ground,
    note: record.note,
  };
}

/** Whole đồng. */
export function sumOf({ cash, inKind, technology }: PartnershipPart): number {
  return cash + inKind + technology;
}

/** The State's part of the whole in hundredths of a percent, rounded; null while both are 0. */
export function shareOf(statePart: number, enterprisePart: number): number | null {
  const whole = statePart + enterprisePart;
  return whole === 0 ? null : Math.round((statePart / whole) * 10_000);
}
