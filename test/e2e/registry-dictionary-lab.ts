import { TransactionScope } from '#libs/persistence';
import { DataSource } from 'typeorm';
import {
  DictionaryStanding,
  type MappingStanding,
} from '../../apps/registry/src/dictionary/dictionary-standing.js';
import type { DictionaryImportResult } from '../../apps/registry/src/dictionary/exchange/import-result.js';
import type { DataServiceLab } from './data-service.js';
import { exchangeFile } from './registry-lab.js';

export const GENDER = {
  code: 'CONG_DAN.GIOI_TINH',
  name: 'Giới tính',
  englishName: 'Gender',
  meaning: 'Giới tính của công dân.\nTheo giấy tờ tùy thân.',
  type: 'code',
  codes: [
    { code: '01', name: 'Nam' },
    { code: '02', name: 'Nữ = con gái' },
  ],
  codeSource: '-Quyết định thử',
  legalBasis: "'+Căn cứ thử",
  sharing: 'shared',
};
export const PLAIN = {
  code: 'DAT.DIEN_TICH',
  name: 'Diện tích; "thửa", đất',
  meaning: '=Mét vuông',
  type: 'decimal',
};

export const counts = ({ created, changed, unchanged }: DictionaryImportResult) => [
  created,
  changed,
  unchanged,
];
export const places = ({ faults }: DictionaryImportResult) =>
  faults.map(({ row, column, code: fault }) => `${String(row)}${column ?? ''} ${fault}`);

/** As another part of the registry asks, on a connection of its own. */
export async function mappingStanding(
  url: string,
  ids: readonly string[],
): Promise<Map<string, MappingStanding>> {
  const dataSource = await new DataSource({ type: 'postgres', url }).initialize();
  try {
    return await new DictionaryStanding(new TransactionScope(dataSource)).mappingStanding(ids);
  } finally {
    await dataSource.destroy();
  }
}

/** Files of the dictionary, out and in. */
export class DictionaryFiles {
  constructor(
    private readonly lab: DataServiceLab,
    private readonly base: string,
  ) {}

  get(path: string, upload?: { type: string; content: Buffer }, agency = 'SKHCN') {
    const sent = upload && { type: upload.type, content: new Uint8Array(upload.content) };
    return exchangeFile(this.lab, this.base + path, agency, sent);
  }

  async send(path: string, type: string, content: Buffer | string, agency?: string) {
    const { status, content: answer } = await this.get(path, { type, content: Buffer.from(content) }, agency);
    return { status, body: JSON.parse(answer.toString()) as DictionaryImportResult & { code?: string } };
  }

  /** The CSV of a table, edited. */
  async csv(table: string, edit: (text: string) => string): Promise<string> {
    return edit((await this.get(`/v1/dictionary/${table}.csv`)).content.toString('utf8'));
  }
}
