import {
  CONNECTION_CHANNELS,
  type RegistryConnectionState,
  type RegistryDatabaseState,
  type RegistrySystemState,
  SECURITY_LEVELS,
} from '#libs/contracts';
import type { ReferenceData } from '#libs/reference';
import {
  addLines,
  addLists,
  agencyChoices,
  beginWorkbook,
  type Book,
  choiceOf,
  columnName,
  type RowValues,
  SheetTable,
} from '#libs/workbooks';
import { connectionCells, databaseCells, systemCells } from './cells.js';
import { type CatalogueColumn, type Choice, DATABASE_COLUMNS, SHEETS, SYSTEM_COLUMNS } from './columns.js';
import { CONNECTION_COLUMNS } from './connection-columns.js';
import {
  CONNECTION_WORDS,
  DATABASE_KIND_WORDS,
  LIFECYCLE_WORDS,
  SHARING_WORDS,
  SIDE_WORDS,
  SYSTEM_KIND_WORDS,
  TARGET_WORDS,
  USE_WORDS,
} from './words.js';

export const DRAFT =
  'Từ vựng theo DỰ THẢO hướng dẫn lập danh mục của Bộ Khoa học và Công nghệ ngày 13/9/2026 (chưa ban hành).';

const INSTRUCTIONS = [
  'HƯỚNG DẪN NHẬP DANH MỤC CƠ SỞ DỮ LIỆU, HỆ THỐNG THÔNG TIN VÀ KẾT NỐI',
  `1. ${DRAFT} Từ vựng có thể thay đổi khi hướng dẫn được ban hành.`,
  '2. Đối tượng ghi ở trang "Cơ sở dữ liệu" và "Hệ thống thông tin"; quan hệ giữa các đối tượng ghi ở trang "Kết nối". Ý nghĩa từng cột ở trang "Giải thích cột".',
  '3. Mục đã có được nhận theo mã; không có mã thì theo tên và cơ quan chủ quản. Muốn đổi tên hoặc đổi cơ quan chủ quản của mục đã có thì ghi mã của mục.',
  '4. Ô để trống: giữ nguyên điều đã có. Ghi "Chưa xác định" để bỏ giá trị đã có. Trang, cột không có trong tệp cũng được giữ nguyên.',
  '5. "Chưa xác định" khác với "Không áp dụng". Ghi "Không áp dụng: lý do"; hoặc "Chưa xác định: tên cơ quan phải xác định, hạn 30/6/2026".',
  '6. Ngày ghi dạng ngày/tháng/năm, ví dụ 15/5/2026. Không dùng công thức. Chữ bắt đầu bằng = + - @ được giữ nguyên là chữ.',
  '7. Kết nối đã có được nhận theo hai đầu và kênh. Kết nối đã chấm dứt mà lập lại là kết nối mới.',
  '8. Các cột nền xám chỉ để xem, không được nhập. Tài liệu kèm theo, lịch sử, danh mục ưu tiên và báo cáo không có trong tệp.',
  '9. Sở Khoa học và Công nghệ nhập mọi mục; cơ quan khác chỉ thêm, sửa mục của mình. Dòng của cơ quan khác giữ nguyên thì được bỏ qua.',
  '10. Gửi thử với "dryRun=true" để xem sẽ thêm, sửa gì và lỗi ở dòng, cột nào. Khi có lỗi thì không dòng nào được nhập.',
] as const;

/** Framed rows of each sheet of the template. */
const BLANK_ROWS = 200;

const CHOICES: Readonly<Record<Exclude<Choice, 'agencies'>, readonly string[]>> = {
  databaseKinds: Object.values(DATABASE_KIND_WORDS),
  systemKinds: Object.values(SYSTEM_KIND_WORDS),
  lifecycles: Object.values(LIFECYCLE_WORDS),
  uses: Object.values(USE_WORDS),
  sharing: Object.values(SHARING_WORDS),
  levels: SECURITY_LEVELS.map(String),
  sides: Object.values(SIDE_WORDS),
  targets: Object.values(TARGET_WORDS),
  channels: CONNECTION_CHANNELS,
  states: Object.values(CONNECTION_WORDS),
};
const CHOICE_NAMES = ['agencies', ...Object.keys(CHOICES)] as Choice[];

/** All that the workbook of the catalogue tells. */
export interface CatalogueContent {
  databases: readonly RegistryDatabaseState[];
  systems: readonly RegistrySystemState[];
  connections: readonly RegistryConnectionState[];
}

/** An empty form of the same sheets, with instructions, what each column means, and lists to choose from. */
export async function templateWorkbook(reference: ReferenceData, now: Date): Promise<Buffer> {
  const book = new CatalogueBook(await beginWorkbook(now), reference);
  book.addInstructions();
  book.addContent({ databases: [], systems: [], connections: [] }, BLANK_ROWS);
  return book.finish();
}

/** The catalogue: objects (databases, systems) and relations (connections). Can be imported as it is. */
export async function catalogueWorkbook(
  content: CatalogueContent,
  reference: ReferenceData,
  now: Date,
): Promise<Buffer> {
  const book = new CatalogueBook(await beginWorkbook(now), reference);
  book.addContent(content, 0);
  return book.finish();
}

class CatalogueBook {
  private readonly choices: readonly (readonly string[])[];

  constructor(
    private readonly book: Book,
    reference: ReferenceData,
  ) {
    const lists: Readonly<Record<Choice, readonly string[]>> = {
      agencies: agencyChoices(reference),
      ...CHOICES,
    };
    this.choices = CHOICE_NAMES.map((name) => lists[name]);
  }

  addInstructions(): void {
    addLines(this.book, SHEETS.instructions, INSTRUCTIONS);
    const table = new SheetTable(
      this.book,
      SHEETS.meanings,
      [
        { key: 'sheet', header: 'Trang', width: 24 },
        { key: 'column', header: 'Cột', width: 32 },
        { key: 'meaning', header: 'Ý nghĩa', width: 100 },
      ],
      { title: 'GIẢI THÍCH CỘT', remark: DRAFT },
    );
    const sheets = [
      [SHEETS.databases, DATABASE_COLUMNS],
      [SHEETS.systems, SYSTEM_COLUMNS],
      [SHEETS.connections, CONNECTION_COLUMNS],
    ] as const;
    for (const [sheet, columns] of sheets)
      for (const { header, meaning } of columns) table.add({ sheet, column: header, meaning });
    table.end();
  }

  addContent({ databases, systems, connections }: CatalogueContent, blank: number): void {
    this.addTable(SHEETS.databases, DATABASE_COLUMNS, databases.map(databaseCells), blank);
    this.addTable(SHEETS.systems, SYSTEM_COLUMNS, systems.map(systemCells), blank);
    this.addTable(SHEETS.connections, CONNECTION_COLUMNS, connections.map(connectionCells), blank);
    addLists(this.book, SHEETS.lists, this.choices);
  }

  finish(): Promise<Buffer> {
    return this.book.finish();
  }

  private addTable<Key extends string>(
    name: string,
    columns: readonly CatalogueColumn<Key>[],
    rows: readonly RowValues<Key>[],
    blank: number,
  ): void {
    const information = new Set<string>(columns.flatMap((one) => (one.information ? [one.key] : [])));
    const title = `DANH MỤC ${name.toLocaleUpperCase('vi')}`;
    const table = new SheetTable(this.book, name, columns, { title, remark: DRAFT, information });
    for (const row of rows) table.add(row);
    table.addBlank(blank);
    for (const { key, choice } of columns) {
      if (choice === undefined) continue;
      const place = CHOICE_NAMES.indexOf(choice);
      table.offer(key, choiceOf(SHEETS.lists, columnName(place), 1, this.choices[place]?.length ?? 1));
    }
    table.end();
  }
}
