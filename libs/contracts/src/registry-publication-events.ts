import { DATASET_CLASSES, type DatasetClass } from './dataset-events.js';
import { orNull, schemaParts, stateEventSchemas } from './event-schema.js';
import { type DatabaseRef, registryParts } from './registry-vocabulary.js';

/** Aggregate segment of the subject `ioc.registry.publication.<id>`. */
export const REGISTRY_PUBLICATION = 'publication';

export const REGISTRY_PUBLICATION_STATED = 'vn.ioc.registry.publication.stated.v1';
export const REGISTRY_PUBLICATION_CHANGED = 'vn.ioc.registry.publication.changed.v1';

/** Subjects, by the codes of the EU's authority table `data-theme`, which DCAT-AP asks for. */
export const DATA_THEMES = [
  'AGRI',
  'ECON',
  'EDUC',
  'ENER',
  'ENVI',
  'GOVE',
  'HEAL',
  'INTR',
  'JUST',
  'REGI',
  'SOCI',
  'TECH',
  'TRAN',
] as const;
export type DataTheme = (typeof DATA_THEMES)[number];

/** Codes of the EU's authority table `file-type`. */
export const FILE_FORMATS = [
  'CSV',
  'XLSX',
  'ODS',
  'JSON',
  'JSON_LD',
  'XML',
  'RDF_TURTLE',
  'GEOJSON',
  'GML',
  'KML',
  'SHP',
  'PDF',
  'TXT',
  'ZIP',
] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

/** How long a distribution is meant to be there, by the EU's authority table `planned-availability`. */
export const AVAILABILITIES = ['temporary', 'experimental', 'available', 'stable'] as const;
export type Availability = (typeof AVAILABILITIES)[number];

export const PUBLICATION_LANGUAGES = ['vi', 'en'] as const;
export type PublicationLanguage = (typeof PUBLICATION_LANGUAGES)[number];

/** A form in which the data can be had. */
export interface PublicationDistribution {
  title: string;
  description: string | null;
  /** Where it is, or where it is told how to get it. */
  accessUrl: string;
  downloadUrl: string | null;
  format: FileFormat | null;
  availability: Availability | null;
}

/** A service that answers questions about the data. */
export interface PublicationService {
  title: string;
  endpointUrl: string;
  /** Its machine-readable description, such as an OpenAPI document. */
  descriptionUrl: string;
  /** Address of the standard it conforms to; null: not determined. */
  standardUrl: string | null;
}

/** What the owner of a database tells an open-data portal about it; null and empty: not determined. */
export interface RegistryPublicationState {
  id: string;
  version: number;
  database: DatabaseRef;
  /** Of the data as a whole; only `open` ones are described to everybody. */
  access: DatasetClass;
  englishTitle: string | null;
  description: string | null;
  themes: DataTheme[];
  keywords: string[];
  languages: PublicationLanguage[];
  licence: { name: string; url: string | null } | null;
  landingPage: string | null;
  /** First and last day that the data speak of. */
  period: { from: string; to: string } | null;
  /** Unit or post that answers questions, published with the data. */
  contact: { name: string; email: string | null; phone: string | null } | null;
  distributions: PublicationDistribution[];
  services: PublicationService[];
}

const publication: Record<keyof RegistryPublicationState, object> = {
  id: schemaParts.id,
  version: schemaParts.version,
  database: registryParts.databaseRef,
  access: { enum: DATASET_CLASSES },
  englishTitle: schemaParts.optionalText,
  description: schemaParts.optionalText,
  themes: { type: 'array', items: { enum: DATA_THEMES } },
  keywords: { type: 'array', items: schemaParts.text },
  languages: { type: 'array', items: { enum: PUBLICATION_LANGUAGES } },
  licence: orNull({
    type: 'object',
    required: ['name', 'url'],
    properties: { name: schemaParts.text, url: schemaParts.optionalText },
  }),
  landingPage: schemaParts.optionalText,
  period: orNull({
    type: 'object',
    required: ['from', 'to'],
    properties: { from: registryParts.day, to: registryParts.day },
  }),
  contact: orNull({
    type: 'object',
    required: ['name', 'email', 'phone'],
    properties: {
      name: schemaParts.text,
      email: schemaParts.optionalText,
      phone: schemaParts.optionalText,
    },
  }),
  distributions: {
    type: 'array',
    items: {
      type: 'object',
      required: ['title', 'description', 'accessUrl', 'downloadUrl', 'format', 'availability'],
      properties: {
        title: schemaParts.text,
        description: schemaParts.optionalText,
        accessUrl: schemaParts.text,
        downloadUrl: schemaParts.optionalText,
        format: { enum: [...FILE_FORMATS, null] },
        availability: { enum: [...AVAILABILITIES, null] },
      },
    },
  },
  services: {
    type: 'array',
    items: {
      type: 'object',
      required: ['title', 'endpointUrl', 'descriptionUrl', 'standardUrl'],
      properties: {
        title: schemaParts.text,
        endpointUrl: schemaParts.text,
        descriptionUrl: schemaParts.text,
        standardUrl: schemaParts.optionalText,
      },
    },
  },
};

/** JSON Schemas (draft 2020-12) of the events of publications, by event type. */
export const registryPublicationEventSchemas: Record<string, object> =
  stateEventSchemas<RegistryPublicationState>(
    {
      [REGISTRY_PUBLICATION_STATED]:
        'An owner stated how its database is to be described to open-data portals.',
      [REGISTRY_PUBLICATION_CHANGED]: 'The description of a database to open-data portals was changed.',
    },
    publication,
  );
