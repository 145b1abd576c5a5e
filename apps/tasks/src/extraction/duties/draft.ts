import type { NamedAgency } from '../agencies/agency-reader.js';
import type { Block } from '../layout/outline.js';
import type { Assignment, Origin } from './assignment.js';
import type { DueMention } from './due-reader.js';

/** From where a task has its agencies or its time: its own words, or a heading or introduction above it. */
export type Source = 'own' | 'heading' | 'introduction' | 'field' | 'closing';

/** A task as far as it is read. */
export interface TaskDraft {
  block: Block;
  /** Places in the block's body. */
  start: number;
  end: number;
  leads: NamedAgency[];
  collaborators: NamedAgency[];
  leadSource: Source;
  origin: Origin;
  due: DueMention | null;
  dueSource: Source;
  extendable: boolean;
  person: boolean;
  /** It begins with a verb of duty. */
  duty: boolean;
}

/** What a heading or introduction hands down to what stands below it. */
export interface Inherited {
  leads: NamedAgency[];
  collaborators: NamedAgency[];
  origin: Origin;
  source: Source;
  due: DueMention | null;
  extendable: boolean;
  person: boolean;
  /** Goals, assessments, grounds: only who is named with "giao", "yêu cầu" … has a task there. */
  idle: boolean;
  /** The items of a list only report ("Còn 43 nhiệm vụ quá hạn, cụ thể:"). */
  reported: boolean;
  /** What held before the heading of an idle part that only its words end; null: no such part. */
  outside: Inherited | null;
}

/** Tasks among which the day of "cùng ngày" is looked for. */
const SHORTLY_BEFORE = 8;

/** "trước 18 giờ cùng ngày" is on the last day that was stated shortly before. */
export function onSameDay(due: DueMention | null, earlier: readonly TaskDraft[]): DueMention | null {
  if (due === null || due.date !== null || !/cùng ngày$/iu.test(due.phrase)) return due;
  const date = earlier.slice(-SHORTLY_BEFORE).findLast((draft) => draft.due?.date != null)?.due?.date ?? null;
  return { ...due, date, lastDay: date };
}

/** How far a task can be relied on. */
interface Judgement {
  /** 0–1. */
  confidence: number;
  /** An officer should look there first. */
  needsCheck: boolean;
  reason: string;
}

export const NOTHING: Inherited = {
  leads: [],
  collaborators: [],
  origin: 'subject',
  source: 'heading',
  due: null,
  extendable: true,
  person: false,
  idle: false,
  reported: false,
  outside: null,
};

/** Tasks less sure than this are marked for whoever checks the draft: more than a third of them was wrong in documents never seen before. */
const SURE = 0.8;

/** How sure a task is, 0–1, and what it was read from; in Vietnamese, for the officer who checks it. */
export function judge(draft: TaskDraft, clause: string | null): Judgement {
  const parts: string[] = [];
  let confidence = 0.95;
  const note = (text: string, less = 0): void => {
    parts.push(text);
    confidence -= less;
  };
  const [text, less] = LEAD_NOTES[draft.leadSource === 'own' ? draft.origin : draft.leadSource];
  if (draft.leads.length === 0) note('Chưa rõ cơ quan chủ trì', 0.55);
  else note(`Cơ quan chủ trì lấy từ ${text}`, less);
  const unknown = draft.leads.filter((lead) => lead.code === null).map((lead) => `"${lead.name}"`);
  if (unknown.length > 0) note(`chưa có trong danh mục: ${unknown.join(', ')}`, 0.02);
  if (draft.person) note('văn bản nêu cá nhân, chỉ ghi chức danh hoặc cơ quan', 0.05);
  noteDue(draft, note);
  if (!draft.extendable) note('văn bản không cho gia hạn');
  if (!draft.duty) note('không mở đầu bằng động từ giao việc, cần xem lại', 0.22);
  const place = clause === null ? '' : ` (mục ${clause})`;
  const rounded = Math.max(0.1, Math.round(confidence * 100) / 100);
  return {
    confidence: rounded,
    needsCheck: rounded < SURE,
    reason: `${parts.join('; ')}${place}.`,
  };
}

const LEAD_NOTES: Readonly<Record<Origin | Exclude<Source, 'own'>, readonly [string, number]>> = {
  assigned: ['lời giao việc của chính câu này', 0],
  subject: ['chủ ngữ của chính câu này', 0.03],
  remark: ['ghi chú "chủ trì" trong câu', 0.05],
  heading: ['đề mục phía trên', 0.03],
  introduction: ['câu mở đầu danh mục nhiệm vụ', 0.15],
  field: ['dòng hoặc cột "chủ trì"', 0.03],
  closing: ['câu kết', 0.1],
};

function noteDue({ due, dueSource }: TaskDraft, note: (text: string, less?: number) => void): void {
  if (!due) {
    note('không nêu thời hạn', 0.05);
    return;
  }
  const from: Partial<Record<Source, string>> = {
    heading: ' của đề mục phía trên',
    introduction: ' của câu mở đầu',
    field: ' ở dòng hoặc cột thời hạn',
    closing: ' của câu kết chung',
  };
  note(`thời hạn theo cụm từ "${due.phrase}"${from[dueSource] ?? ''}`, dueSource === 'own' ? 0 : 0.05);
  if (due.date === null && due.recurrence === null) note('cụm từ này không xác định được ngày', 0.05);
  if (due.doubtful) note('ngày này có thể không phải là thời hạn', 0.15);
}

/** What a named agency hands down to what stands below it. */
export function handedDown(read: Assignment, source: Source): Partial<Inherited> {
  const { leads, collaborators, origin, person } = read;
  return { leads, collaborators, origin, person, source };
}
