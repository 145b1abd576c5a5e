import type { AgencyRef } from '#libs/contracts';
import type { KnownAgency } from '#libs/http';
import type { Agency, ReferenceData } from '#libs/reference';

/** "Sở Tài chính (STC)": the name for people, the code so that another spelling changes nothing. */
export function agencyCell({ code, name }: AgencyRef): string {
  return code === null ? name : `${name} (${code})`;
}

export function agenciesCell(agencies: readonly AgencyRef[]): string | null {
  return agencies.length === 0 ? null : agencies.map(agencyCell).join('; ');
}

/** Agencies of a cell, and those words in it that name none. */
export interface NamedAgencies {
  known: KnownAgency[];
  unknown: string[];
}

/** Reads names, codes, or both, with semicolons or line breaks between them. Present agencies and groups only. */
export function readAgencies(text: string, reference: ReferenceData): NamedAgencies {
  const named: NamedAgencies = { known: [], unknown: [] };
  for (const part of text.split(/[;\n]/)) {
    const words = part.trim();
    if (words === '') continue;
    const agency = agencyOf(words, reference);
    if (agency?.current) named.known.push({ code: agency.code, name: agency.name });
    else named.unknown.push(words);
  }
  return named;
}

/** The agency of a name, a code, or both; former ones too. A name and a code that stand for two agencies stand for none. */
export function agencyOf(words: string, reference: ReferenceData): Agency | null {
  const whole = reference.agency(words) ?? reference.agencyByName(words);
  if (whole) return whole;
  const [, name, code] = /^(.*\S)\s*\(([^()]+)\)$/u.exec(words) ?? [];
  if (name === undefined || code === undefined) return null;
  const byCode = reference.agency(code.trim());
  const byName = reference.agencyByName(name);
  return byCode && byName && byName.code !== byCode.code ? null : byCode;
}

/** What drop-downs offer: every present agency and group, then the commune committees. */
export function agencyChoices(reference: ReferenceData): string[] {
  const provincial = reference.agencies.filter(({ current }) => current);
  const committees = reference.communes.map(({ code }) => reference.agency(code));
  return [...provincial, ...committees].flatMap((agency) => (agency === null ? [] : [agencyCell(agency)]));
}
