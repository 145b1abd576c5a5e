import { type Day, daysBetween } from '#libs/calendar';
import type { AgencyRef, TaskEventState } from '#libs/contracts';
import { AdministrativeDocument, issuerOf } from '#libs/documents';
import type { ReferenceData } from '#libs/reference';
import { writtenDay, writtenDirective } from '../task-texts.js';

/** What a reminder letter says. */
export interface ReminderLetter {
  /** Agency that sends it. */
  sender: AgencyRef;
  addressees: readonly AgencyRef[];
  /** With a last day each; the longest overdue first. */
  tasks: readonly TaskEventState[];
  today: Day;
}

const COLUMNS = ['STT', 'Nhiệm vụ', 'Văn bản giao', 'Thời hạn', 'Số ngày quá hạn', 'Số lần gia hạn'];
/** Centimetres; together the width of the text. */
const WIDTHS = [1.1, 5, 4, 2.7, 1.6, 1.6];

/**
 * A reminder (văn bản đôn đốc) as an office sends it: an official letter in the form of Decree 30/2020/NĐ-CP, appendix
 * I. Number, day, the day to report by and the signature are left open for the office.
 */
export async function reminderLetterDocx(letter: ReminderLetter, reference: ReferenceData): Promise<Buffer> {
  const form = await AdministrativeDocument.begin();
  const { sender, addressees, tasks, today } = letter;
  const issuer = issuerOf(sender, reference);
  const about = subjectOf(letter);
  const year = today.slice(0, 4);
  return form.pack(`V/v ${about}`, [
    form.head(issuer, null, reference.province.name, year, about),
    ...form.addressees(addressees.map(({ name }) => name)),
    form.text(openingOf(letter)),
    form.table(
      WIDTHS,
      COLUMNS,
      tasks.map((task, index) => rowOf(task, index, today)),
    ),
    form.text(
      `Đề nghị các cơ quan được giao chủ trì khẩn trương hoàn thành; báo cáo kết quả, nguyên nhân chậm (nếu có) và thời gian hoàn thành cụ thể của từng nhiệm vụ về ${sender.name} chậm nhất ngày       /       /${year}.`,
    ),
    form.text(
      'Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, đề nghị kịp thời báo cáo để được xem xét, tháo gỡ./.',
    ),
    form.text(''),
    form.foot(recipientsOf(sender), issuer.signer),
  ]);
}

/** What the letter is about: reminding of what falls due, or urging what is overdue. */
export function subjectOf({ tasks, today }: ReminderLetter): string {
  const overdue = tasks.some((task) => isOverdue(task, today));
  return overdue ? 'đôn đốc thực hiện nhiệm vụ quá hạn' : 'nhắc thực hiện nhiệm vụ được giao';
}

function openingOf({ tasks, today }: ReminderLetter): string {
  const late = tasks.filter((task) => isOverdue(task, today)).length;
  const count = String(tasks.length).padStart(2, '0');
  const standing = late === 0 ? 'nhiệm vụ sắp đến hạn' : 'nhiệm vụ quá hạn chưa hoàn thành';
  return `Qua theo dõi việc thực hiện nhiệm vụ được giao, tính đến ngày ${writtenDay(today)} còn ${count} ${standing}, cụ thể như sau:`;
}

function rowOf({ title, directive, due, extensions }: TaskEventState, index: number, today: Day): string[] {
  const { lastDay, phrase } = due;
  const late = lastDay === null ? 0 : Math.max(0, daysBetween(lastDay, today));
  return [
    String(index + 1),
    title,
    writtenDirective(directive),
    `${lastDay === null ? '' : writtenDay(lastDay)}${phrase === null ? '' : `\n(“${phrase}”)`}`,
    late === 0 ? 'Chưa quá hạn' : String(late),
    String(extensions),
  ];
}

function isOverdue({ due }: TaskEventState, today: Day): boolean {
  return due.lastDay !== null && due.lastDay < today;
}

function recipientsOf(sender: AgencyRef): string[] {
  return ['Như trên;', ...(sender.code === 'UBND' ? [] : ['UBND tỉnh (để báo cáo);']), 'Lưu: VT.'];
}
