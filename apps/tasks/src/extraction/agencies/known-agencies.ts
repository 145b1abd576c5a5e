import type { Agency, ReferenceData } from '#libs/reference';
import { foldInPlace } from '../text/mapped-text.js';
import { respelled } from './spelling.js';

/** An agency as a document names it; code null: not in the reference list. */
export interface NamedAgency {
  code: string | null;
  name: string;
}

/** Names that every province has. */
const EVERYWHERE =
  /^(?:Sở .+|(?:Công an|Văn phòng UBND|Thanh tra|Viện Kiểm sát nhân dân|Tòa án nhân dân|Ủy ban Mặt trận Tổ quốc Việt Nam) tỉnh)$/;
/** Bodies of a city or commune are not those of a province. */
const ELSEWHERE = / (?:thành phố|huyện|quận|thị xã|xã|phường|đặc khu)(?!\p{L})/iu;

/**
 * Looks names up in the reference list. In a document of another province or of the Government "Sở Tài chính" is not
 * the one of the list: only central agencies and those named with their province have a code there.
 */
export class KnownAgencies {
  private readonly province: string;

  constructor(
    readonly reference: ReferenceData,
    /** The document was issued in the province of the list. */
    private readonly home: boolean,
  ) {
    this.province = foldInPlace(reference.province.name.replace(/^tỉnh /i, ''));
  }

  named(name: string): NamedAgency {
    const known =
      this.reference.agencyByName(name) ?? this.reference.agencyByName(this.withoutProvince(name));
    if (!known) return { code: null, name: respelled(name) };
    if (this.isMeant(known, name)) return { code: known.code, name: known.name };
    // Short and damaged forms are still written out: "Sở KH&CN" is a Sở Khoa học và Công nghệ.
    const general =
      EVERYWHERE.test(known.name) && known.name.startsWith(name.charAt(0)) && !ELSEWHERE.test(name);
    return { code: null, name: general ? known.name : name };
  }

  /** A collective addressee of the list; null: another one is meant. */
  group(code: string | null): NamedAgency | null {
    const known = code === null || !this.home ? null : this.reference.agency(code);
    return known && { code: known.code, name: known.name };
  }

  /** "Văn phòng Tỉnh ủy Khánh Hòa" is in the list without the name of the province. */
  private withoutProvince(name: string): string {
    return foldInPlace(name).endsWith(` ${this.province}`) ? name.slice(0, -this.province.length - 1) : name;
  }

  private isMeant(known: Agency, name: string): boolean {
    return this.home || known.level === 'central' || foldInPlace(name).includes(this.province);
  }
}
