import type { StatisticsRow } from './exchange-statistics.js';

const COLUMNS: readonly (readonly [head: string, value: (row: StatisticsRow) => string | number])[] = [
  ['Cơ quan chia sẻ', ({ provider }) => provider],
  ['Cơ quan khai thác', ({ receiver }) => receiver],
  ['Bộ dữ liệu', ({ dataset }) => dataset],
  ['Số yêu cầu', ({ requests }) => requests],
  ['Đồng ý', ({ granted }) => granted],
  ['Từ chối', ({ refused }) => refused],
  ['Trả lời đúng hạn', ({ inTime }) => inTime],
  [
    'Căn cứ từ chối',
    ({ refusals }) => refusals.map(({ legalGround, count }) => `${legalGround} (${count})`).join('; '),
  ],
  ['Số lượt trao đổi', ({ exchanges }) => exchanges],
  ['Số thông điệp', ({ messages }) => messages],
  ['Số lần bị chặn', ({ denied }) => denied],
];

/** With the mark by which spreadsheets know UTF-8. */
export async function statisticsCsv(rows: readonly StatisticsRow[]): Promise<Buffer> {
  const { stringify } = await import('csv-stringify/sync');
  const records = [
    COLUMNS.map(([head]) => head),
    ...rows.map((row) => COLUMNS.map(([, value]) => value(row))),
  ];
  return Buffer.from(
    `\ufeff${stringify(records, { record_delimiter: '\r\n', escape_formulas: true })}`,
    'utf8',
  );
}
