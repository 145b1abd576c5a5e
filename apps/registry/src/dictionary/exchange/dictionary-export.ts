import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/calendar';
import type { RowValues } from '#libs/workbooks';
import { registryProblem } from '../../problems.js';
import { FieldStore } from '../field.store.js';
import { TermStore } from '../term.store.js';
import { FIELD_COLUMNS, type FieldKey, SHEETS, TERM_COLUMNS, type TermKey } from './columns.js';
import { fieldValues } from './field-rows.js';
import { csvTable, MAX_ROWS, type TableFile, xlsxTable } from './table-files.js';
import { termValues } from './term-rows.js';

export type TableFormat = 'csv' | 'xlsx';

/** The fields that an export has. */
export interface FieldsOf {
  /** Of this database. */
  database?: string;
  /** Of the databases of this owner. */
  owner?: string;
}

/** Terms and fields as files that can be imported again. */
@Injectable()
export class DictionaryExport {
  constructor(
    private readonly terms: TermStore,
    private readonly fields: FieldStore,
    private readonly clock: Clock,
  ) {}

  /** @throws problem `export-too-large` */
  async termsFile(format: TableFormat): Promise<Buffer> {
    const terms = await this.terms.query('ORDER BY row.code LIMIT $1', [MAX_ROWS + 1]);
    const rows: RowValues<TermKey>[] = terms.map(termValues);
    return this.file(format, {
      name: SHEETS.terms,
      title: 'TỪ ĐIỂN DỮ LIỆU DÙNG CHUNG',
      columns: TERM_COLUMNS,
      rows,
    });
  }

  /** @throws problem `export-too-large` */
  async fieldsFile(format: TableFormat, { database, owner }: FieldsOf): Promise<Buffer> {
    const fields = await this.fields.query(
      `WHERE row.state = 'present' AND ($1::uuid IS NULL OR row.database_id = $1)
         AND ($2::text IS NULL OR database.owner_code = $2)
       ORDER BY database.name, row.id LIMIT $3`,
      [database ?? null, owner ?? null, MAX_ROWS + 1],
    );
    const rows: RowValues<FieldKey>[] = fields.map(fieldValues);
    return this.file(format, {
      name: SHEETS.fields,
      title: 'TRƯỜNG DỮ LIỆU CỦA CÁC CƠ SỞ DỮ LIỆU',
      columns: FIELD_COLUMNS,
      rows,
    });
  }

  private file<Key extends string>(format: TableFormat, table: TableFile<Key>): Promise<Buffer> {
    if (table.rows.length > MAX_ROWS) throw registryProblem('export-too-large', { limit: MAX_ROWS });
    return format === 'csv' ? csvTable(table) : xlsxTable(table, this.clock.now());
  }
}
