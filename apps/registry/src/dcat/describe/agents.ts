import type { AgencyRef } from '#libs/contracts';
import type { Agency, ReferenceData } from '#libs/reference';
import { KEEPER } from '../../access/registry-access.js';
import { type Graph, iri, plain, type Value, vi } from '../rdf/graph.js';
import type { Concepts, PublisherType } from './concepts.js';

/** How somebody is reached. */
export interface Contact {
  name: string;
  email: string | null;
  phone: string | null;
}

/** Agencies as publishers and contact points. */
export class Agents {
  constructor(
    private readonly graph: Graph,
    private readonly concepts: Concepts,
    private readonly reference: ReferenceData,
    private readonly base: string,
  ) {}

  /** The agency; Sở KH&CN, which answers for entries without an owner, where there is none. */
  publisher(owner: AgencyRef | null): Value {
    const { code, name } = this.answering(owner);
    const agency = code === null ? null : this.reference.agency(code);
    return this.graph.describe(this.addressOf('agency', code, name), ['foaf:Agent'], {
      'foaf:name': vi(name),
      'dct:identifier': code === null ? null : plain(code),
      'dct:type': this.concepts.publisherType(publisherTypeOf(agency)),
    });
  }

  /** Who answers questions: the stated contact, else the agency itself. */
  contactPoint(subject: string, stated: Contact | null, owner: AgencyRef | null): Value {
    const { code, name } = this.answering(owner);
    const address = stated ? `${subject}-contact` : this.addressOf('contact', code, name);
    return this.graph.describe(address, ['vcard:Kind', 'vcard:Organization'], {
      'vcard:fn': vi(stated?.name ?? name),
      'vcard:hasEmail': stated?.email ? iri(`mailto:${stated.email}`) : null,
      'vcard:hasTelephone': stated?.phone ? iri(`tel:${stated.phone.replace(/[^+0-9]/g, '')}`) : null,
    });
  }

  private answering(owner: AgencyRef | null): AgencyRef {
    const keeper = this.reference.agency(KEEPER);
    return owner ?? { code: KEEPER, name: keeper?.name ?? KEEPER };
  }

  private addressOf(kind: string, code: string | null, name: string): string {
    return `${this.base}#${kind}-${encodeURIComponent(code ?? name)}`;
  }
}

function publisherTypeOf(agency: Agency | null): PublisherType | null {
  if (agency === null) return null;
  if (agency.kind === 'enterprise') return 'Company';
  switch (agency.level) {
    case 'central':
      return 'NationalAuthority';
    case 'province':
      return 'RegionalAuthority';
    case 'district':
    case 'commune':
      return 'LocalAuthority';
  }
}
