import { IntegerField, ObjectField, TextField, type Texts } from '#libs/http';

/** Where in a file something is: sheet, row from 1, column as a spreadsheet names it; null: the whole file, sheet or row. */
export interface Place {
  sheet: string | null;
  row: number | null;
  column: string | null;
}

/** What is wrong with a file, or worth knowing about it, at one place, in both languages. */
export interface Remark<Code extends string> extends Place {
  code: Code;
  message: Texts;
}

/** Values for the `{name}` places of a text. */
export type RemarkValues = Readonly<Record<string, string | number>>;

/** Makes remarks of one import; see {@link remarksOf}. */
export type RemarkMaker<Code extends string> = (
  place: Place,
  code: Code,
  values?: RemarkValues,
) => Remark<Code>;

/** What can be wrong with any table of a workbook. Codes are frozen once published; texts may improve. */
export const TABLE_TEXTS = {
  'no-sheet': {
    vi: 'Tệp không có trang "{name}". Dùng tệp mẫu.',
    en: 'There is no sheet "{name}". Use the template.',
  },
  'no-header': {
    vi: 'Không tìm thấy dòng tiêu đề có cột "{header}" trong 20 dòng đầu.',
    en: 'No header row with the column "{header}" was found in the first 20 rows.',
  },
  'column-missing': { vi: 'Thiếu cột "{header}".', en: 'The column "{header}" is missing.' },
  'column-twice': { vi: 'Cột "{header}" có hai lần.', en: 'The column "{header}" is there twice.' },
  'column-ignored': {
    vi: 'Không biết cột "{header}"; cột này không được nhập.',
    en: 'The column "{header}" is not known and is not imported.',
  },
  'no-rows': { vi: 'Trang không có dòng nào để nhập.', en: 'The sheet has no rows to import.' },
  'too-many-rows': {
    vi: 'Trang có hơn {limit} dòng. Chia thành nhiều tệp.',
    en: 'The sheet has more than {limit} rows. Send several files.',
  },
  formula: {
    vi: 'Ô có công thức. Dán lại dưới dạng giá trị.',
    en: 'The cell has a formula. Paste its value instead.',
  },
  'error-value': { vi: 'Ô có giá trị lỗi ({value}).', en: 'The cell has an error value ({value}).' },
  required: { vi: 'Bắt buộc phải có "{header}".', en: '"{header}" is required.' },
  'too-long': { vi: 'Không được quá {max} ký tự.', en: 'Must have at most {max} characters.' },
  'control-character': {
    vi: 'Có ký tự điều khiển, ký tự hỏng, hoặc xuống dòng ở ô chỉ có một dòng.',
    en: 'Has a control character, a broken character, or a line break where only one line is allowed.',
  },
  'not-a-day': {
    vi: '"{value}" không phải là ngày có thật dạng ngày/tháng/năm.',
    en: '"{value}" is not a real day written day/month/year.',
  },
  'not-one-of': { vi: '"{value}" phải là một trong: {values}.', en: '"{value}" must be one of: {values}.' },
  /** What a rule of the service said to the row. */
  refused: { vi: '{vi}', en: '{en}' },
} as const satisfies Record<string, Texts>;

export type TableCode = keyof typeof TABLE_TEXTS;

/** Makes the remarks of an import out of its texts. */
export function remarksOf<Code extends string>(texts: Readonly<Record<Code, Texts>>): RemarkMaker<Code> {
  return (place, code, values = {}) => {
    const fill = (text: string): string =>
      text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
    const { sheet, row, column } = place;
    return { sheet, row, column, code, message: { vi: fill(texts[code].vi), en: fill(texts[code].en) } };
  };
}

/** Longest quotation of a cell. */
const LONGEST_QUOTATION = 80;

/** Words of a cell as a message repeats them: shortened, in one line. */
export function quoted(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return line.length <= LONGEST_QUOTATION ? line : `${line.slice(0, LONGEST_QUOTATION - 1)}…`;
}

/** The same text in both languages, as it is answered. */
export class TextsView {
  @TextField({ description: 'In Vietnamese', max: 2_000 })
  vi: string;

  @TextField({ description: 'In English', max: 2_000 })
  en: string;
}

/** A remark as it is answered; each import adds the codes that are its own. */
export abstract class RemarkView implements Omit<Remark<string>, 'code'> {
  @TextField({ description: 'Sheet; null: the whole file, or it has none', max: 100, nullable: true })
  sheet: string | null;

  @IntegerField({
    description: 'Row of the sheet, or line of a text; null: the whole sheet or file',
    min: 1,
    nullable: true,
  })
  row: number | null;

  @TextField({ description: 'Column as a spreadsheet names it; null: the whole row', max: 3, nullable: true })
  column: string | null;

  @ObjectField(() => TextsView, { description: 'What is wrong and what to do' })
  message: TextsView;
}
