import { foldInPlace, isCapital, type MappedText, matchAt } from '../text/mapped-text.js';
import { GROUPS } from './group-names.js';
import type { KnownAgencies, NamedAgency } from './known-agencies.js';
import { officeAt } from './offices.js';
import { type HomePlace, homePlaceOf, placeAt } from './places.js';
import { bodiesAt, properNameAt } from './proper-names.js';
import { qualifiedEnd } from './qualifiers.js';
import { sectorAt } from './sectors.js';
import { readShortNames, type ShortName } from './short-names.js';

export type { NamedAgency } from './known-agencies.js';

/** Agencies named one after the other. */
export interface AgencyList {
  start: number;
  end: number;
  agencies: NamedAgency[];
  /** Those marked "(chủ trì)" among them. */
  chiefs: NamedAgency[];
  /** A person was named; only the office was kept. */
  person: boolean;
}

type Mention = Omit<AgencyList, 'start' | 'chiefs'>;

const SECTORS_OF =
  /(?:cac )(so|bo)(?:(?:(?:,? ban)?(?:,| va)?| quan ly| chuyen)? nganh(?= ?[:(])| lien quan(?= ?[:(]))?(?::| \(|) ?(?=\S)/y;
const COMMITTEES_OF =
  /(?:ubnd|uy ban nhan dan) (cac )?(tinh, thanh pho(?= ?:)|xa|phuong|dac khu|huyen|tinh|thanh pho) ?(?::|) (?=\S)/y;
/** "Giao các xã: A, B": their committees are meant. */
const PLACES_OF = /(cac )(tinh, thanh pho|xa|phuong|dac khu|tinh|thanh pho) ?: ?(?=\S)/y;
/** "các Sở: Tài chính, Công an tỉnh": no department is of these fields. */
const MINISTRIES_ONLY: ReadonlySet<string> = new Set(['Công an', 'Quốc phòng', 'Ngoại giao']);
const SEPARATOR = /(?: ?, ?(?:va |cung )?| ?; ?(?:va )?| va | cung voi | cung | & )/y;
const PARENTHESES = / ?\([^()]{0,200}\)/y;
const AREA = / tu \p{Lu}[\p{L} ]{1,30}? den \p{Lu}[\p{L}]*(?: \p{Lu}[\p{L}]*)*/uy;
const MEMBERS = /(?: sau(?: day)?| gom| bao gom)?: (?=\S)/y;
const OWNED = / (?:thuoc|truc thuoc) (?=\S)/y;
/** "Trung tâm X thuộc Sở | vận hành …": the department that writes. */
const OWNED_PLAINLY = / (?:thuoc|truc thuoc) (?:so|bo|tinh)(?= [a-z]{2})/y;
/** "Sở Y tế các tỉnh, thành phố" is one addressee of many. */
const OF_PLACES =
  / (?:cac|cua cac) (?:tinh|dia phuong)(?:,? (?:va )?(?:thanh pho|dia phuong)){0,2}(?: truc thuoc trung uong)?(?![a-z])/y;
/** Wards may bear the name of the city they are in: "Xuân Hương - Đà Lạt". */
const PLACE_NAME =
  /\p{Lu}[\p{L}'’-]*(?: \p{Lu}[\p{L}'’-]*){0,3}(?: - (?!Sở|Bộ|Ban|Ủy|Công an|Văn phòng|Trung tâm)\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+)?/uy;

/** Reads the names of agencies: those of the reference list in every spelling, and unknown ones by their form. */
export class AgencyReader {
  /** Folded names of the list by their first word, longest first. */
  private readonly names = new Map<string, string[]>();
  private shortNames: readonly ShortName[] = [];
  private home: HomePlace | null = null;

  constructor(private readonly known: KnownAgencies) {
    for (const agency of known.reference.agencies) {
      if (agency.kind === 'group') continue;
      for (const name of [agency.name, ...agency.aliases]) this.remember(foldInPlace(name.normalize('NFC')));
    }
    for (const names of this.names.values()) names.sort((a, b) => b.length - a.length);
  }

  /** Takes over the short names that a document defines ("sau đây gọi tắt là …"), and which province it is about. */
  learn(paragraphs: readonly MappedText[]): void {
    this.home = homePlaceOf(paragraphs);
    const read = readShortNames(paragraphs, (m, place) => this.singleAt(m, place));
    this.shortNames = read.sort((a, b) => b.written.length - a.written.length);
  }

  /**
   * The agencies that are named from a place on, joined by commas and "và"; null when none is.
   *
   * @param members whether a group among them may be followed by who belongs to it ("các đơn vị: Sở A, Sở B")
   */
  listAt(m: MappedText, place: number, members = true): AgencyList | null {
    const list: AgencyList = { start: place, end: place, agencies: [], chiefs: [], person: false };
    for (let next: number | null = place; next !== null; next = this.afterSeparator(m, list.end)) {
      const mention = this.mentionAt(m, next, members);
      if (!mention) break;
      list.end = mention.end;
      list.person ||= mention.person;
      for (const agency of mention.agencies) {
        if (!list.agencies.some((known) => known.name === agency.name)) list.agencies.push(agency);
      }
      const note = matchAt(PARENTHESES, m.folded, list.end)?.[0] ?? '';
      if (/^ ?\((?:co quan )?(?:chu tri|dau moi)\)$/.test(note)) list.chiefs.push(...mention.agencies);
      list.end += note.length;
    }
    return list.agencies.length > 0 ? list : null;
  }

  private afterSeparator(m: MappedText, place: number): number | null {
    const separator = matchAt(SEPARATOR, m.folded, place);
    return separator ? place + separator[0].length : null;
  }

  private mentionAt(m: MappedText, place: number, members: boolean): Mention | null {
    const office = officeAt(m, place);
    if (office?.office != null) {
      return { end: office.end, agencies: [{ code: null, name: office.office }], person: office.person };
    }
    const start = office?.end ?? place;
    const mention =
      this.expandedAt(m, start) ??
      this.singleAt(m, start, members) ??
      this.chiefAt(m, place, start) ??
      this.placeAt(m, start);
    return mention && { ...mention, person: office?.person ?? false };
  }

  /** "các Sở: Nội vụ, Tài chính" and "UBND các xã A, B": one agency for each. */
  private expandedAt(m: MappedText, place: number): Mention | null {
    const sectors = matchAt(SECTORS_OF, m.folded, place);
    if (sectors) {
      const head = sectors[1] === 'so' ? 'Sở' : 'Bộ';
      const each = this.each(m, place + sectors[0].length, (at) => {
        const sector = isCapital(m.text[at]) ? sectorAt(m.folded, at) : null;
        if (!sector || (head === 'Sở' && MINISTRIES_ONLY.has(sector.name))) return null;
        return { end: sector.end, name: `${head} ${sector.name}` };
      });
      return each && each.agencies.length > 1 ? each : departmentsAt(m, place, place + sectors[0].length);
    }
    const committees = matchAt(COMMITTEES_OF, m.folded, place) ?? matchAt(PLACES_OF, m.folded, place);
    if (!committees) return null;
    const kind =
      m.text
        .slice(place, place + committees[0].length)
        .split(/[ :]+/)
        .filter(Boolean)
        .slice(-1)[0] ?? '';
    const body = m.folded.startsWith('uy ban', place) ? 'Ủy ban nhân dân' : 'UBND';
    const unitOf = (name: string): string => {
      if (committees[2]?.startsWith('tinh,')) return isCity(name) ? 'thành phố' : 'tỉnh';
      return committees[2] === 'dac khu' ? 'đặc khu' : committees[2] === 'thanh pho' ? 'thành phố' : kind;
    };
    const first = place + committees[0].length;
    return this.each(m, first, (at) => {
      const name = matchAt(PLACE_NAME, m.text, at)?.[0];
      if (name === undefined || properNameAt(m, at)) return null;
      // "UBND phường A, B": what follows one committee is another only when the list knows it.
      if (
        committees[1] === undefined &&
        at > first &&
        !this.known.reference.agencyByName(`UBND ${unitOf(name)} ${name}`)
      )
        return null;
      return { end: at + name.length, name: `${body} ${unitOf(name)} ${name}` };
    });
  }

  private each(
    m: MappedText,
    place: number,
    read: (at: number) => { end: number; name: string } | null,
  ): Mention | null {
    const agencies: NamedAgency[] = [];
    let end = place;
    for (let at: number | null = place; at !== null; at = this.afterSeparator(m, end)) {
      const item = read(at);
      if (!item) break;
      agencies.push(this.known.named(item.name));
      end = item.end;
    }
    return agencies.length > 0 ? { end, agencies, person: false } : null;
  }

  private singleAt(m: MappedText, place: number, members = false): Mention | null {
    const known = this.knownEnd(m, place);
    const short = this.shortNames.find(({ written }) => isWrittenAt(m, place, written));
    if (short && place + short.written.length >= known)
      return { end: place + short.written.length, agencies: [short.agency], person: false };
    const proper = properNameAt(m, place);
    const group = groupAt(m, place);
    const end = Math.max(known, proper?.end ?? 0, group?.end ?? 0);
    if (end === 0) {
      const bodies = bodiesAt(m, place);
      if (!bodies) return null;
      const name = m.text.slice(place, bodies.end).replace(/^(?:Các|[Mm]ỗi|[Tt]ừng) /, 'các ');
      return { end: bodies.end, agencies: [{ code: null, name }], person: false };
    }
    if (group?.end === end) {
      const which = qualifiedEnd(m, end);
      if (which > end) {
        const name = m.text.slice(place, which).replace(/^Các /, 'các ');
        return { end: which, agencies: [{ code: null, name }], person: false };
      }
      return (
        (members ? this.membersAt(m, end) : null) ?? {
          end: this.withArea(m, end),
          agencies: [this.group(m, place, group)],
          person: false,
        }
      );
    }
    const everywhere = matchAt(OF_PLACES, m.folded, end);
    if (everywhere) {
      const whole = end + everywhere[0].length;
      return { end: whole, agencies: [{ code: null, name: m.text.slice(place, whole) }], person: false };
    }
    const name = proper?.end === end && proper.full !== null ? proper.full : m.text.slice(place, end);
    return { end: this.withOwner(m, end), agencies: [this.known.named(name)], person: false };
  }

  /** "Nhà thầu thi công là Công ty …": who it is follows. */
  private chiefAt(m: MappedText, place: number, start: number): Mention | null {
    const role = matchAt(
      /(?:nha thau|don vi|chu dau tu|lien danh|doanh nghiep)(?:[a-z ]{0,40} (?:la|-|–|:) (?=\S)|(?: thi cong| tu van| cung cap)? (?=cong ty |tong cong ty |lien danh |tap doan ))/y,
      m.folded,
      place,
    );
    return role && start === place ? this.singleAt(m, place + role[0].length) : null;
  }

  private placeAt(m: MappedText, start: number): Mention | null {
    const named = placeAt(m, start, this.home);
    return named && { end: named.end, agencies: [this.known.named(named.name)], person: false };
  }

  private group(m: MappedText, place: number, group: { end: number; code: string | null }): NamedAgency {
    const known = this.known.group(group.code);
    if (known) return known;
    const name = m.text.slice(place, this.withArea(m, group.end)).replace(/^Các /, 'các ');
    // Ministers stand for their ministries.
    return { code: null, name: name.replace(/^(?:các )?bộ trưởng$/i, 'các bộ') };
  }

  /** "Các đơn vị: Sở A, Sở B và Công an tỉnh | rà soát …": who they are, when it names several. */
  private membersAt(m: MappedText, end: number): Mention | null {
    const opening = matchAt(MEMBERS, m.folded, end);
    const list = opening && this.listAt(m, end + opening[0].length, false);
    return list && list.agencies.length > 1 ? list : null;
  }

  private withArea(m: MappedText, end: number): number {
    // The expression tells capitals; "từ … đến …" is looked for in the folded text around them.
    if (!/^ tu /.test(m.folded.slice(end, end + 4))) return end;
    const plain = ` tu ${m.text.slice(end + 4, end + 60).replace(/ đến /, ' den ')}`;
    return end + (matchAt(AREA, plain, 0)?.[0].length ?? 0);
  }

  /** "Trung tâm X thuộc Sở Y" is one agency. */
  private withOwner(m: MappedText, end: number): number {
    const owned = matchAt(OWNED, m.folded, end);
    const owner = owned && (this.singleAt(m, end + owned[0].length)?.end ?? null);
    return owner ?? end + (matchAt(OWNED_PLAINLY, m.folded, end)?.[0].length ?? 0);
  }

  private knownEnd(m: MappedText, place: number): number {
    const first = matchAt(/[a-z0-9&]+/y, m.folded, place)?.[0] ?? '';
    for (const name of this.names.get(first) ?? []) {
      const end = place + name.length;
      if (
        m.folded.startsWith(name, place) &&
        !/[a-z0-9]/.test(m.folded[end] ?? ' ') &&
        isCapital(m.text[place])
      )
        return end;
    }
    return 0;
  }

  private remember(folded: string): void {
    const first = /^[a-z0-9&]+/.exec(folded)?.[0] ?? '';
    this.names.set(first, [...(this.names.get(first) ?? []), folded]);
  }
}

/** "các sở giáo dục và đào tạo": those of all provinces. */
function departmentsAt(m: MappedText, place: number, from: number): Mention | null {
  const sector = sectorAt(m.folded, from);
  if (!sector || m.text[from - 2] === ':') return null;
  const name = m.text.slice(place, sector.end).toLowerCase();
  return { end: sector.end, agencies: [{ code: null, name }], person: false };
}

const isCity = (name: string): boolean =>
  /^(?:ha noi|hai phong|hue|da nang|can tho|(?:tp\.? ?)?ho chi minh)$/.test(foldInPlace(name));

function isWrittenAt({ text }: MappedText, place: number, name: string): boolean {
  return text.startsWith(name, place) && !/[\p{L}\p{N}]/u.test(text.charAt(place + name.length));
}

function groupAt(m: MappedText, place: number): { end: number; code: string | null } | null {
  let longest: { end: number; code: string | null } | null = null;
  for (const { code, expression } of GROUPS) {
    const match = matchAt(expression, m.folded, place);
    const end = place + (match?.[0].length ?? 0);
    if (match && end > (longest?.end ?? 0)) longest = { end, code };
  }
  return longest;
}
