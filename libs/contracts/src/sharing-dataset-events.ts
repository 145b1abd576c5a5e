import {
  type BilingualText,
  bilingualText,
  type DatasetField,
  datasetParts,
  type DatasetTerms,
} from './dataset-events.js';
import { orNull, schemaParts, stateEventSchemas } from './event-schema.js';
import type { AgencyRef } from './overview.js';
import { type DatabaseRef, registryParts } from './registry-vocabulary.js';

/** Aggregate segment of the subjects `ioc.registry.sharing-dataset.<id>`. */
export const SHARING_DATASET = 'sharing-dataset';

export const SHARING_DATASET_REGISTERED = 'vn.ioc.registry.sharing-dataset.registered.v1';
export const SHARING_DATASET_CHANGED = 'vn.ioc.registry.sharing-dataset.changed.v1';
export const SHARING_DATASET_CLOSED = 'vn.ioc.registry.sharing-dataset.closed.v1';
export const SHARING_DATASET_REOPENED = 'vn.ioc.registry.sharing-dataset.reopened.v1';

export const SHARING_DATASET_STATES = ['open', 'closed'] as const;
export type SharingDatasetStatus = (typeof SHARING_DATASET_STATES)[number];

/** A dataset of the catalogue: declared by a service, or registered by the agency that publishes it. */
export interface SharingDatasetState extends DatasetTerms {
  id: string;
  version: number;
  code: string;
  /** Service that publishes it; null: the agency itself. */
  service: string | null;
  provider: AgencyRef;
  /** Database of the registry that the data are of; null: none is named. */
  database: DatabaseRef | null;
  stream: string;
  subject: string;
  eventTypes: string[];
  fields: DatasetField[];
  schema: object;
  /** closed: no further requests; what was granted goes on until its end. */
  state: SharingDatasetStatus;
}

/** Dataset as requests and grants name it. */
export interface DatasetRef {
  id: string;
  code: string;
  title: BilingualText;
}

/** Schema of a {@link DatasetRef}. */
export const datasetRef = {
  type: 'object',
  required: ['id', 'code', 'title'],
  properties: { id: { type: 'string', format: 'uuid' }, code: schemaParts.text, title: bilingualText },
} as const;

/** JSON Schemas (draft 2020-12) of the catalogue's events, by event type. */
export const sharingDatasetEventSchemas: Record<string, object> = stateEventSchemas<SharingDatasetState>(
  {
    [SHARING_DATASET_REGISTERED]: 'A dataset was entered into the catalogue.',
    [SHARING_DATASET_CHANGED]: 'A dataset is offered otherwise than before.',
    [SHARING_DATASET_CLOSED]: 'A dataset takes no further requests.',
    [SHARING_DATASET_REOPENED]: 'A service offers a dataset again that it had withdrawn.',
  },
  {
    ...datasetParts,
    id: { type: 'string', format: 'uuid' },
    version: schemaParts.version,
    service: schemaParts.optionalText,
    provider: schemaParts.agency,
    database: orNull(registryParts.databaseRef),
    state: { enum: SHARING_DATASET_STATES },
  },
);
