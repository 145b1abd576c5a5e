import { Injectable } from '@nestjs/common';
import type { AgencyRef } from '#libs/contracts';
import { ReferenceData } from '#libs/reference';

/** What the reference list says of the agencies that requests and grants hold by their codes. */
@Injectable()
export class SharingAgencies {
  constructor(private readonly reference: ReferenceData) {}

  /** The agency with its present name; one that the reference list has lost keeps its code as its name. */
  named<Ref extends AgencyRef | null>(agency: Ref): Ref {
    const known = agency?.code == null ? null : this.reference.agency(agency.code);
    return known ? { ...agency, name: known.name } : agency;
  }

  /** Whether it may ask for data at all: a present agency or enterprise, no collective addressee. */
  mayAsk(code: string): boolean {
    const agency = this.reference.agency(code);
    return agency?.current === true && agency.kind !== 'group';
  }

  /** Whether mandatory sharing is for it: an agency of the political system, no enterprise. */
  isPublic(code: string): boolean {
    return this.mayAsk(code) && this.reference.agency(code)?.kind !== 'enterprise';
  }
}
