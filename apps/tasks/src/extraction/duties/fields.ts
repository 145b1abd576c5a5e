import type { AgencyReader, NamedAgency } from '../agencies/agency-reader.js';
import type { Block } from '../layout/outline.js';
import { type MappedText, mapText, part } from '../text/mapped-text.js';
import { type DueMention, type DueReference, readDues } from './due-reader.js';
import { dutyAt } from './verbs.js';

/** What a line or a table column of a plan says about its task. */
export type FieldKind = 'task' | 'lead' | 'collaborator' | 'due' | 'number' | 'other';

const FIELD =
  /^(?<name>(?:co quan|don vi|bo phan)(?: (?:chu tri|phoi hop|thuc hien|chiu trach nhiem|tham muu)(?: thuc hien)?)|(?:chu tri|phoi hop)(?: thuc hien)?|(?:chu dau tu|dai dien chu dau tu|dau moi|trach nhiem)(?: (?:chu tri|thuc hien))?|(?:thoi (?:gian|han)|han|tien do|thoi diem)(?: hoan thanh| thuc hien| bao cao| trinh| ket thuc| xong)?|san pham(?: dau ra| hoan thanh)?|ket qua(?: dau ra)?|(?:nguon )?kinh phi(?: thuc hien)?|dia diem|hinh thuc|ghi chu) ?: ?/;
/** Fields whose name may also be who is told to do what follows. */
const TOLD = /^(?:chu dau tu|dai dien chu dau tu|dau moi|trach nhiem)/;
const NAMES: readonly [RegExp, FieldKind][] = [
  [
    /chu tri|(?:co quan|don vi|bo phan) (?:thuc hien|chiu trach nhiem|tham muu)|duoc giao|^(?:dai dien )?chu dau tu|^dau moi|^trach nhiem/,
    'lead',
  ],
  [/phoi hop/, 'collaborator'],
  [/thoi (?:gian|han|diem)|tien do|^han(?: |$)|^hoan thanh/, 'due'],
  [/nhiem vu|noi dung|cong viec|hang muc|hoat dong|ten/, 'task'],
  [/^(?:stt|tt|so tt|so thu tu)$/, 'number'],
];

export interface Field {
  kind: FieldKind;
  value: MappedText;
}

/** "Cơ quan chủ trì: Sở A" and the like; null for any other text. */
export function readField(m: MappedText): Field | null {
  const match = FIELD.exec(m.folded);
  const name = match?.groups?.['name'];
  if (!match || name === undefined) return null;
  // "Chủ đầu tư: đẩy nhanh tiến độ …" tells whom it names to do something.
  if (TOLD.test(name) && dutyAt(m.folded, match[0].length)) return null;
  return { kind: kindOf(name), value: part(m, match[0].length, m.text.length) };
}

/** "Trường Trung học phổ thông A" above "Chủ đầu tư: …" is what is to be built, not who builds it. */
export function hasLead(children: readonly Block[]): boolean {
  return children.some((child) => readField(child.body)?.kind === 'lead');
}

export function hasFields(children: readonly Block[]): boolean {
  return children.some((child) => readField(child.body) !== null);
}

/** What a column is about, by its head. */
export function kindOf(name: string): FieldKind {
  return NAMES.find(([expression]) => expression.test(name.trim()))?.[1] ?? 'other';
}

/** All agencies of a field or cell, however they are separated. */
export function fieldAgencies(agencies: AgencyReader, value: MappedText): NamedAgency[] {
  return agencies.listAt(value, 0)?.agencies ?? [];
}

export function fieldDue(value: MappedText, reference: DueReference): DueMention | null {
  const dues = readDues(named(value), reference, true);
  // "Quý II, Quý III năm 2026" is done by the end of the last.
  return dues.findLast((due) => due.date !== null) ?? dues[0] ?? wholePhrase(value);
}

/** Cells leave words out: "6/2026" is a month, "2027" a year, "II/2026" a quarter. */
function named(value: MappedText): MappedText {
  const text = value.folded.replace(/[.; ]+$/, '');
  const unit = /^\d{1,2} ?[/-] ?\d{4}$/.test(text)
    ? 'tháng'
    : /^\d{4}$/.test(text)
      ? 'năm'
      : /^[iv]{1,3} ?\/ ?\d{4}$/.test(text)
        ? 'quý'
        : '';
  return unit === '' ? value : mapText(`${unit} ${value.text}`, value.at);
}

function wholePhrase(value: MappedText): DueMention | null {
  const phrase = value.text.replace(/[.;]+$/, '');
  if (phrase === '') return null;
  return {
    start: 0,
    end: phrase.length,
    phrase,
    date: null,
    lastDay: null,
    recurrence: null,
    doubtful: false,
  };
}
