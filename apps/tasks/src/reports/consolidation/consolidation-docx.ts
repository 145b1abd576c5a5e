import { dayOf } from '#libs/calendar';
import { AdministrativeDocument, type Block, issuerOf } from '#libs/documents';
import type { ReferenceData } from '#libs/reference';
import { written } from '../duties/due-periods.js';
import type { AgencyPoints, Consolidation, FigureSummary, TaskSummary } from './consolidation.js';
import { groundOf, remarkOn, standingSentence, STATE_WORDS, UNKNOWN, writtenInstant } from './words.js';

const NUMERALS = ['I', 'II', 'III', 'IV', 'V', 'VI'];
const NOBODY = 'Không có cơ quan nào nêu.';

/** The consolidated report as an office sends it on: a draft of a "báo cáo" in the form of Decree 30/2020/NĐ-CP. */
export async function consolidationDocx(report: Consolidation, reference: ReferenceData): Promise<Buffer> {
  const form = await AdministrativeDocument.begin();
  const issuer = issuerOf(report.preparedBy, reference);
  const today = dayOf(new Date(report.asOf));
  const sections: [string, Block[]][] = [
    ['TÌNH HÌNH GỬI BÁO CÁO', standing(form, report)],
    ...(report.form.results ? [['KẾT QUẢ THỰC HIỆN', results(form, report)] as [string, Block[]]] : []),
    ...(report.figures.length > 0
      ? [['SỐ LIỆU TỔNG HỢP', [figures(form, report.figures)]] as [string, Block[]]]
      : []),
    ...(report.form.taskPercents
      ? [['TIẾN ĐỘ NHIỆM VỤ', tasks(form, report.tasks)] as [string, Block[]]]
      : []),
    ...(report.form.obstacles
      ? [['KHÓ KHĂN, VƯỚNG MẮC', points(form, report.obstacles)] as [string, Block[]]]
      : []),
    ...(report.form.proposals
      ? [['ĐỀ XUẤT, KIẾN NGHỊ', points(form, report.proposals)] as [string, Block[]]]
      : []),
  ];
  const subject = [`Tổng hợp ${lowered(report.duty.title)}`, bracketed(report.period.label)];
  return form.pack(`Tổng hợp ${report.duty.title}`, [
    form.head(issuer, 'BC', reference.province.name, today.slice(0, 4)),
    ...form.title('BÁO CÁO', subject),
    ...opening(form, report),
    ...sections.flatMap(([name, blocks], index) => [
      form.text(`${NUMERALS[index] ?? ''}. ${name}`, { bold: true }),
      ...blocks,
    ]),
    form.text(''),
    form.foot(recipientsOf(report), issuer.signer),
  ]);
}

/** Names of periods may have brackets of their own. */
function bracketed(label: string): string {
  return label.includes('(') ? label : `(${label})`;
}

function opening(form: AdministrativeDocument, report: Consolidation): Block[] {
  const ground = groundOf(report);
  const { label, lastDay } = report.period;
  const text = `Tổng hợp báo cáo của các cơ quan, đơn vị, kỳ báo cáo: ${label}; hạn gửi đến hết ngày ${written(lastDay)}; kết quả như sau:`;
  return [form.text(ground === null ? text : `Thực hiện ${ground}. ${text}`)];
}

function standing(form: AdministrativeDocument, report: Consolidation): Block[] {
  const rows = report.agencies.map((line, index) => [
    String(index + 1),
    line.agency.name,
    STATE_WORDS[line.state],
    line.submittedAt === null ? '' : writtenInstant(line.submittedAt),
    remarkOn(line),
  ]);
  return [
    form.text(standingSentence(report)),
    form.table([1.2, 5.2, 3.2, 3.2, 3.2], ['STT', 'Cơ quan', 'Tình trạng', 'Thời điểm gửi', 'Ghi chú'], rows),
  ];
}

function results(form: AdministrativeDocument, report: Consolidation): Block[] {
  if (report.results.length === 0) return [form.text('Chưa có cơ quan nào gửi kết quả.')];
  return report.results.flatMap(({ agency, text }, index) => [
    form.text(`${index + 1}. ${agency.name}`, { bold: true }),
    ...text.split('\n').map((line) => form.text(line)),
  ]);
}

function points(form: AdministrativeDocument, byAgency: readonly AgencyPoints[]): Block[] {
  if (byAgency.length === 0) return [form.text(NOBODY)];
  return byAgency.flatMap((own, index) => [
    form.text(`${index + 1}. ${own.agency.name}`, { bold: true }),
    ...own.points.map((point) => form.text(`- ${point}`)),
  ]);
}

function figures(form: AdministrativeDocument, summaries: readonly FigureSummary[]): Block {
  const rows = summaries.map(({ name, unit, summable, total, given, byAgency }, index) => [
    String(index + 1),
    unit === null ? name : `${name} (${unit})`,
    !summable && given > 0 ? 'Không cộng' : numberText(total),
    String(given),
    byAgency
      .map(({ agency, value, note }) => `${agency.name}: ${numberText(value)}${inBrackets(note)}`)
      .join('\n'),
  ]);
  const head = ['STT', 'Chỉ tiêu', 'Tổng số', 'Số cơ quan có số liệu', 'Chi tiết'];
  return form.table([1.2, 4.5, 2.6, 2.2, 5.5], head, rows);
}

function tasks(form: AdministrativeDocument, summaries: readonly TaskSummary[]): Block[] {
  if (summaries.length === 0) return [form.text('Chưa có cơ quan nào báo cáo tỷ lệ hoàn thành.')];
  const rows = summaries.map(({ title, lastDay, byAgency }, index) => [
    String(index + 1),
    title,
    lastDay === null ? UNKNOWN : written(lastDay),
    byAgency.map(({ agency, percent, note }) => `${agency.name}: ${percent}%${inBrackets(note)}`).join('\n'),
  ]);
  return [form.table([1.2, 6.8, 2.6, 5.4], ['STT', 'Nhiệm vụ', 'Hạn', 'Tỷ lệ hoàn thành'], rows)];
}

function recipientsOf({ duty, preparedBy }: Consolidation): string[] {
  const others = duty.recipients.filter(({ code }) => code !== preparedBy.code);
  return [
    ...(preparedBy.code === 'UBND' ? [] : ['UBND tỉnh (báo cáo);']),
    ...others.filter(({ code }) => code !== 'UBND').map(({ name }) => `${name};`),
    'Lưu: VT.',
  ];
}

const numberFormat = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 6 });

function numberText(value: number | null): string {
  return value === null ? UNKNOWN : numberFormat.format(value);
}

function inBrackets(note: string | null): string {
  return note === null ? '' : ` (${note})`;
}

/** "Báo cáo …" → "báo cáo …", within a title. */
function lowered(title: string): string {
  return title.startsWith('Báo cáo') ? `b${title.slice(1)}` : title;
}
