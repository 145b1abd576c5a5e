import { problem, type ProblemError } from '#libs/contracts';

/** The same text in the two languages of this system. */
export interface Texts {
  vi: string;
  en: string;
}

/** What can be wrong with a field. Codes are frozen once published; texts may improve. */
export const FAULT_TEXTS = {
  required: { vi: 'Bắt buộc phải có.', en: 'Is required.' },
  'unknown-field': { vi: 'Không có trường này.', en: 'There is no such field.' },
  'not-text': { vi: 'Phải là chuỗi ký tự.', en: 'Must be text.' },
  'too-short': { vi: 'Phải có ít nhất {min} ký tự.', en: 'Must have at least {min} characters.' },
  'too-long': { vi: 'Không được quá {max} ký tự.', en: 'Must have at most {max} characters.' },
  'control-character': {
    vi: 'Có ký tự điều khiển hoặc ký tự hỏng.',
    en: 'Has a control character or a broken character.',
  },
  'not-number': { vi: 'Phải là số.', en: 'Must be a number.' },
  'not-integer': { vi: 'Phải là số nguyên.', en: 'Must be a whole number.' },
  'too-small': { vi: 'Không được nhỏ hơn {min}.', en: 'Must not be less than {min}.' },
  'too-large': { vi: 'Không được lớn hơn {max}.', en: 'Must not be more than {max}.' },
  'not-date': {
    vi: 'Phải là ngày có thật, dạng yyyy-MM-dd (năm-tháng-ngày).',
    en: 'Must be a real date written yyyy-MM-dd.',
  },
  'not-instant': {
    vi: 'Phải là thời điểm theo ISO 8601 có múi giờ, ví dụ 2026-04-20T08:00:00+07:00.',
    en: 'Must be an ISO 8601 instant with a time zone, for example 2026-04-20T08:00:00+07:00.',
  },
  'not-one-of': { vi: 'Phải là một trong: {values}.', en: 'Must be one of: {values}.' },
  'not-boolean': { vi: 'Phải là true hoặc false.', en: 'Must be true or false.' },
  'wrong-pattern': { vi: 'Không đúng dạng {pattern}.', en: 'Does not have the form {pattern}.' },
  'not-uuid': { vi: 'Phải là một UUID.', en: 'Must be a UUID.' },
  'not-url': { vi: 'Phải là địa chỉ http(s) đầy đủ.', en: 'Must be a complete http(s) address.' },
  'not-list': { vi: 'Phải là danh sách.', en: 'Must be a list.' },
  'too-few': { vi: 'Phải có ít nhất {min} phần tử.', en: 'Must have at least {min} elements.' },
  'too-many': { vi: 'Không được quá {max} phần tử.', en: 'Must have at most {max} elements.' },
  duplicate: { vi: 'Có phần tử lặp lại.', en: 'Has an element twice.' },
  'not-object': { vi: 'Phải là một đối tượng JSON.', en: 'Must be a JSON object.' },
  invalid: { vi: 'Không hợp lệ.', en: 'Is not valid.' },
} as const satisfies Record<string, Texts>;

export type FaultCode = keyof typeof FAULT_TEXTS;

/** Why a value is refused. */
export interface Fault {
  code: FaultCode;
  /** Values for the `{name}` places of the text. */
  parameters?: Readonly<Record<string, string | number>>;
  /** Where inside the value, for a list: `[2]`. */
  path?: string;
}

/** One wrong field of a request: a fault of the catalogue, or a rule of the service's own with its texts. */
export type FieldError =
  | { field: string; code: FaultCode; parameters?: Readonly<Record<string, string | number>> }
  | { field: string; code: string; texts: Texts };

/** 400 `validation-failed` that names the wrong fields (path such as `leads[0].code`). */
export function fieldProblem(...errors: [FieldError, ...FieldError[]]): ProblemError {
  return problem('validation-failed', { count: errors.length }, { errors });
}
