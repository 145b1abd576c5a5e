import type * as Docx from 'docx';
import type { Issuer } from './issuer.js';

export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Sizes of Decree 30/2020/NĐ-CP, appendix I, in half points. */
const SIZE = { small: 22, table: 24, heading: 26, body: 28 } as const;
const FONT = 'Times New Roman';

/** Centimetres in twentieths of a point. */
const cm = (centimetres: number) => Math.round(centimetres * 567);

/** A number or a date, which stands in the middle of its cell. */
const NUMBER = /^[\d.,/]+%?$/;
/** Widths of the text, and of the left one of the two columns of its head, centimetres; size of the text in tables. */
const PAGES = {
  portrait: { width: 16, left: 6.2, table: SIZE.table },
  landscape: { width: 24.7, left: 10.2, table: SIZE.small },
} as const;

export type Block = Docx.Paragraph | Docx.Table;

interface TextStyle {
  size?: number;
  bold?: boolean;
  italics?: boolean;
}

/** The parts of an administrative document in the form of Decree 30/2020/NĐ-CP, appendix I. */
export class AdministrativeDocument {
  private constructor(
    private readonly docx: typeof Docx,
    private readonly orientation: keyof typeof PAGES,
  ) {}

  /** Its library is large and needed now and then: loaded at the first document. */
  static async begin(orientation: keyof typeof PAGES = 'portrait'): Promise<AdministrativeDocument> {
    return new AdministrativeDocument(await import('docx'), orientation);
  }

  /** A4; margins of the decree; page numbers centred at the top from the second page on. */
  async pack(title: string, children: Block[]): Promise<Buffer> {
    const { Document, Header, Packer, PageNumber, Paragraph } = this.docx;
    const number = new Paragraph({
      alignment: 'center',
      children: [this.run([PageNumber.CURRENT], { size: SIZE.heading })],
    });
    const page = {
      size: { width: cm(21), height: cm(29.7), orientation: this.orientation },
      margin: { top: cm(2), bottom: cm(2), left: cm(3), right: cm(2) },
    };
    const document = new Document({
      title,
      creator: '',
      styles: { default: { document: { run: { font: FONT, size: SIZE.body } } } },
      sections: [
        {
          properties: { page, titlePage: true },
          headers: { default: new Header({ children: [number] }), first: new Header({ children: [] }) },
          children,
        },
      ],
    });
    return Packer.toBuffer(document);
  }

  /**
   * National title, agency, number and date; number and day are left open for the clerk.
   * @param kind abbreviation in the number; null for an official letter, whose number has none
   * @param about what an official letter is about, under its number
   */
  head(
    { agency, superior, symbol }: Issuer,
    kind: string | null,
    place: string,
    year: string,
    about: string | null = null,
  ): Docx.Table {
    const { width, left: leftWidth } = PAGES[this.orientation];
    const rightWidth = width - leftWidth;
    const left = [
      ...(superior === null ? [] : [this.centred(upper(superior), { size: SIZE.table })]),
      this.centred(upper(agency.name), { size: SIZE.table, bold: true }),
      this.rule(2, leftWidth),
    ];
    const right = [
      // At 13 points it would break into two lines.
      this.centred('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { size: SIZE.table, bold: true }),
      this.centred('Độc lập - Tự do - Hạnh phúc', { size: SIZE.heading, bold: true }),
      this.rule(5.2, rightWidth),
    ];
    const number = [
      this.centred(`Số:       /${kind === null ? '' : `${kind}-`}${symbol}`, { size: SIZE.heading }),
      ...(about === null ? [] : [this.centred(`V/v ${about}`, { size: SIZE.table })]),
    ];
    const date = this.centred(`${place}, ngày       tháng       năm ${year}`, {
      size: SIZE.heading,
      italics: true,
    });
    return this.invisibleTable(
      [cm(leftWidth), cm(rightWidth)],
      [
        [left, right],
        [number, [date]],
      ],
    );
  }

  /** Kind of the document and what it is about. */
  title(kind: string, subject: readonly string[]): Docx.Paragraph[] {
    return [
      this.centred(kind, { size: SIZE.body, bold: true }, 240),
      ...subject.map((line) => this.centred(line, { size: SIZE.body, bold: true })),
      this.rule(3, PAGES[this.orientation].width),
      this.text(''),
    ];
  }

  /** Whom an official letter is for. */
  addressees(names: readonly string[]): Docx.Paragraph[] {
    const [only, ...others] = names;
    if (others.length === 0) return [this.centred(`Kính gửi: ${only ?? ''}`, {}, 240), this.text('')];
    const lines = names.map((name, index) => `- ${name}${index === others.length ? '.' : ';'}`);
    return [
      this.centred('Kính gửi:', {}, 240),
      ...lines.map((line) => this.centred(line, {})),
      this.text(''),
    ];
  }

  /** A paragraph of the text. */
  text(text: string, style: { bold?: boolean; indent?: boolean } = {}): Docx.Paragraph {
    const { Paragraph } = this.docx;
    const lines = text.split('\n').map((line, index) => this.run([line], { bold: style.bold }, index > 0));
    return new Paragraph({
      alignment: 'both',
      spacing: { before: 60, after: 60 },
      keepNext: style.bold === true,
      indent: { firstLine: style.indent === false ? 0 : cm(1.27) },
      children: lines,
    });
  }

  /**
   * A table with a head that comes again on every page.
   * @param widths in centimetres
   */
  table(
    widths: readonly number[],
    head: readonly string[],
    rows: readonly (readonly string[])[],
  ): Docx.Table {
    const { Table, TableCell, TableRow } = this.docx;
    const size = PAGES[this.orientation].table;
    const cell = (text: string, column: number, bold: boolean) =>
      new TableCell({
        width: { size: cm(widths[column] ?? 1), type: 'dxa' },
        verticalAlign: 'center',
        margins: { left: 80, right: 80, top: 40, bottom: 40 },
        children: [
          new this.docx.Paragraph({
            alignment: bold || column === 0 || NUMBER.test(text) ? 'center' : 'left',
            children: text.split('\n').map((line, index) => this.run([line], { size, bold }, index > 0)),
          }),
        ],
      });
    return new Table({
      width: { size: cm(widths.reduce((sum, width) => sum + width, 0)), type: 'dxa' },
      columnWidths: widths.map(cm),
      rows: [
        new TableRow({ tableHeader: true, children: head.map((text, column) => cell(text, column, true)) }),
        ...rows.map(
          (row) =>
            new TableRow({
              cantSplit: true,
              children: row.map((text, column) => cell(text, column, false)),
            }),
        ),
      ],
    });
  }

  /** Recipients on the left, who signs on the right; the name is left open. */
  foot(recipients: readonly string[], signer: string): Docx.Table {
    const { Paragraph } = this.docx;
    const left = [
      new Paragraph({
        children: [this.run(['Nơi nhận:'], { size: SIZE.table, bold: true, italics: true })],
      }),
      ...recipients.map(
        (text) => new Paragraph({ children: [this.run([`- ${text}`], { size: SIZE.small })] }),
      ),
    ];
    const half = cm(PAGES[this.orientation].width / 2);
    return this.invisibleTable(
      [half, half],
      [[left, [this.centred(signer, { size: SIZE.body, bold: true })]]],
    );
  }

  private run(
    children: NonNullable<Docx.IRunOptions['children']>,
    style: TextStyle,
    startsLine = false,
  ): Docx.TextRun {
    return new this.docx.TextRun({
      font: FONT,
      size: SIZE.body,
      ...style,
      children,
      ...(startsLine && { break: 1 }),
    });
  }

  private centred(text: string, style: TextStyle, before = 0): Docx.Paragraph {
    return new this.docx.Paragraph({
      alignment: 'center',
      spacing: { before },
      children: [this.run([text], style)],
    });
  }

  /** The short line under a heading, centimetres within a column: the lower border of an empty paragraph. */
  private rule(width: number, column: number): Docx.Paragraph {
    const indent = cm((column - width) / 2);
    return new this.docx.Paragraph({
      spacing: { line: 60, lineRule: 'exact', after: 120 },
      indent: { left: indent, right: indent },
      border: { bottom: { style: 'single', size: 6, color: '000000', space: 1 } },
      children: [],
    });
  }

  private invisibleTable(widths: number[], rows: Docx.Paragraph[][][]): Docx.Table {
    const { Table, TableCell, TableRow } = this.docx;
    const none = { style: 'none', size: 0, color: 'auto' } as const;
    return new Table({
      width: { size: widths.reduce((sum, width) => sum + width, 0), type: 'dxa' },
      columnWidths: widths,
      borders: {
        top: none,
        bottom: none,
        left: none,
        right: none,
        insideHorizontal: none,
        insideVertical: none,
      },
      rows: rows.map(
        (cells) =>
          new TableRow({
            children: cells.map(
              (children, column) =>
                new TableCell({ width: { size: widths[column] ?? 0, type: 'dxa' }, children }),
            ),
          }),
      ),
    });
  }
}

function upper(text: string): string {
  return text.toLocaleUpperCase('vi');
}
