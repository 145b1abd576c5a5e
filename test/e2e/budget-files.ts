import type { Scope } from '#libs/contracts';
import type { Remark } from '../../apps/budget/src/import/faults.js';
import type { ImportResult } from '../../apps/budget/src/import/import-result.js';
import type { DataServiceLab } from './data-service.js';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export interface FileAnswer {
  status: number;
  headers: Headers;
  bytes: Buffer;
}

/** Sends files to the budget service and takes files from it, as one actor. */
export class BudgetFiles {
  private constructor(
    private readonly base: string,
    private readonly token: string,
  ) {}

  static async as(
    lab: DataServiceLab,
    base: string,
    agency: string | null,
    ...scopes: Scope[]
  ): Promise<BudgetFiles> {
    const all: Scope[] = scopes.length > 0 ? scopes : ['budget:read', 'budget:write'];
    return new BudgetFiles(base, await lab.token(agency, ...all));
  }

  async get(path: string): Promise<FileAnswer> {
    return answerOf(await fetch(this.base + path, { headers: { authorization: `Bearer ${this.token}` } }));
  }

  /** @param query beside the document, which every import states */
  async send(
    content: Buffer | string,
    type: string,
    query: Record<string, string> = {},
    headers: Record<string, string> = {},
  ): Promise<FileAnswer> {
    const parameters = new URLSearchParams({ document: '15/BC-SKHCN ngày 10/4/2026', ...query });
    const response = await fetch(`${this.base}/v1/imports?${String(parameters)}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}`, 'content-type': type, ...headers },
      body: new Uint8Array(Buffer.from(content)),
    });
    return answerOf(response);
  }
}

async function answerOf(response: Response): Promise<FileAnswer> {
  const { status, headers } = response;
  return { status, headers, bytes: Buffer.from(await response.arrayBuffer()) };
}

export function jsonOf({ bytes }: FileAnswer): Record<string, unknown> {
  return JSON.parse(bytes.toString('utf8')) as Record<string, unknown>;
}

/** Faults that a refused import names. */
export function faultsOf(answer: FileAnswer): Remark[] {
  return jsonOf(answer)['faults'] as Remark[];
}

export function resultOf(answer: FileAnswer): ImportResult {
  return jsonOf(answer) as unknown as ImportResult;
}

/** `sheet!column row: code` of every remark. */
export function placesOf(remarks: readonly Remark[]): string[] {
  return remarks.map(({ sheet, row, column, code }) => {
    const cell = `${column ?? ''}${row ?? ''}`;
    return `${sheet === null ? cell : `${sheet}!${cell}`}: ${code}`;
  });
}
