import type { AgencyRef } from '#libs/contracts';
import type { ReferenceData } from '#libs/reference';

/** Who issues a document, as its head names it. */
export interface Issuer {
  agency: AgencyRef;
  /** The authority above it, null where the head names none. */
  superior: string | null;
  /** Abbreviation after the slash of the number ("BC-SKHCN"). */
  symbol: string;
  /** Office of who signs. */
  signer: string;
}

export function issuerOf(agency: AgencyRef, reference: ReferenceData): Issuer {
  const known = agency.code === null ? null : reference.agency(agency.code);
  const under = known?.kind === 'department' || known?.code === 'VPUBND';
  return {
    agency,
    superior: under ? `Ủy ban nhân dân tỉnh ${reference.province.name}` : null,
    symbol: agency.code ?? '……',
    signer: signerOf(agency.name),
  };
}

function signerOf(agencyName: string): string {
  if (/^(Sở|Công an|Ban Quản lý)/u.test(agencyName)) return 'GIÁM ĐỐC';
  if (agencyName.startsWith('Văn phòng')) return 'CHÁNH VĂN PHÒNG';
  return /^(Ủy ban nhân dân|UBND)/u.test(agencyName) ? 'CHỦ TỊCH' : 'THỦ TRƯỞNG CƠ QUAN';
}
