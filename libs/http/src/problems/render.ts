import type { ProblemError } from '#libs/contracts';
import { FAULT_TEXTS, type FieldError, type Texts } from '../fields/faults.js';
import type { Language } from './language.js';

/** RFC 9457 problem document. Extension members may follow. */
export interface ProblemDocument {
  /** `urn:ioc:problem:<code>` */
  type: string;
  title: string;
  status: number;
  detail: string;
  /** Stable code of the problem. */
  code: string;
  /** Path of the request, without its query. */
  instance: string;
  /** Finds the request in logs and traces. */
  traceId?: string;
  /** Wrong fields of the request. */
  errors?: { field: string; code: string; message: string }[];
}

export interface ProblemSetting {
  language: Language;
  instance: string;
  traceId?: string;
}

export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** The document that a caller gets for a problem. */
export function renderProblem(error: ProblemError, setting: ProblemSetting): ProblemDocument {
  const text = error.definition[setting.language];
  const parameters = { traceId: setting.traceId ?? '', ...error.parameters };
  const { errors, ...extensions } = error.extensions;
  return {
    ...extensions,
    type: `urn:ioc:problem:${error.code}`,
    title: fill(text.title, parameters),
    status: error.definition.status,
    detail: fill(text.detail, parameters),
    code: error.code,
    instance: setting.instance,
    ...(setting.traceId !== undefined && { traceId: setting.traceId }),
    ...(errors !== undefined && { errors: renderErrors(errors as FieldError[], setting.language) }),
  };
}

function renderErrors(errors: FieldError[], language: Language): ProblemDocument['errors'] {
  return errors.map((error) => ({
    field: error.field,
    code: error.code,
    message: textsOf(error)[language],
  }));
}

function textsOf(error: FieldError): Texts {
  if ('texts' in error) return error.texts;
  const { vi, en } = FAULT_TEXTS[error.code];
  const parameters = error.parameters ?? {};
  return { vi: fill(vi, parameters), en: fill(en, parameters) };
}

/** Why something was refused, in both languages; with the path of the field that was wrong, if it was one. */
export interface Refusal {
  field: string | null;
  texts: Texts;
}

/** What a problem says, for a report about many things at once: each wrong field, or else the problem as a whole. */
export function refusalsOf({ definition, parameters, extensions }: ProblemError): [Refusal, ...Refusal[]] {
  const errors = (extensions['errors'] ?? []) as FieldError[];
  const [first, ...others] = errors.map((error) => ({ field: error.field, texts: textsOf(error) }));
  const detail = (language: Language) => fill(definition[language].detail, parameters);
  return first ? [first, ...others] : [{ field: null, texts: { vi: detail('vi'), en: detail('en') } }];
}

function fill(text: string, parameters: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) =>
    Object.hasOwn(parameters, name) ? String(parameters[name]) : place,
  );
}
