import type { DatasetField, SharingDatasetState, SharingLimits, SharingRequestState } from '#libs/contracts';
import { fieldProblem } from '#libs/http';
import type { GrantLimitsBody } from './limit.requests.js';

type Asked = Pick<SharingRequestState, 'fields' | 'validFrom' | 'validUntil' | 'frequency' | 'method'>;

/** What a grant gives. */
export type GrantedTerms = Pick<SharingRequestState, 'fields' | 'validUntil' | 'frequency' | 'method'>;

/** What was asked for, but for the limits. */
export function grantedTerms(asked: Asked, limits: SharingLimits | null): GrantedTerms {
  return {
    fields: limits?.fields?.granted ?? asked.fields,
    validUntil: limits?.validUntil?.granted ?? asked.validUntil,
    frequency: limits?.frequency?.granted ?? asked.frequency,
    method: limits?.method?.granted ?? asked.method,
  };
}

/**
 * The limits as they are decided: each less than what was asked for, or other.
 *
 * @param known fields of the dataset
 * @param today day in Asia/Ho_Chi_Minh
 * @throws problem `validation-failed`
 */
export function limitsOf(
  asked: Asked,
  { fields, validUntil, frequency, method }: GrantLimitsBody,
  known: readonly DatasetField[],
  today: string,
): SharingLimits {
  if (!fields && !validUntil && !frequency && !method)
    throw fieldProblem({ field: 'limits', code: 'required' });
  if (fields) checkFields(fields.granted, asked.fields ?? known.map(({ name }) => name));
  if (validUntil) checkEnd(validUntil.granted, asked, today);
  if (frequency && frequency.granted === asked.frequency) throw asAsked('frequency');
  if (method && method.granted === asked.method) throw asAsked('method');
  return {
    fields: fields ? { granted: [...fields.granted].sort(), reason: fields.reason } : null,
    validUntil: validUntil ?? null,
    frequency: frequency ?? null,
    method: method ?? null,
  };
}

/**
 * In alphabetical order; null when that is every field.
 * @throws problem `validation-failed` for a name that the dataset does not have
 */
export function openFields(
  { code, fields }: Pick<SharingDatasetState, 'code' | 'fields'>,
  asked: readonly string[] | null,
): string[] | null {
  if (asked === null) return null;
  const known = new Set(fields.map(({ name }) => name));
  const strange = asked.findIndex((name) => !known.has(name));
  if (strange >= 0) {
    throw fieldProblem({
      field: `fields[${strange}]`,
      code: 'unknown-field-of-dataset',
      texts: {
        vi: `Bộ dữ liệu "${code}" không có trường "${asked[strange] ?? ''}".`,
        en: `The dataset "${code}" has no field "${asked[strange] ?? ''}".`,
      },
    });
  }
  return asked.length === known.size ? null : [...asked].sort();
}

function checkFields(granted: readonly string[], asked: readonly string[]): void {
  const strange = granted.findIndex((name) => !asked.includes(name));
  if (strange >= 0) {
    throw fieldProblem({
      field: `limits.fields.granted[${strange}]`,
      code: 'not-asked',
      texts: {
        vi: `Yêu cầu không có trường "${granted[strange] ?? ''}".`,
        en: `The field "${granted[strange] ?? ''}" was not asked for.`,
      },
    });
  }
  if (granted.length === asked.length) throw asAsked('fields');
}

function checkEnd(granted: string, { validFrom, validUntil }: Asked, today: string): void {
  const field = 'limits.validUntil.granted';
  const min = validFrom < today ? today : validFrom;
  if (granted < min) throw fieldProblem({ field, code: 'too-small', parameters: { min } });
  if (granted > validUntil) throw fieldProblem({ field, code: 'too-large', parameters: { max: validUntil } });
  if (granted === validUntil) throw asAsked('validUntil');
}

function asAsked(limit: string): Error {
  return fieldProblem({
    field: `limits.${limit}.granted`,
    code: 'as-asked',
    texts: {
      vi: 'Giá trị này đúng như yêu cầu, không phải là giới hạn.',
      en: 'This is what was asked for, no limit.',
    },
  });
}

/** What of a request was not granted, in words for the exchange log. */
export function refusedPart({ fields, validUntil, frequency, method }: SharingLimits): string {
  const parts = [
    fields && `chỉ các trường ${fields.granted.join(', ')}: ${fields.reason}`,
    validUntil && `chỉ đến hết ${validUntil.granted}: ${validUntil.reason}`,
    frequency && `tần suất "${frequency.granted}": ${frequency.reason}`,
    method && `phương thức "${method.granted}": ${method.reason}`,
  ];
  return `Đáp ứng một phần – ${parts.filter((part) => part !== null).join('; ')}`;
}
