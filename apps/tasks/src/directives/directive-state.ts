import { DUE_SOON_WORKING_DAYS } from '#libs/calendar';
import type { DirectiveState } from '#libs/contracts';
import { foldVietnamese, type KnownAgency } from '#libs/http';
import type { DirectiveRow } from './directive.entity.js';

/** What somebody states about a directive. */
export interface DirectiveContent extends Omit<DirectiveState, 'id' | 'version' | 'dueSoonWorkingDays'> {
  issuer: KnownAgency;
  /** Default {@link DUE_SOON_WORKING_DAYS}. */
  dueSoonWorkingDays?: number;
}

export function toDirectiveState(directive: DirectiveRow): DirectiveState {
  return {
    id: directive.id,
    version: directive.version,
    number: directive.number,
    symbol: directive.symbol,
    kind: directive.kind,
    issuer: { code: directive.issuerCode, name: directive.issuerName },
    issuedOn: directive.issuedOn,
    meetingOn: directive.meetingOn,
    subject: directive.subject,
    dueSoonWorkingDays: directive.dueSoonWorkingDays,
  };
}

export function toDirectiveColumns(
  content: DirectiveContent,
): Omit<DirectiveRow, 'id' | 'version' | 'createdAt'> {
  const { issuer, dueSoonWorkingDays = DUE_SOON_WORKING_DAYS, ...columns } = content;
  const searched = [content.number, content.symbol, content.subject, issuer.name];
  return {
    ...columns,
    dueSoonWorkingDays,
    issuerCode: issuer.code,
    issuerName: issuer.name,
    searchText: foldVietnamese(searched.filter((text) => text !== null).join(' ')),
  };
}

/** "1489/KH-UBND" → "KH-UBND", "246-QĐ/TU" → "QĐ/TU"; null where the number has no such part. */
export function symbolOf(number: string): string | null {
  return /^\d+[a-zđ]?\s*[/-]\s*(\S.*)$/iu.exec(number)?.[1] ?? null;
}
