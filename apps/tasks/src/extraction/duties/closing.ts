import type { MappedText } from '../text/mapped-text.js';
import type { TaskDraft } from './draft.js';
import { NO_EXTENSION } from './due-expressions.js';
import { type DueMention, type DueReference, readDues } from './due-reader.js';

/** A sentence that sets a time for tasks before it: "Các nhiệm vụ nêu trên hoàn thành trước ngày …". */
export interface Closing {
  due: DueMention;
  extendable: boolean;
  /** Label of the part it speaks of ("3"); null: what stands right before it. */
  clause: string | null;
  everywhere: boolean;
}

const UMBRELLA =
  /^(?:luu y:? |yeu cau |thoi (?:han|gian) (?:hoan thanh|thuc hien)(?: cua| doi voi)? )?(?:tat ca |toan bo )?(?:cac |nhung )?(?:nhiem vu|noi dung|cong viec|phan viec|muc|diem)(?: [^,.;:]{0,30})? (?:neu |noi |o |duoc giao )?(?:tren|tai|thuoc|nay)(?![a-z])/;
const PART = /(?:muc|diem|khoan|phan) (\d{1,2}|[ivx]{1,5}|[a-z])(?![a-z0-9])/;

export function readClosing(body: MappedText, reference: DueReference): Closing | null {
  if (body.text.length > 300 || !UMBRELLA.test(body.folded)) return null;
  const due = readDues(body, reference).find(
    (mention) => mention.date !== null || mention.recurrence !== null,
  );
  if (!due) return null;
  const clause = PART.exec(body.folded)?.[1] ?? null;
  return {
    due,
    extendable: !NO_EXTENSION.test(body.folded),
    clause: clause !== null && /^[ivx]+$/.test(clause) ? clause.toUpperCase() : clause,
    everywhere: /(?:thong bao|chi thi|ke hoach|cong van|quyet dinh|cong dien|van ban) nay/.test(body.folded),
  };
}

/** The tasks that it speaks of. */
export function closesOthers(closing: Closing, drafts: readonly TaskDraft[]): readonly TaskDraft[] {
  if (closing.clause === null) return drafts;
  const own = drafts.filter(({ block }) => block.clause?.split(/[.,]/).includes(closing.clause ?? ''));
  return own.length > 0 ? own : drafts;
}
