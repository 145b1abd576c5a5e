import type { DatasetClass, PublicationDistribution, PublicationService } from '#libs/contracts';
import { DATABASE_KIND_WORDS } from '../../export/words.js';
import type { CatalogueRow, SharedDataset } from '../catalogue.queries.js';
import { addressOf, en, type Graph, instant, iri, plain, type Value, vi } from '../rdf/graph.js';
import type { Agents } from './agents.js';
import type { Concepts } from './concepts.js';

/** What a database is described with. */
export interface Describing {
  graph: Graph;
  concepts: Concepts;
  agents: Agents;
  /** The province, as a place. */
  place: Value;
  /** Base of the names of this catalogue's own, such as `https://…/v1/catalog`. */
  base: string;
  /** Address of this service from outside. */
  origin: string;
}

/** What a database and its services have in common. */
type Common = Readonly<Record<string, Value | Value[] | null>>;

/** A database as a dataset with its distributions, and what the catalogue's record says of it. */
export interface Described {
  dataset: Value;
  services: Value[];
  /** null: it describes itself. */
  record: Value | null;
}

const ASKING = 'Chưa công bố tệp hay dịch vụ dữ liệu nào; muốn khai thác, liên hệ đầu mối của bộ dữ liệu.';
const ON_GRANT = 'Khai thác qua dịch vụ chia sẻ dữ liệu, sau khi yêu cầu được chấp thuận.';

/** A database of the registry as `dcat:Dataset`: what is not known is left out, see the README for what shapes demand. */
export function describeDatabase(describing: Describing, row: CatalogueRow): Described {
  const { graph, concepts, agents, place, base } = describing;
  const address = datasetAddress(base, row.id);
  const { publication } = row;
  const common = {
    'dcat:keyword': keywordsOf(row),
    'dcat:theme': concepts.themes(publication?.themes ?? []),
    'dct:publisher': agents.publisher(row.owner),
    'dcat:contactPoint': agents.contactPoint(`${address}#dataset`, publication?.contact ?? null, row.owner),
    'dct:accessRights': nullable(accessOf(row), (stated) => concepts.accessRights(stated)),
  };
  const stated = (publication?.services ?? []).map((service, index) =>
    describeService(describing, `${address}#service-${index + 1}`, service, address, common),
  );
  const shared = row.sharing.map((service) => describeSharing(describing, address, service, common));
  const dataset = graph.describe(address, ['dcat:Dataset'], {
    ...common,
    'dct:identifier': plain(row.code ?? row.id),
    'dct:title': [vi(row.name), ...(publication?.englishTitle ? [en(publication.englishTitle)] : [])],
    'dct:description': vi(publication?.description ?? row.scope ?? generalDescription(row)),
    'dct:spatial': place,
    'dct:temporal': concepts.period(`${address}#dataset`, publication?.period ?? null),
    'dct:language': (publication?.languages ?? []).map((language) => concepts.language(language)),
    'dct:accrualPeriodicity': nullable(row.frequency, (frequency) => concepts.frequency(frequency)),
    'dct:modified': nullable(row.lastUpdateAt, instant),
    'adms:status': concepts.lifecycle(row.lifecycle),
    'dcat:landingPage': nullable(publication?.landingPage ?? null, (page) =>
      concepts.document(addressOf(page)),
    ),
    'dct:provenance': provenanceOf(graph, address, row),
    'dcat:distribution': distributionsOf(describing, address, row, { stated, shared }),
  });
  return { dataset, services: [...stated, ...shared], record: describeRecord(describing, address, row) };
}

export function datasetAddress(base: string, id: string): string {
  return `${base}/datasets/${id}`;
}

function describeRecord({ graph, concepts }: Describing, address: string, row: CatalogueRow): Value {
  return graph.describe(`${address}#record`, ['dcat:CatalogRecord'], {
    'foaf:primaryTopic': iri(address),
    'dct:issued': instant(row.createdAt),
    'dct:modified': instant(row.modifiedAt),
    'dct:conformsTo': concepts.standard('http://data.europa.eu/r5r/'),
    'dct:language': concepts.language('vi'),
    'adms:status': concepts.changeType(row.modifiedAt.getTime() === row.createdAt.getTime()),
  });
}

function describeService(
  { graph, concepts }: Describing,
  subject: string,
  { title, endpointUrl, descriptionUrl, standardUrl }: PublicationService,
  dataset: string,
  common: Common,
): Value {
  return graph.describe(subject, ['dcat:DataService'], {
    ...common,
    'dct:title': vi(title),
    'dcat:endpointURL': iri(addressOf(endpointUrl)),
    'dcat:endpointDescription': iri(addressOf(descriptionUrl)),
    'dct:conformsTo': concepts.standard(standardUrl === null ? null : addressOf(standardUrl)),
    'dcat:servesDataset': iri(dataset),
  });
}

/** Data that are shared with agencies through this registry, once they are granted. */
function describeSharing(
  { graph, concepts, origin }: Describing,
  dataset: string,
  { code, title, meaning, classification }: SharedDataset,
  common: Common,
): Value {
  return graph.describe(`${dataset}#sharing-${code}`, ['dcat:DataService'], {
    ...common,
    'dct:identifier': plain(code),
    'dct:title': [vi(title.vi), en(title.en)],
    'dct:description': [vi(meaning.vi), en(meaning.en)],
    'dct:accessRights': concepts.accessRights(classification),
    'dcat:endpointURL': iri(`${origin}/v1/feeds`),
    'dcat:endpointDescription': iri(`${origin}/openapi.json`),
    'dct:conformsTo': concepts.standard(null),
    'dcat:servesDataset': iri(dataset),
  });
}

/** Services of a dataset: those that the owner stated, and the sharing through this registry. */
interface Services {
  stated: readonly Value[];
  shared: Value[];
}

/** Stated ones and one for each stated service; else the one that tells where to ask for the data. */
function distributionsOf(
  describing: Describing,
  address: string,
  { publication }: CatalogueRow,
  services: Services,
): Value[] {
  const { graph, concepts } = describing;
  const terms = {
    'dct:license': concepts.licence(`${address}#dataset`, statedLicence(publication?.licence ?? null)),
  };
  const stated = (publication?.distributions ?? []).map((distribution, index) =>
    describeDistribution(describing, `${address}#distribution-${index + 1}`, distribution, terms),
  );
  const served = (publication?.services ?? []).map(({ title, endpointUrl }, index) =>
    graph.describe(`${address}#service-${index + 1}-distribution`, ['dcat:Distribution'], {
      ...terms,
      'dct:title': vi(title),
      'dct:description': vi(`Qua dịch vụ dữ liệu: ${title}`),
      'dcat:accessURL': iri(addressOf(endpointUrl)),
      'dcat:accessService': services.stated[index] ?? null,
      'dct:format': concepts.format(null),
      'dcatap:availability': concepts.availability(null),
    }),
  );
  if (stated.length + served.length > 0) return [...stated, ...served];
  return [
    graph.describe(`${address}#access`, ['dcat:Distribution'], {
      ...terms,
      'dct:description': vi(services.shared.length > 0 ? ON_GRANT : ASKING),
      'dcat:accessURL': iri(address),
      'dcat:accessService': services.shared,
      'dct:format': concepts.format(null),
      'dcatap:availability': concepts.availability(null),
    }),
  ];
}

function describeDistribution(
  { graph, concepts }: Describing,
  subject: string,
  { title, description, accessUrl, downloadUrl, format, availability }: PublicationDistribution,
  terms: Readonly<Record<string, Value>>,
): Value {
  return graph.describe(subject, ['dcat:Distribution'], {
    ...terms,
    'dct:title': vi(title),
    'dct:description': vi(description ?? title),
    'dcat:accessURL': iri(addressOf(accessUrl)),
    'dcat:downloadURL': nullable(downloadUrl, (url) => iri(addressOf(url))),
    'dct:format': concepts.format(format),
    'dcatap:availability': concepts.availability(availability),
  });
}

function statedLicence(licence: { name: string; url: string | null } | null) {
  return licence && { name: licence.name, url: nullable(licence.url, addressOf) };
}

/** What the owner stated; else what the sharing scope of the catalogue means; else nothing. */
function accessOf({ publication, sharingScope }: CatalogueRow): DatasetClass | null {
  if (publication) return publication.access;
  if (sharingScope === null) return null;
  return sharingScope === 'internal' || sharingScope === 'private' ? 'restricted' : 'shared';
}

/** Every database has at least the word for its kind. */
function keywordsOf({ publication, kind }: CatalogueRow): Value[] {
  const stated = publication?.keywords ?? [];
  return (stated.length > 0 ? stated : [DATABASE_KIND_WORDS[kind]]).map(vi);
}

function generalDescription({ name, kind, owner }: CatalogueRow): string {
  const of = owner ? `, cơ quan chủ quản: ${owner.name}` : '';
  return `${name} (${DATABASE_KIND_WORDS[kind]}${of}).`;
}

function provenanceOf(graph: Graph, address: string, { source }: CatalogueRow): Value | null {
  if (source === null) return null;
  const text = [source.document, source.clause].filter((part) => part !== null).join(', ');
  return graph.describe(`${address}#provenance`, ['dct:ProvenanceStatement'], {
    'rdfs:label': vi(`Ghi vào danh mục theo: ${text}`),
  });
}

function nullable<From, To>(value: From | null, then: (value: From) => To): To | null {
  return value === null ? null : then(value);
}
