import type { FieldError } from '#libs/http';
import { fieldProblem } from '#libs/http';
import type { ForbiddingDocument, TaskRow } from '../assignments/task.entity.js';
import type { Directive } from '../directives/directive.entity.js';
import { taskProblem } from '../problems.js';
import type { DueDay, DueDocument } from './due-lines.js';

/** A new due date, and what it rests on. */
export interface NewDue {
  due: DueDay & { date: string; lastDay: string };
  reason: string | null;
  /** Null for a correction: the document was right, its date was entered wrongly. */
  document: DueDocument | null;
  /** True: the document rules out any further extension. */
  noFurtherExtension: boolean;
}

export function columnsOf(due: DueDay): Pick<TaskRow, 'dueDate' | 'lastDay' | 'duePhrase'> {
  return { dueDate: due.date, lastDay: due.lastDay, duePhrase: due.phrase };
}

export function dayOfDirective(directive: Directive): string | null {
  return directive.issuedOn ?? directive.meetingOn;
}

export function banOf(document: DueDocument | null): ForbiddingDocument {
  return { kind: 'other', number: document?.number ?? null, date: document?.date ?? null, clause: null };
}

export function banOfDirective(directive: Directive, clause: string | null): ForbiddingDocument {
  const { kind, number, symbol } = directive;
  return { kind, number: number ?? symbol, date: dayOfDirective(directive), clause };
}

const KINDS: Readonly<Record<string, { vi: string; en: string }>> = {
  'conclusion-notice': { vi: 'Thông báo kết luận', en: 'conclusion notice' },
  letter: { vi: 'Công văn', en: 'letter' },
  plan: { vi: 'Kế hoạch', en: 'plan' },
  decision: { vi: 'Quyết định', en: 'decision' },
  resolution: { vi: 'Nghị quyết', en: 'resolution' },
  instruction: { vi: 'Chỉ thị', en: 'instruction' },
};

/** 409 that names the forbidding document as an officer would quote it. */
export function noFurtherExtension(ban: ForbiddingDocument): Error {
  const kind = KINDS[ban.kind] ?? { vi: 'Văn bản', en: 'document' };
  const [year, month, day] = ban.date?.split('-') ?? [];
  const date = ban.date === null ? null : `${day ?? ''}/${month ?? ''}/${year ?? ''}`;
  const quoted = (number: string, on: string, clause: string, words: string): string =>
    [
      words,
      ban.number === null ? '' : ` ${number} ${ban.number}`,
      date === null ? '' : ` ${on} ${date}`,
      ban.clause === null ? '' : `, ${clause} ${ban.clause}`,
    ].join('');
  return taskProblem(
    'no-further-extension',
    {
      documentVi: quoted('số', 'ngày', 'mục', kind.vi),
      documentEn: quoted('no.', 'of', 'clause', kind.en),
    },
    { document: ban },
  );
}

export function beyondParent(lastDay: string): Error {
  const texts = {
    vi: `Không được muộn hơn thời hạn của nhiệm vụ cấp trên (${lastDay}).`,
    en: `Must not be later than the last day of the task above (${lastDay}).`,
  };
  return fieldProblem({ field: 'lastDay', code: 'beyond-parent', texts });
}

export function tooEarly(lastDay: string): FieldError {
  const texts = {
    vi: `Gia hạn phải đến sau thời hạn hiện tại (${lastDay}).`,
    en: `An extension must go beyond the present last day (${lastDay}).`,
  };
  return { field: 'lastDay', code: 'no-extension', texts };
}

export function notLifting(): FieldError {
  const texts = {
    vi: 'Phải là văn bản chỉ đạo mới của chính cơ quan ban hành, đã ghi nhận, có ngày và không cũ hơn văn bản không cho gia hạn.',
    en: 'Must be a new directive of the same issuer, registered, dated, and not older than the one that forbids extensions.',
  };
  return { field: 'directiveId', code: 'not-lifting', texts };
}
