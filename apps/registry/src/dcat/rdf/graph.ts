/** The object of a statement: a resource, or a literal with its language or type. */
export type Value =
  | { iri: string }
  | { text: string; language: 'vi' | 'en' }
  | { text: string; datatype: string }
  | { text: string };

/** A statement; predicates are written with a prefix of {@link PREFIXES}. */
export interface Statement {
  subject: string;
  predicate: string;
  value: Value;
}

/** Prefixes of what the catalogue uses, the same in both of its forms. */
export const PREFIXES = {
  adms: 'http://www.w3.org/ns/adms#',
  dcat: 'http://www.w3.org/ns/dcat#',
  dcatap: 'http://data.europa.eu/r5r/',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  gsp: 'http://www.opengis.net/ont/geosparql#',
  hydra: 'http://www.w3.org/ns/hydra/core#',
  prov: 'http://www.w3.org/ns/prov#',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const;

/** The whole name of a prefixed one. @throws Error for a prefix that is not there */
export function expand(name: string): string {
  const [prefix = '', local = ''] = name.split(':', 2);
  const namespace = (PREFIXES as Readonly<Record<string, string>>)[prefix];
  if (namespace === undefined) throw new Error(`"${name}" has no known prefix`);
  return namespace + local;
}

export const iri = (address: string): Value => ({ iri: address });
export const vi = (text: string): Value => ({ text, language: 'vi' });
export const en = (text: string): Value => ({ text, language: 'en' });
export const plain = (text: string): Value => ({ text });
export const day = (text: string): Value => ({ text, datatype: 'xsd:date' });
export const instant = (at: Date): Value => ({ text: at.toISOString(), datatype: 'xsd:dateTime' });
export const count = (number: number): Value => ({ text: String(number), datatype: 'xsd:integer' });
export const wkt = (text: string): Value => ({ text, datatype: 'gsp:wktLiteral' });

/** Characters that a URL may have and an IRI in Turtle may not. */
const NOT_IN_IRI = /[\p{Cc} <>"{}|^`\\]/gu;

/** The address that a person wrote, in the form that RDF takes. */
export function addressOf(url: string): string {
  return new URL(url).href.replace(NOT_IN_IRI, (character) => encodeURIComponent(character));
}

/** What of a resource is stated: a value, several, or nothing. */
type Stated = Readonly<Record<string, Value | readonly Value[] | null>>;

/** Statements about resources with names: each only once, in the order in which they were made. */
export class Graph {
  private readonly subjects = new Map<string, Map<string, Statement>>();

  /** Adds what is stated of a resource, and answers the resource. */
  describe(subject: string, types: readonly string[], stated: Stated): Value {
    for (const type of types) this.add({ subject, predicate: 'rdf:type', value: iri(expand(type)) });
    for (const [predicate, values] of Object.entries(stated)) {
      for (const value of values === null ? [] : [values].flat()) this.add({ subject, predicate, value });
    }
    return iri(subject);
  }

  /** Statements by subject. */
  get resources(): { subject: string; statements: Statement[] }[] {
    return [...this.subjects].map(([subject, statements]) => ({
      subject,
      statements: [...statements.values()],
    }));
  }

  private add(statement: Statement): void {
    const statements = this.subjects.get(statement.subject) ?? new Map<string, Statement>();
    statements.set(JSON.stringify([statement.predicate, statement.value]), statement);
    this.subjects.set(statement.subject, statements);
  }
}
