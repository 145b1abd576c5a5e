import type { Agency, Commune, Holiday, Province } from './types.js';
import { agencyNameKey } from './fold.js';

export interface ReferenceContent {
  province: Province;
  agencies: readonly Agency[];
  communes: readonly Commune[];
  holidays: readonly Holiday[];
}

/**
 * Agencies, commune units and holidays; the class is the injection token. Read once at start
 * ({@link loadReferenceData}), immutable afterwards.
 */
export class ReferenceData {
  readonly province: Province;
  /** Every agency of the file, groups included; commune committees are found by {@link agency} and not listed here. */
  readonly agencies: readonly Agency[];
  /** The commune-level units in the order of the official list. */
  readonly communes: readonly Commune[];
  readonly holidays: readonly Holiday[];
  private readonly agenciesByCode = new Map<string, Agency>();
  private readonly agenciesByName = new Map<string, Agency>();
  private readonly communesByCode = new Map<string, Commune>();

  /** @throws Error when two agencies share a code, a name or an alias */
  constructor(content: ReferenceContent) {
    this.province = content.province;
    this.agencies = content.agencies;
    this.communes = content.communes;
    this.holidays = content.holidays;
    for (const commune of this.communes) this.communesByCode.set(commune.code, commune);
    for (const agency of [...this.agencies, ...this.communes.map(committeeOf)]) this.register(agency);
  }

  /** The agency with this code, or the People's Committee of the commune unit with this code; null when unknown. */
  agency(code: string): Agency | null {
    return this.agenciesByCode.get(code) ?? null;
  }

  /**
   * The agency that a document names. Case, diacritics and their placement ("Hoà"/"Hòa"), "UBND"/"Ủy ban nhân dân",
   * "&"/"và" and a closing "tỉnh Khánh Hòa" make no difference. Null when unknown.
   */
  agencyByName(name: string): Agency | null {
    return this.agenciesByName.get(agencyNameKey(name)) ?? null;
  }

  commune(code: string): Commune | null {
    return this.communesByCode.get(code) ?? null;
  }

  /** The groups ("các sở, ban, ngành" …) that an agency belongs to by its kind. Empty for unknown and former ones. */
  groupsOf(code: string): readonly Agency[] {
    const member = this.agency(code);
    if (!member?.current || member.level === 'central') return [];
    return this.agencies.filter((group) => group.kind === 'group' && group.memberKinds.includes(member.kind));
  }

  private register(agency: Agency): void {
    if (this.agenciesByCode.has(agency.code)) throw new Error(`agency code "${agency.code}" occurs twice`);
    this.agenciesByCode.set(agency.code, agency);
    for (const name of [agency.name, ...agency.aliases]) {
      const key = agencyNameKey(name);
      const other = this.agenciesByName.get(key);
      if (other && other.code !== agency.code) {
        throw new Error(`"${name}" names two agencies: ${other.code} and ${agency.code}`);
      }
      this.agenciesByName.set(key, agency);
    }
  }
}

function committeeOf(commune: Commune): Agency {
  const lowered = commune.fullName.charAt(0).toLowerCase() + commune.fullName.slice(1);
  return {
    code: commune.code,
    name: `UBND ${lowered}`,
    aliases: [commune.fullName],
    kind: 'commune-committee',
    level: 'commune',
    officialCode: null,
    current: true,
    memberKinds: [],
  };
}
