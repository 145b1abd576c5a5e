/** Kinds of agency. A `group` is a collective addressee of a directive, such as "các sở, ban, ngành". */
export const AGENCY_KINDS = [
  'government',
  'ministry',
  'committee',
  'commune-committee',
  'department',
  'office',
  'police',
  'party',
  'front',
  'court',
  'procuracy',
  'service-unit',
  'project-board',
  'enterprise',
  'group',
] as const;
export type AgencyKind = (typeof AGENCY_KINDS)[number];

export const AGENCY_LEVELS = ['central', 'province', 'district', 'commune'] as const;
export type AgencyLevel = (typeof AGENCY_LEVELS)[number];

export interface Agency {
  /** This system's own short code (SKHCN, STC …); the statistical code for a commune unit ('22333'). */
  code: string;
  /** Vietnamese name as documents write it. */
  name: string;
  /** Other spellings and short names found in documents. */
  aliases: readonly string[];
  kind: AgencyKind;
  level: AgencyLevel;
  /** Identifier under Decision 20/2020/QĐ-TTg; null = not determined ("Chưa xác định"), never invented. */
  officialCode: string | null;
  /** False: known only from the report of 2023, kept because money of that year names it. */
  current: boolean;
  /** Only for groups: whose agencies belong to it. Empty = the sources do not say who exactly. */
  memberKinds: readonly AgencyKind[];
}

export const COMMUNE_KINDS = ['commune', 'ward', 'special-zone'] as const;
export type CommuneKind = (typeof COMMUNE_KINDS)[number];

/** One of the 65 commune-level units since 2025-07-01 (codes: Decision 19/2025/QĐ-TTg). */
export interface Commune {
  /** Statistical code, five digits. */
  code: string;
  kind: CommuneKind;
  /** Short name: "Bắc Nha Trang". */
  name: string;
  /** "Phường Bắc Nha Trang". */
  fullName: string;
  /** Province the unit belonged to before 2025-07-01. */
  formerProvince: string;
  areaKm2: number;
  /** A point inside the unit, degrees WGS84. */
  lon: number;
  lat: number;
}

export interface Holiday {
  /** yyyy-MM-dd */
  date: string;
  /** off: no work; work: a weekend day worked to make up for another. */
  kind: 'off' | 'work';
  name: string;
  /** published in a source, derived from the rule of the law, or unconfirmed. */
  confidence: 'published' | 'derived' | 'unconfirmed';
}

export interface Province {
  code: string;
  name: string;
}
