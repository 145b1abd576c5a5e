import { AdministrativeDocument, issuerOf } from '#libs/documents';
import type { ReferenceData } from '#libs/reference';
import { KEEPER } from '../access/registry-access.js';
import type { ConsolidatedRow, Consolidation } from './consolidation.js';
import {
  LIFECYCLE_WORDS,
  moneyText,
  partnersText,
  progressText,
  REPORT_WORDS,
  standingSentence,
  targetText,
  UNKNOWN,
} from './words.js';

const HEAD = [
  'STT',
  'Cơ sở dữ liệu',
  'Cơ quan chủ trì',
  'Doanh nghiệp đồng hành',
  'Trạng thái; mục tiêu',
  'Kinh phí (đồng)',
  'Tiến độ',
  'Khó khăn, vướng mắc',
  'Báo cáo',
];
/** Centimetres; together the width of the text. */
const WIDTHS = [1, 3.6, 2.4, 2.6, 2.6, 3.8, 4, 3.1, 1.6];

/** The consolidated table as Sở KH&CN sends it to the Provincial People's Committee: a draft of a "báo cáo". */
export async function consolidationDocx(table: Consolidation, reference: ReferenceData): Promise<Buffer> {
  const form = await AdministrativeDocument.begin('landscape');
  const { list, label, totals, rows } = table;
  const issuer = issuerOf({ code: KEEPER, name: reference.agency(KEEPER)?.name ?? KEEPER }, reference);
  const title = 'Tổng hợp tiến độ triển khai cơ sở dữ liệu';
  const total = ['', 'Tổng cộng', '', '', '', moneyLines(totals), '', '', ''];
  return form.pack(title, [
    form.head(issuer, 'BC', reference.province.name, table.asOf.slice(0, 4)),
    ...form.title('BÁO CÁO', [title, `(${label})`]),
    form.text(
      `${list.decision === null ? '' : `Thực hiện ${list.decision}, `}${list.title}. ${standingSentence(table)}`,
    ),
    form.table(WIDTHS, HEAD, [...rows.map(cellsOf), total]),
    form.text(''),
    form.foot(['UBND tỉnh (báo cáo);', 'Các cơ quan chủ trì cơ sở dữ liệu;', 'Lưu: VT.'], issuer.signer),
  ]);
}

function cellsOf(row: ConsolidatedRow, index: number): string[] {
  return [
    String(index + 1),
    row.database.name,
    row.owner?.name ?? UNKNOWN,
    partnersText(row),
    `${LIFECYCLE_WORDS[row.lifecycle]};\n${targetText(row)}`,
    moneyLines(row),
    progressText(row),
    row.report?.obstacles ?? '',
    REPORT_WORDS[row.state],
  ];
}

function moneyLines(money: {
  enterprisePart: number | null;
  statePart: number | null;
  allocated: number;
}): string {
  return [
    `Doanh nghiệp: ${moneyText(money.enterprisePart)}`,
    `Ngân sách: ${moneyText(money.statePart)}`,
    `Đã phân bổ: ${moneyText(money.allocated)}`,
  ].join('\n');
}
