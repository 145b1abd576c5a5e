import type { RegistryConnectionState, RegistryDatabaseState, RegistrySystemState } from '#libs/contracts';
import { writtenDay } from '../reports/report-states.js';
import {
  CONNECTION_WORDS,
  DATABASE_KIND_WORDS,
  LIFECYCLE_WORDS,
  openWord,
  SHARING_WORDS,
  SYSTEM_KIND_WORDS,
  UNKNOWN,
  USE_WORDS,
} from './words.js';

/** A sheet of the catalogue: one column for each head, one row for each object or relation. */
export interface Table {
  name: string;
  columns: readonly { head: string; width: number }[];
  rows: (string | number)[][];
}

type Entry = RegistryDatabaseState | RegistrySystemState;

export function databasesTable(databases: readonly RegistryDatabaseState[]): Table {
  return {
    name: 'Cơ sở dữ liệu',
    columns: [...FIRST_COLUMNS, ...DATABASE_COLUMNS, ...LAST_COLUMNS],
    rows: databases.map((entry, index) => [
      ...firstCells(entry, index, DATABASE_KIND_WORDS[entry.kind]),
      entry.scope ?? openWord(entry.openAttributes, 'scope'),
      entry.sharingScope === null
        ? openWord(entry.openAttributes, 'sharingScope')
        : SHARING_WORDS[entry.sharingScope],
      entry.targetQuarter ?? openWord(entry.openAttributes, 'targetQuarter'),
      entry.budgetSplit?.enterprisePart ?? openWord(entry.openAttributes, 'budgetSplit'),
      entry.budgetSplit?.statePart ?? openWord(entry.openAttributes, 'budgetSplit'),
      entry.funding.allocated,
      entry.partners.map(({ name }) => name).join('; '),
      ...lastCells(entry),
    ]),
  };
}

export function systemsTable(systems: readonly RegistrySystemState[]): Table {
  return {
    name: 'Hệ thống thông tin',
    columns: [...FIRST_COLUMNS, ...SYSTEM_COLUMNS, ...LAST_COLUMNS],
    rows: systems.map((entry, index) => [
      ...firstCells(entry, index, SYSTEM_KIND_WORDS[entry.kind]),
      entry.security?.level ?? openWord(entry.openAttributes, 'security'),
      entry.security?.approval?.document ?? '',
      dayText(entry.security?.recheckDue ?? null),
      ...lastCells(entry),
    ]),
  };
}

export function connectionsTable(connections: readonly RegistryConnectionState[]): Table {
  return {
    name: 'Kết nối',
    columns: CONNECTION_COLUMNS,
    rows: connections.map((connection, index) => [
      index + 1,
      connection.database?.name ?? connection.system?.name ?? '',
      connection.owner?.name ?? UNKNOWN,
      connection.target.database?.name ?? connection.target.platform ?? '',
      connection.channel ?? UNKNOWN,
      CONNECTION_WORDS[connection.state],
      dayText(connection.stateOn),
      connection.frequency ?? UNKNOWN,
      connection.legalGround ?? UNKNOWN,
      connection.protection ?? UNKNOWN,
      connection.note ?? '',
    ]),
  };
}

const FIRST_COLUMNS = [
  { head: 'STT', width: 6 },
  { head: 'Mã', width: 16 },
  { head: 'Tên', width: 40 },
  { head: 'Loại', width: 20 },
  { head: 'Cơ quan chủ quản', width: 28 },
  { head: 'Đơn vị vận hành', width: 28 },
  { head: 'Đầu mối kỹ thuật', width: 28 },
  { head: 'Vòng đời', width: 18 },
  { head: 'Từ ngày', width: 12 },
  { head: 'Sử dụng', width: 18 },
];

const DATABASE_COLUMNS = [
  { head: 'Nội dung, phạm vi, quy mô', width: 40 },
  { head: 'Phạm vi chia sẻ', width: 18 },
  { head: 'Quý mục tiêu', width: 12 },
  { head: 'Phần doanh nghiệp (đồng)', width: 20 },
  { head: 'Phần ngân sách (đồng)', width: 20 },
  { head: 'Đã phân bổ (đồng)', width: 20 },
  { head: 'Doanh nghiệp đồng hành', width: 30 },
];

const SYSTEM_COLUMNS = [
  { head: 'Cấp độ an toàn', width: 14 },
  { head: 'Văn bản phê duyệt cấp độ', width: 30 },
  { head: 'Hạn kiểm tra lại', width: 14 },
];

const LAST_COLUMNS = [
  { head: 'Nguồn', width: 40 },
  { head: 'Ghi chú', width: 40 },
];

const CONNECTION_COLUMNS = [
  { head: 'STT', width: 6 },
  { head: 'CSDL, hệ thống của tỉnh', width: 40 },
  { head: 'Cơ quan chủ quản', width: 28 },
  { head: 'Kết nối tới', width: 40 },
  { head: 'Kênh', width: 10 },
  { head: 'Trạng thái', width: 16 },
  { head: 'Từ ngày', width: 12 },
  { head: 'Tần suất', width: 20 },
  { head: 'Căn cứ pháp lý', width: 36 },
  { head: 'Yêu cầu bảo vệ', width: 36 },
  { head: 'Ghi chú', width: 40 },
];

function firstCells(entry: Entry, index: number, kind: string): (string | number)[] {
  const { openAttributes: open } = entry;
  return [
    index + 1,
    entry.code ?? openWord(open, 'code'),
    entry.name,
    kind,
    entry.owner?.name ?? openWord(open, 'owner'),
    entry.operator?.name ?? openWord(open, 'operator'),
    entry.technicalContact?.name ?? openWord(open, 'technicalContact'),
    LIFECYCLE_WORDS[entry.lifecycle],
    dayText(entry.lifecycleOn),
    USE_WORDS[entry.use],
  ];
}

function lastCells({ source, note }: Entry): string[] {
  const from =
    source === null ? '' : [source.document, source.clause].filter((part) => part !== null).join(', ');
  return [from, note ?? ''];
}

function dayText(day: string | null): string {
  return day === null ? '' : writtenDay(day);
}
