import type { ReferenceData } from '#libs/reference';
import {
  addLines,
  addLists,
  agencyChoices,
  type Book,
  choiceOf,
  columnName,
  FIRST_ROW,
  type RowValues,
  SheetTable,
} from '#libs/workbooks';
import {
  DIRECTIVE_COLUMNS,
  type DirectiveKey,
  INFORMATION_COLUMNS,
  type InformationKey,
  KIND_WORDS,
  NO,
  SHEETS,
  TASK_COLUMNS,
  type TaskKey,
  YES,
} from './columns.js';

const INSTRUCTIONS = [
  'HƯỚNG DẪN NHẬP NHIỆM VỤ ĐƯỢC GIAO',
  '1. Trang "Văn bản": mỗi dòng là một văn bản chỉ đạo. Văn bản đã có trong hệ thống thì giữ nguyên; văn bản chưa có thì thêm dòng mới, đặt một tên riêng ở cột "Tên dùng trong tệp".',
  '2. Trang "Nhiệm vụ": mỗi dòng là một nhiệm vụ. Cột "Văn bản" chọn tên ở trang "Văn bản", hoặc ghi số, ký hiệu của văn bản đã có.',
  '3. Cơ quan: chọn trong danh sách, hoặc ghi tên hay mã theo danh mục dùng chung. Nhiều cơ quan thì cách nhau bằng dấu chấm phẩy; cơ quan đứng trước ghi trước.',
  '4. "Thời hạn ghi trong văn bản" là nguyên văn, ví dụ "trước ngày 15/5/2026"; hai cột ngày để trống thì hệ thống đọc từ nguyên văn. "Trước ngày 15/5" thì ngày cuối cùng đúng hạn là 14/5.',
  '5. Ngày ghi dạng ngày/tháng/năm, ví dụ 15/5/2026. Ghi "Không" ở cột ngày hoặc cột "Định kỳ" khi nguyên văn không phải là thời hạn hay định kỳ.',
  '6. "Định kỳ" ghi ví dụ "2 tuần", hoặc "1 tháng, ngày 20, đúng hạn đến ngày 19". "Được gia hạn": để trống là có; "Không" là văn bản quy định không gia hạn thêm.',
  '7. Nhiệm vụ thành phần: ghi số thứ tự (STT) của nhiệm vụ cấp trên ở cột "Thuộc nhiệm vụ (STT)"; thời hạn không muộn hơn nhiệm vụ cấp trên.',
  '8. Dòng có STT là "Mẫu" chỉ để tham khảo, không được nhập. Không dùng công thức; chữ bắt đầu bằng = + - @ được giữ nguyên là chữ.',
  '9. Các cột nền xám (trạng thái, tình hình, tiến độ, ngày giao, ngày hoàn thành, số lần gia hạn) chỉ để xem, không được nhập; lịch sử, minh chứng và đề nghị gia hạn không có trong tệp.',
  '10. Gửi thử với "dryRun=true" để xem sẽ thêm gì và lỗi ở dòng, cột nào. Khi có lỗi thì không dòng nào được nhập. Dòng đã có (cùng văn bản, điểm khoản, tên nhiệm vụ) và giống hệt thì giữ nguyên; đã có mà khác thì bị từ chối.',
] as const;

export type TaskRowKey = TaskKey | InformationKey;

const INFORMATION: ReadonlySet<string> = new Set(INFORMATION_COLUMNS.map(({ key }) => key));

/** The sheets that a template and an export have in common, in their order. */
export class TaskWorkbook {
  private readonly agencies: readonly string[];

  constructor(
    private readonly workbook: Book,
    reference: ReferenceData,
  ) {
    this.agencies = agencyChoices(reference);
    addLines(workbook, SHEETS.instructions, INSTRUCTIONS);
  }

  beginTasks(title: string, remark: string, withInformation: boolean): SheetTable<TaskRowKey> {
    const columns = withInformation ? [...TASK_COLUMNS, ...INFORMATION_COLUMNS] : TASK_COLUMNS;
    return new SheetTable<TaskRowKey>(this.workbook, SHEETS.tasks, columns, {
      title,
      remark,
      information: INFORMATION,
    });
  }

  /** @param directives rows that the sheet of directives has, so that they can be chosen */
  endTasks(table: SheetTable<TaskRowKey>, directives: number): void {
    const agencies = choiceOf(SHEETS.lists, 'A', 1, this.agencies.length);
    table.offer('directive', choiceOf(SHEETS.directives, 'A', FIRST_ROW, FIRST_ROW + directives - 1));
    table.offer('leads', agencies);
    table.offer('collaborators', agencies);
    table.offer('extendable', choiceOf(SHEETS.lists, columnName(2), 1, 2));
    table.end();
  }

  addDirectives(rows: readonly RowValues<DirectiveKey>[], blank: number): void {
    const table = new SheetTable(this.workbook, SHEETS.directives, DIRECTIVE_COLUMNS, {
      title: 'VĂN BẢN CHỈ ĐẠO',
      remark: 'Mỗi dòng một văn bản; văn bản chưa có trong hệ thống được ghi nhận khi nhập.',
    });
    for (const row of rows) table.add(row);
    table.addBlank(blank);
    table.offer('issuer', choiceOf(SHEETS.lists, 'A', 1, this.agencies.length));
    table.offer('kind', choiceOf(SHEETS.lists, 'B', 1, Object.keys(KIND_WORDS).length));
    table.end();
  }

  addLists(): void {
    addLists(this.workbook, SHEETS.lists, [this.agencies, Object.values(KIND_WORDS), [YES, NO]]);
  }
}
