import type { ReferenceData } from '#libs/reference';
import type { CataloguePage, Withdrawn } from '../catalogue.queries.js';
import { count, Graph, instant, iri, type Value, vi } from '../rdf/graph.js';
import { Agents } from './agents.js';
import { Concepts } from './concepts.js';
import { datasetAddress, describeDatabase, type Described, type Describing } from './dataset.js';
import { type Bounds, describeProvince } from './province.js';

const TITLE = 'Danh mục cơ sở dữ liệu tỉnh';
const ABOUT =
  'Các cơ sở dữ liệu của tỉnh và cơ sở dữ liệu quốc gia, chuyên ngành mà tỉnh khai thác: chủ quản, phạm vi, tình trạng và cách tiếp cận.';

/** Where the catalogue is and what is known of it as a whole. */
export interface CatalogueSetting {
  /** Address of the service from outside, without a closing slash. */
  origin: string;
  reference: ReferenceData;
  bounds: Bounds | undefined;
}

/** Addresses of a page and of those it leads to. */
export interface PageLinks {
  self: string;
  first: string;
  next: string | null;
}

export function catalogueAddress(origin: string): string {
  return `${origin}/v1/catalog`;
}

/** A page of the catalogue. */
export function describeCatalogue(setting: CatalogueSetting, page: CataloguePage, links: PageLinks): Graph {
  const describing = begin(setting);
  const { graph, base, concepts, agents, place } = describing;
  const described = page.rows.map((row) => describeDatabase(describing, row));
  if (page.isFirst) described.unshift(describeItself(setting, describing, page));
  graph.describe(base, ['dcat:Catalog'], {
    'dct:title': vi(`${TITLE} ${setting.reference.province.name}`),
    'dct:description': vi(ABOUT),
    'dct:publisher': agents.publisher(null),
    'dct:language': concepts.language('vi'),
    'dct:license': concepts.licence(base, null),
    'dct:spatial': place,
    'dct:issued': page.issuedAt && instant(page.issuedAt),
    'dct:modified': page.modifiedAt && instant(page.modifiedAt),
    'dcat:themeTaxonomy': concepts.themeScheme(),
    'foaf:homepage': concepts.document(`${setting.origin}/docs`),
    'dcat:dataset': described.map(({ dataset }) => dataset),
    'dcat:service': described.flatMap(({ services }) => services),
    'dcat:record': described.flatMap(({ record }) => record ?? []),
  });
  describeView(graph, page, links);
  for (const withdrawn of page.withdrawn) describeWithdrawn(graph, base, withdrawn);
  return graph;
}

/** One database alone, for whoever looks its address up. */
export function describeOne(setting: CatalogueSetting, row: CataloguePage['rows'][number]): Graph {
  const describing = begin(setting);
  const { dataset, services } = describeDatabase(describing, row);
  describing.graph.describe(describing.base, [], { 'dcat:dataset': dataset, 'dcat:service': services });
  return describing.graph;
}

function begin({ origin, reference, bounds }: CatalogueSetting): Describing {
  const graph = new Graph();
  const base = catalogueAddress(origin);
  const concepts = new Concepts(graph, base);
  const agents = new Agents(graph, concepts, reference, base);
  return { graph, concepts, agents, place: describeProvince(graph, reference, base, bounds), base, origin };
}

/** The catalogue is a dataset too: it can be had, in two forms, and by a service that needs no token. */
function describeItself(
  { origin }: CatalogueSetting,
  { graph, concepts, agents, place, base }: Describing,
  { issuedAt, modifiedAt }: CataloguePage,
): Described {
  const address = `${base}#dataset`;
  const common = {
    'dcat:keyword': [vi('cơ sở dữ liệu'), vi('danh mục')],
    'dcat:theme': concepts.themes(['GOVE']),
    'dct:publisher': agents.publisher(null),
    'dcat:contactPoint': agents.contactPoint(address, null, null),
    'dct:accessRights': concepts.accessRights('open'),
  };
  const forms = (['RDF_TURTLE', 'JSON_LD'] as const).map((format) => {
    const extension = format === 'JSON_LD' ? 'jsonld' : 'ttl';
    return graph.describe(`${base}#distribution-${extension}`, ['dcat:Distribution'], {
      'dct:title': vi(`${TITLE} (${extension})`),
      'dct:description': vi('Phần ai cũng đọc được của danh mục, theo DCAT-AP 3.'),
      'dcat:accessURL': iri(`${base}.${extension}`),
      'dct:format': concepts.format(format),
      'dcatap:availability': concepts.availability(null),
      'dct:license': concepts.licence(base, null),
    });
  });
  const service = graph.describe(`${base}#service`, ['dcat:DataService'], {
    ...common,
    'dct:title': vi(TITLE),
    'dcat:endpointURL': iri(base),
    'dcat:endpointDescription': iri(`${origin}/openapi.json`),
    'dct:conformsTo': concepts.standard('http://data.europa.eu/r5r/'),
    'dcat:servesDataset': iri(address),
  });
  const dataset = graph.describe(address, ['dcat:Dataset'], {
    ...common,
    'dct:title': vi(TITLE),
    'dct:description': vi(ABOUT),
    'dct:spatial': place,
    'dct:temporal': concepts.period(address, periodOf(issuedAt, modifiedAt)),
    'dcat:distribution': forms,
  });
  return { dataset, services: [service], record: null };
}

/** Days on which its entries were made and changed. */
function periodOf(from: Date | null, to: Date | null): { from: string; to: string } | null {
  return from && to && { from: from.toISOString().slice(0, 10), to: to.toISOString().slice(0, 10) };
}

/** Hydra as it is today, and as older harvesters know it. */
function describeView(graph: Graph, page: CataloguePage, { self, first, next }: PageLinks): void {
  graph.describe(self, ['hydra:PartialCollectionView', 'hydra:PagedCollection'], {
    'hydra:totalItems': count(page.total),
    'hydra:itemsPerPage': count(page.limit),
    'hydra:first': iri(first),
    'hydra:next': next === null ? null : iri(next),
    'hydra:nextPage': next === null ? null : iri(next),
  });
}

/** A database that is not open any longer: whoever took it over takes it out again. */
function describeWithdrawn(graph: Graph, base: string, { id, at }: Withdrawn): Value {
  return graph.describe(datasetAddress(base, id), ['prov:Entity'], { 'prov:invalidatedAtTime': instant(at) });
}
