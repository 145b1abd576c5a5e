import type * as Docx from 'docx';

/** Sizes of Decree 30/2020/NĐ-CP, appendix I, in half points. */
const SIZE = { small: 22, table: 22, heading: 26, body: 28 } as const;
const FONT = 'Times New Roman';

/** Centimetres in twentieths of a point. */
const cm = (centimetres: number) => Math.round(centimetres * 567);

/** Width of the text of a landscape A4 page with the decree's margins, centimetres. */
const TEXT_WIDTH = 24.7;

export type DocxLibrary = typeof Docx;
type Block = Docx.Paragraph | Docx.Table;
interface TextStyle {
  size?: number;
  bold?: boolean;
  italics?: boolean;
}

/** Parts of an administrative document in the form of Decree 30/2020/NĐ-CP, appendix I, on a landscape page. */
export class AdministrativeDocument {
  constructor(private readonly docx: DocxLibrary) {}

  pack(title: string, children: Block[]): Promise<Buffer> {
    const { Document, Packer } = this.docx;
    const size = { width: cm(21), height: cm(29.7), orientation: 'landscape' } as const;
    const margin = { top: cm(2), bottom: cm(2), left: cm(3), right: cm(2) };
    return Packer.toBuffer(
      new Document({
        title,
        creator: '',
        styles: { default: { document: { run: { font: FONT, size: SIZE.body } } } },
        sections: [{ properties: { page: { size, margin } }, children }],
      }),
    );
  }

  /** National title, agency, number and date; number and day are left open for the clerk. */
  head(superior: string, agency: string, symbol: string, place: string, year: string): Docx.Table {
    return this.columns([
      [
        this.centred(superior.toLocaleUpperCase('vi'), { size: SIZE.heading }),
        this.centred(agency.toLocaleUpperCase('vi'), { size: SIZE.heading, bold: true }),
        this.centred(`Số:       /${symbol}`, { size: SIZE.heading }),
      ],
      [
        this.centred('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { size: SIZE.heading, bold: true }),
        this.centred('Độc lập - Tự do - Hạnh phúc', { size: SIZE.body, bold: true }),
        this.centred(`${place}, ngày       tháng       năm ${year}`, { size: SIZE.heading, italics: true }),
      ],
    ]);
  }

  centred(text: string, style: TextStyle): Docx.Paragraph {
    return new this.docx.Paragraph({ alignment: 'center', children: [this.run(text, style)] });
  }

  text(text: string): Docx.Paragraph {
    return new this.docx.Paragraph({
      alignment: 'both',
      spacing: { before: 120, after: 120 },
      indent: { firstLine: cm(1.27) },
      children: [this.run(text, {})],
    });
  }

  /**
   * A table with a head that comes again on every page.
   * @param widths shares of the width of the text
   */
  table(
    widths: readonly number[],
    head: readonly string[],
    rows: readonly (readonly string[])[],
  ): Docx.Table {
    const { Table, TableCell, TableRow, Paragraph } = this.docx;
    const whole = widths.reduce((sum, width) => sum + width, 0);
    const columnWidths = widths.map((width) => cm((TEXT_WIDTH * width) / whole));
    const cell = (text: string, column: number, bold: boolean) =>
      new TableCell({
        width: { size: columnWidths[column] ?? 0, type: 'dxa' },
        margins: { left: 60, right: 60, top: 40, bottom: 40 },
        children: text.split('\n').map(
          (line) =>
            new Paragraph({
              alignment: bold || column === 0 ? 'center' : 'left',
              children: [this.run(line, { size: SIZE.table, bold })],
            }),
        ),
      });
    return new Table({
      width: { size: cm(TEXT_WIDTH), type: 'dxa' },
      columnWidths,
      rows: [
        new TableRow({ tableHeader: true, children: head.map((text, column) => cell(text, column, true)) }),
        ...rows.map(
          (row) =>
            new TableRow({ cantSplit: true, children: row.map((text, column) => cell(text, column, false)) }),
        ),
      ],
    });
  }

  /** Recipients on the left, who signs on the right; the name is left open. */
  foot(recipients: readonly string[], signer: string): Docx.Table {
    const { Paragraph } = this.docx;
    return this.columns([
      [
        new Paragraph({ children: [this.run('Nơi nhận:', { size: 24, bold: true, italics: true })] }),
        ...recipients.map(
          (text) => new Paragraph({ children: [this.run(`- ${text}`, { size: SIZE.small })] }),
        ),
      ],
      [this.centred(signer, { size: SIZE.body, bold: true })],
    ]);
  }

  private run(text: string, style: TextStyle): Docx.TextRun {
    return new this.docx.TextRun({ font: FONT, size: SIZE.body, ...style, text });
  }

  private columns(cells: Docx.Paragraph[][]): Docx.Table {
    const { Table, TableCell, TableRow } = this.docx;
    const none = { style: 'none', size: 0, color: 'auto' } as const;
    const width = cm(TEXT_WIDTH / cells.length);
    return new Table({
      width: { size: cm(TEXT_WIDTH), type: 'dxa' },
      columnWidths: cells.map(() => width),
      borders: {
        top: none,
        bottom: none,
        left: none,
        right: none,
        insideHorizontal: none,
        insideVertical: none,
      },
      rows: [
        new TableRow({
          children: cells.map((children) => new TableCell({ width: { size: width, type: 'dxa' }, children })),
        }),
      ],
    });
  }
}
