import { tasksService } from '../../apps/tasks/src/service.js';
import { readWorkbook, XLSX } from '#libs/workbooks';
import type { Scope } from '#libs/contracts';
import { Workbook } from '@cj-tech-master/excelts';
import { DataServiceLab } from './data-service.js';

export interface Remark {
  sheet: string | null;
  row: number | null;
  column: string | null;
  code: string;
  message: { vi: string; en: string };
}

export interface ImportAnswer {
  status: number;
  headers: Headers;
  code?: string;
  accepted: boolean;
  created: { directives: number; tasks: number };
  unchanged: { directives: number; tasks: number };
  tasks: { row: number; action: string; id: string | null; title: string }[];
  faultCount: number;
  faults: Remark[];
  warnings: Remark[];
}

type Cell = string | number | Date | null | { formula: string };

const ALL: Scope[] = ['tasks:read', 'tasks:write', 'tasks:assign'];

export const TASK_HEAD = [
  'STT',
  'Văn bản',
  'Điểm, khoản',
  'Nhiệm vụ',
  'Nội dung chi tiết',
  'Cơ quan chủ trì',
  'Cơ quan phối hợp',
  'Thời hạn ghi trong văn bản',
  'Ngày ghi trong văn bản',
  'Ngày cuối cùng đúng hạn',
  'Định kỳ',
  'Được gia hạn',
  'Thuộc nhiệm vụ (STT)',
];
export const DIRECTIVE_HEAD = [
  'Tên dùng trong tệp',
  'Số, ký hiệu',
  'Ký hiệu',
  'Loại văn bản',
  'Cơ quan ban hành',
  'Ngày ban hành',
  'Ngày họp',
  'Trích yếu',
];

/** A plan that nobody registered yet. */
export const NEW_PLAN: Cell[] = [
  'KH tập huấn',
  '777/KH-UBND',
  null,
  'Kế hoạch',
  'UBND',
  '01/4/2026',
  null,
  'Tập huấn kỹ năng số năm 2026',
];

/** A file whose header is in the first row. */
export async function fileOf(tasks: Cell[][], directives: Cell[][] = [NEW_PLAN]): Promise<Buffer> {
  const workbook = new Workbook();
  workbook.addWorksheet('Nhiệm vụ').addRows([TASK_HEAD, ...tasks]);
  workbook.addWorksheet('Văn bản').addRows([DIRECTIVE_HEAD, ...directives]);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** A row of {@link fileOf} of the new plan: number, title, leads, and what else is given by the column's letter. */
export function taskRow(
  number: string,
  title: string,
  leads: string,
  more: Record<string, Cell> = {},
): Cell[] {
  const row: Cell[] = [number, 'KH tập huấn', '1', title, null, leads, ...Array<null>(7).fill(null)];
  for (const [letter, value] of Object.entries(more)) row[letter.charCodeAt(0) - 65] = value;
  return row;
}

/** The tasks service, to which workbooks are sent as they are. */
export class WorkbooksLab {
  private constructor(
    readonly lab: DataServiceLab,
    readonly url: string,
  ) {}

  static async open(): Promise<WorkbooksLab> {
    // Rounds of the calendar make events of their own.
    process.env['ROUND_MILLISECONDS'] = '3600000';
    const lab = await DataServiceLab.open('tasks', tasksService);
    return new WorkbooksLab(lab, await lab.start());
  }

  async import(
    file: Uint8Array,
    query = '',
    { agency = 'SKHCN', type = XLSX, headers = {}, scopes = ALL } = {},
  ): Promise<ImportAnswer> {
    const response = await fetch(`${this.url}/v1/tasks/import${query}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await this.lab.token(agency, ...scopes)}`,
        'content-type': type,
        ...headers,
      },
      body: new Uint8Array(file),
    });
    const body = (await response.json()) as Omit<ImportAnswer, 'status' | 'headers'>;
    return { ...body, status: response.status, headers: response.headers };
  }

  async file(path: string, agency = 'SKHCN'): Promise<{ status: number; headers: Headers; content: Buffer }> {
    const response = await fetch(this.url + path, {
      headers: { authorization: `Bearer ${await this.lab.token(agency, 'tasks:read')}` },
    });
    const content = Buffer.from(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, content };
  }

  /** Rows of a sheet of an export, below its header, by the headers. */
  async exported(query = '', agency?: string, sheet = 'Nhiệm vụ'): Promise<Record<string, string>[]> {
    const { content } = await this.file(`/v1/tasks/export.xlsx${query}`, agency);
    return tableOf(content, sheet);
  }

  async count(table: 'task' | 'directive' | 'outbox'): Promise<number> {
    const [row] = await this.lab.rows<{ count: string }>(`SELECT count(*) FROM ${table}`);
    return Number(row?.count);
  }
}

/** Rows of an exported sheet by the headers in its third row. */
export async function tableOf(content: Buffer, sheet: string): Promise<Record<string, string>[]> {
  const sheets = await readWorkbook(content, { unpacked: 64 * 1_048_576, rows: 100_000, cells: 5_000_000 });
  const rows = sheets.find(({ name }) => name === sheet)?.rows ?? [];
  const head = rows.find(({ row }) => row === 3)?.cells ?? [];
  return rows
    .filter(({ row }) => row > 3)
    .map(({ cells }) =>
      Object.fromEntries(head.map((cell, index) => [cell?.text ?? '', cells[index]?.text ?? ''])),
    );
}
