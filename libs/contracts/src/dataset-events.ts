import { schemaParts, stateEventSchemas } from './event-schema.js';
import type { ServiceName } from './services.js';

/** Aggregate segment of the subjects `ioc.<service>.dataset.<id>`: what a service offers to share. */
export const DATASET = 'dataset';

export const TASKS_DATASET_DECLARED = 'vn.ioc.tasks.dataset.declared.v1';
export const BUDGET_DATASET_DECLARED = 'vn.ioc.budget.dataset.declared.v1';
export const REGISTRY_DATASET_DECLARED = 'vn.ioc.registry.dataset.declared.v1';
export const STAFFING_DATASET_DECLARED = 'vn.ioc.staffing.dataset.declared.v1';

/** Type of the event by which a service says that it offers a dataset, or offers it otherwise than before. */
export const DATASET_DECLARED: Readonly<Record<ServiceName, string>> = {
  tasks: TASKS_DATASET_DECLARED,
  budget: BUDGET_DATASET_DECLARED,
  registry: REGISTRY_DATASET_DECLARED,
  staffing: STAFFING_DATASET_DECLARED,
};

export const TASKS_DATASET_WITHDRAWN = 'vn.ioc.tasks.dataset.withdrawn.v1';
export const BUDGET_DATASET_WITHDRAWN = 'vn.ioc.budget.dataset.withdrawn.v1';
export const REGISTRY_DATASET_WITHDRAWN = 'vn.ioc.registry.dataset.withdrawn.v1';
export const STAFFING_DATASET_WITHDRAWN = 'vn.ioc.staffing.dataset.withdrawn.v1';

/** Type of the event by which a service says that no release of it that runs offers a dataset any more. */
export const DATASET_WITHDRAWN: Readonly<Record<ServiceName, string>> = {
  tasks: TASKS_DATASET_WITHDRAWN,
  budget: BUDGET_DATASET_WITHDRAWN,
  registry: REGISTRY_DATASET_WITHDRAWN,
  staffing: STAFFING_DATASET_WITHDRAWN,
};

/** Shared among agencies (dùng chung), restricted to those named (dùng riêng), or open to everybody (mở). */
export const DATASET_CLASSES = ['shared', 'restricted', 'open'] as const;
export type DatasetClass = (typeof DATASET_CLASSES)[number];

/** mandatory: an agency that asks is granted at once; on-request: the provider decides within its working days. */
export const DATASET_ACCESS = ['mandatory', 'on-request'] as const;
export type DatasetAccess = (typeof DATASET_ACCESS)[number];

/** The same text in Vietnamese and English. */
export interface BilingualText {
  vi: string;
  en: string;
}

/** A field that every record of a dataset has. */
export interface DatasetField {
  name: string;
  /** null: the schema does not say. */
  meaning: string | null;
  /** JSON types, such as `string` or `integer | null`. */
  type: string;
}

/** What is offered, and on what terms. */
export interface DatasetTerms {
  title: BilingualText;
  meaning: BilingualText;
  classification: DatasetClass;
  access: DatasetAccess;
  /** Master data (dữ liệu chủ): the one trusted source, to be used again instead of being collected again. */
  master: boolean;
  /** Legal ground of the sharing; null: not determined. */
  legalGround: string | null;
}

/** What a declaration is made of; the same content is declared once. */
export interface DatasetContent extends DatasetTerms {
  /** `<service>.<aggregate>`, such as `tasks.task`. */
  code: string;
  /** Code of the agency that answers for the data and decides on requests. */
  provider: string;
  /** JetStream stream that carries it. */
  stream: string;
  /** Subject of all its events: `ioc.tasks.task.*`. */
  subject: string;
  /** Types of its events, in alphabetical order. */
  eventTypes: string[];
  fields: DatasetField[];
  /** JSON Schema (draft 2020-12) of a record. */
  schema: object;
}

/** A dataset as its service declares it. */
export interface DatasetDeclaredState extends DatasetContent {
  id: string;
  version: number;
  /** False: withdrawn. Missing in what releases before withdrawals said. */
  offered?: boolean;
}

export const bilingualText = {
  type: 'object',
  required: ['vi', 'en'],
  properties: { vi: { type: 'string' }, en: { type: 'string' } },
} as const;

/** Schemas of what every dataset tells, declared by a service or registered by an agency. */
export const datasetParts = {
  code: { type: 'string', description: 'tasks.task, or of an agency: stc-gia-dat' },
  title: bilingualText,
  meaning: bilingualText,
  classification: { enum: DATASET_CLASSES },
  access: { enum: DATASET_ACCESS },
  master: { type: 'boolean' },
  legalGround: schemaParts.optionalText,
  stream: { type: 'string' },
  subject: { type: 'string' },
  eventTypes: { type: 'array', items: { type: 'string' } },
  fields: {
    type: 'array',
    items: {
      type: 'object',
      required: ['name', 'meaning', 'type'],
      properties: { name: { type: 'string' }, meaning: schemaParts.optionalText, type: { type: 'string' } },
    },
  },
  schema: { type: 'object', description: 'JSON Schema (draft 2020-12) of a record' },
} as const;

/** JSON Schemas of the declarations of datasets, by event type. */
export const datasetEventSchemas: Record<string, object> = stateEventSchemas<DatasetDeclaredState>(
  Object.fromEntries([
    ...Object.values(DATASET_DECLARED).map((type) => [type, 'A service declared what it offers to share.']),
    ...Object.values(DATASET_WITHDRAWN).map((type) => [type, 'A service no longer offers a dataset.']),
  ]) as Record<string, string>,
  {
    ...datasetParts,
    id: { type: 'string', format: 'uuid', description: 'UUIDv5 of the code' },
    version: schemaParts.version,
    offered: { type: 'boolean', description: 'false: withdrawn' },
    provider: { type: 'string', description: 'Code of the agency' },
  },
);
