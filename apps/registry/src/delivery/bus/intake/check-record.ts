import type { JsMsg } from '@nats-io/jetstream';
import { type DatasetField, EVENT_HEADERS, INTAKE_SUBJECT } from '#libs/contracts';

/** What of a dataset an agency's message is held against. */
export interface OwnDataset {
  code: string;
  provider: string;
  state: string;
  eventTypes: readonly string[];
  fields: readonly DatasetField[];
}

export const INTAKE_FAULTS = [
  'too-large',
  'wrong-headers',
  'not-json',
  'wrong-fields',
  'not-newer',
  'unknown-dataset',
] as const;
export type IntakeFault = (typeof INTAKE_FAULTS)[number];

export interface Fault {
  fault: IntakeFault;
  detail: string;
}

/** Bytes of the data of one record. */
const MOST_BYTES = 256 * 1024;
/** Beside the fields of the dataset every record may have these. */
const COMMON_FIELDS: Readonly<Record<string, string>> = { id: 'string', changed: 'array' };

/** `intake.agencies.<dataset code>.<record id>` */
export function intakeAddress(subject: string): { datasetCode: string; recordId: string } {
  const [datasetCode = '', recordId = ''] = subject.slice(INTAKE_SUBJECT.length + 1).split('.');
  return { datasetCode, recordId };
}

/**
 * Holds a message against the contract of events and against its dataset. The broker has made sure already that the
 * agency may publish to this dataset.
 *
 * @returns null when there is nothing wrong
 */
export function faultOf(
  message: Pick<JsMsg, 'subject' | 'headers' | 'data'>,
  dataset: OwnDataset | null,
): Fault | null {
  if (!dataset || dataset.state !== 'open') {
    return { fault: 'unknown-dataset', detail: 'the dataset is not registered, or is closed' };
  }
  if (message.data.length > MOST_BYTES) {
    return { fault: 'too-large', detail: `${message.data.length} bytes; at most ${MOST_BYTES}` };
  }
  const header = headerFault(message, dataset);
  if (header !== null) return { fault: 'wrong-headers', detail: header };
  const record = recordIn(message.data);
  if (!record) return { fault: 'not-json', detail: 'the data are no JSON object in UTF-8' };
  const field = fieldFault(record, dataset.fields);
  return field === null ? null : { fault: 'wrong-fields', detail: field };
}

function headerFault(
  { subject, headers }: Pick<JsMsg, 'subject' | 'headers'>,
  { provider, eventTypes }: OwnDataset,
): string | null {
  const value = (name: string): string => headers?.get(name) ?? '';
  const { recordId } = intakeAddress(subject);
  const wanted: [string, boolean, string][] = [
    [EVENT_HEADERS.specVersion, value(EVENT_HEADERS.specVersion) === '1.0', '1.0'],
    [EVENT_HEADERS.id, /^[\x21-\x7e]{1,128}$/.test(value(EVENT_HEADERS.id)), 'an identifier'],
    [EVENT_HEADERS.source, value(EVENT_HEADERS.source) === agencySource(provider), agencySource(provider)],
    [EVENT_HEADERS.type, eventTypes.includes(value(EVENT_HEADERS.type)), eventTypes.join(' or ')],
    [EVENT_HEADERS.subject, value(EVENT_HEADERS.subject) === recordId, recordId],
    [
      EVENT_HEADERS.sequence,
      isVersion(value(EVENT_HEADERS.sequence)),
      'the version of the record: 1, 2, 3 …',
    ],
    [EVENT_HEADERS.time, !Number.isNaN(Date.parse(value(EVENT_HEADERS.time))), 'an instant, ISO 8601'],
    [EVENT_HEADERS.contentType, value(EVENT_HEADERS.contentType) === 'application/json', 'application/json'],
  ];
  const wrong = wanted.find(([, isRight]) => !isRight);
  return wrong ? `${wrong[0]} must be ${wrong[2]}` : null;
}

/** `ce-source` of what an agency publishes. */
export function agencySource(provider: string): string {
  return `/agencies/${provider.toLowerCase()}`;
}

function isVersion(text: string): boolean {
  return /^[1-9]\d{0,14}$/.test(text);
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

function recordIn(data: Uint8Array): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(utf8.decode(data));
    const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isRecord ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** Fields may be null or missing; others than those of the dataset, or of another type, may not be there. */
function fieldFault(record: Record<string, unknown>, fields: readonly DatasetField[]): string | null {
  const types = new Map([
    ...Object.entries(COMMON_FIELDS),
    ...fields.map(({ name, type }) => [name, type] as const),
  ]);
  for (const [name, value] of Object.entries(record)) {
    const type = types.get(name);
    if (type === undefined) return `"${name.slice(0, 100)}" is no field of the dataset`;
    if (value !== null && !isOfType(value, type)) return `"${name}" is not of type ${type}`;
  }
  return null;
}

function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'integer':
      return Number.isInteger(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && !Array.isArray(value);
    default:
      return typeof value === type;
  }
}
