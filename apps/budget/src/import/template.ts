import type { DataValidation, Worksheet } from '@cj-tech-master/excelts';
import type { BudgetItemKind } from '#libs/contracts';
import type { ReferenceData } from '#libs/reference';
import { addTitle, columnName, fitRows, FONT, frame, pageOf } from '#libs/workbooks';
import { addHead } from '../export/sheet-style.js';
import { emptyColumns, PRINTED_UNIT } from '../export/table-layout.js';
import { UNIT_WORDS } from './tables/unit.js';

const INSTRUCTIONS = [
  'HƯỚNG DẪN NHẬP KINH PHÍ CHUYỂN ĐỔI SỐ',
  '1. Nhập dự án đầu tư vào trang "Dự án" (triệu đồng), nhiệm vụ thường xuyên vào trang "Nhiệm vụ" (đồng). Muốn dùng đơn vị khác thì sửa dòng "ĐVT".',
  '2. Ghi năm ngân sách vào dòng "Năm ngân sách" của từng trang, ví dụ "Năm ngân sách: 2026".',
  '3. Chọn chủ đầu tư, cơ quan chủ trì trong danh sách; tên khác phải có trong danh mục dùng chung.',
  '4. Ô số tiền để trống nghĩa là chưa xác định; ghi 0 nếu không có. Không để công thức, không gộp ô số tiền.',
  '5. Thêm cột "Năm 2027", "Năm 2028"… vào trang "Dự án" cho kế hoạch các năm; các năm cộng lại không quá tổng kinh phí.',
  '6. Nhóm nhiệm vụ: thêm một dòng chỉ có số La Mã và tên nhóm phía trên các nhiệm vụ của nhóm.',
  '7. Có thể thêm dòng "Tổng cộng" ở cuối; hệ thống đối chiếu tổng với các dòng.',
  '8. Cấp bổ sung bằng nhu cầu trừ đã cấp, không dưới 0; để trống khi chưa xác định một trong hai số.',
  '9. Gửi thử với "dryRun=true" để xem sẽ thêm, sửa gì và lỗi ở dòng, cột nào; khi có lỗi thì không dòng nào được nhập.',
] as const;

const HEAD_ROW = 4;
/** Rows that are framed and have lists to choose from. */
const ROWS = 200;
const LISTS = 'Danh mục';

/** A workbook to fill in: instructions, a sheet for each kind, lists to choose from. */
export async function templateWorkbook(reference: ReferenceData): Promise<Buffer> {
  const { PaperSize, Workbook } = await import('@cj-tech-master/excelts');
  const workbook = new Workbook();
  addInstructions(workbook.addWorksheet('Hướng dẫn'));
  const owners = ownersOf(reference);
  for (const [kind, name] of [
    ['project', 'Dự án'],
    ['activity', 'Nhiệm vụ'],
  ] as const) {
    const sheet = workbook.addWorksheet(name, {
      views: [{ state: 'frozen', xSplit: 2, ySplit: HEAD_ROW + 1 }],
      pageSetup: pageOf(`${HEAD_ROW}:${HEAD_ROW + 1}`),
    });
    addForm(sheet, kind, name, owners.length);
  }
  const lists = workbook.addWorksheet(LISTS, { state: 'hidden' });
  for (const owner of owners) lists.addRow([owner]);
  for (const sheet of workbook.worksheets) sheet.pageSetup.paperSize = PaperSize.A4;
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** Agencies that own things today: no groups, none known from the past only. */
function ownersOf(reference: ReferenceData): string[] {
  const provincial = reference.agencies.filter(({ current, kind }) => current && kind !== 'group');
  const committees = reference.communes.map(({ code }) => reference.agency(code));
  return [...provincial, ...committees].flatMap((agency) => (agency === null ? [] : [agency.name]));
}

function addInstructions(sheet: Worksheet): void {
  // As wide as a page.
  sheet.getColumn(1).width = 80;
  for (const [index, text] of INSTRUCTIONS.entries()) {
    const cell = sheet.getRow(index + 1).getCell(1);
    cell.value = text;
    cell.font = { ...FONT, bold: index === 0 };
    cell.alignment = { wrapText: true, vertical: 'middle' };
  }
  fitRows(sheet);
}

function addForm(sheet: Worksheet, kind: BudgetItemKind, name: string, owners: number): void {
  const columns = emptyColumns(kind);
  addTitle(sheet, columns.length, [
    {
      text: `DANH MỤC ${name.toLocaleUpperCase('vi')} CÔNG NGHỆ THÔNG TIN, CHUYỂN ĐỔI SỐ`,
      bold: true,
    },
    { text: 'Năm ngân sách: ………', bold: true },
    { text: `ĐVT: ${UNIT_WORDS[PRINTED_UNIT[kind]]}`, italic: true, align: 'right' },
  ]);
  addHead(sheet, HEAD_ROW, columns);
  const [first, last] = [HEAD_ROW + 2, HEAD_ROW + 1 + ROWS];
  for (const [index, { role, header }] of columns.entries()) {
    const letter = columnName(index);
    const range = `${letter}${first}:${letter}${last}`;
    for (let row = first; row <= last; row++) frame(sheet.getRow(row).getCell(index + 1));
    if (role === 'money') sheet.dataValidations.add(range, AMOUNT);
    if (OWNER_HEADERS.includes(header)) sheet.dataValidations.add(range, ownerList(owners));
  }
  fitRows(sheet);
}

const OWNER_HEADERS: readonly string[] = ['Chủ đầu tư', 'Cơ quan chủ trì'];

const AMOUNT: DataValidation = {
  type: 'decimal',
  operator: 'greaterThanOrEqual',
  formulae: [0],
  allowBlank: true,
  showErrorMessage: true,
  errorTitle: 'Số tiền',
  error: 'Nhập số không âm, hoặc để trống nếu chưa xác định.',
};

function ownerList(owners: number): DataValidation {
  return {
    type: 'list',
    formulae: [`'${LISTS}'!$A$1:$A$${owners}`],
    allowBlank: true,
    // Agencies of past years are accepted, too, though the list does not offer them.
    showErrorMessage: false,
  };
}
