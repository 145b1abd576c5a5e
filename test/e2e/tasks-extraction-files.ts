import { crc32, deflateRawSync } from 'node:zlib';
import {
  AlignmentType,
  Document,
  LevelFormat,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
} from 'docx';

/** A letter of a province as a word processor writes it: automatic numbers, a line break, a table. */
export async function sampleDocx(): Promise<Buffer> {
  const level = (index: number, format: (typeof LevelFormat)[keyof typeof LevelFormat], text: string) => ({
    level: index,
    format,
    text,
    alignment: AlignmentType.START,
  });
  const item = (text: string, at: number) =>
    new Paragraph({ text, numbering: { reference: 'duties', level: at } });
  const row = (...cells: string[]) =>
    new TableRow({ children: cells.map((text) => new TableCell({ children: [new Paragraph(text)] })) });
  const document = new Document({
    numbering: {
      config: [
        {
          reference: 'duties',
          levels: [
            level(0, LevelFormat.DECIMAL, '%1.'),
            level(1, LevelFormat.LOWER_LETTER, '%2)'),
            level(2, LevelFormat.BULLET, '•'),
          ],
        },
      ],
    },
    sections: [
      {
        children: [
          new Paragraph('ỦY BAN NHÂN DÂN TỈNH KHÁNH HÒA'),
          new Paragraph('Số: 99/UBND-KGVX'),
          new Paragraph('Khánh Hòa, ngày 04 tháng 5 năm 2026'),
          new Paragraph({
            children: [
              new TextRun('V/v rà soát dữ liệu'),
              new TextRun({ text: 'phục vụ điều hành', break: 1 }),
            ],
          }),
          item('Về dữ liệu:', 0),
          item('Giao Sở Tài chính rà soát số liệu ngân sách, hoàn thành trước ngày 20/5/2026.', 1),
          item('Giao Sở Nội vụ:', 1),
          item('Cập nhật dữ liệu cán bộ trong tháng 5/2026;', 2),
          item('Báo cáo UBND tỉnh chậm nhất ngày 05/6/2026.', 2),
          item('Phân công cụ thể:', 0),
          new Table({
            rows: [
              row('STT', 'Nhiệm vụ', 'Cơ quan chủ trì', 'Thời hạn'),
              row('1', 'Xây dựng từ điển dữ liệu', 'Sở Khoa học và Công nghệ', 'Quý III/2026'),
            ],
          }),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

/** A PDF with these lines as its text layer, or with none, on each of its pages. Standard fonts know no Vietnamese: ASCII only. */
export function samplePdf(lines: readonly string[], pages = 1): Buffer {
  const escaped = lines.map((line) => `(${line.replace(/[\\()]/g, '\\$&')}) Tj T*`).join('\n');
  const content = lines.length === 0 ? '0 0 100 100 re f' : `BT /F1 11 Tf 14 TL 40 780 Td\n${escaped}\nET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${'3 0 R '.repeat(pages)}] /Count ${pages} >>`,
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = text.length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

export interface Part {
  name: string;
  content: Buffer;
  /** Size that the package claims; the real one unless told otherwise. */
  claimed?: number;
  flags?: number;
}

/** A ZIP package that may lie. */
export function zipOf(parts: readonly Part[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, claimed = content.length, flags = 0 } of parts) {
    const packed = deflateRawSync(content, { level: 9 });
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(claimed, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const entry = Buffer.alloc(6);
    entry.writeUInt32LE(0x02014b50);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(entry, common, tail, Buffer.from(name));
    const local = Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), common, Buffer.from(name), packed]);
    files.push(local);
    offset += local.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, index, end]);
}
