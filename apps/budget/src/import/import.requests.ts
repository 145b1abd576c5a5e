import {
  CursorQuery,
  DateField,
  EnumField,
  QueryBooleanField,
  QueryIntegerField,
  TextField,
} from '#libs/http';
import { YEARS } from '../items/money-by-year.js';
import { type Unit, UNITS } from './tables/unit.js';

export class ListImportsQuery extends CursorQuery {}

/** What the importer states about a file, beside the file itself. */
export class ImportQuery {
  @QueryBooleanField({
    description: 'Only say what the import would do; nothing is stored',
    optional: true,
    default: false,
  })
  dryRun?: boolean;

  @TextField({
    description: 'Document that the tables are taken from, with number and date as it states them',
    max: 500,
  })
  document: string;

  @TextField({
    description: 'Part of the document; the table and row of each item are added to it',
    max: 100,
    optional: true,
    example: 'Phụ lục II',
  })
  clause?: string;

  @TextField({ description: 'Name of the file, for the log of imports', max: 255, optional: true })
  fileName?: string;

  @DateField({ description: 'Day as of which the document speaks', optional: true })
  asOf?: string;

  @QueryIntegerField({
    description: 'Fiscal year of the list, where the file does not say it',
    ...YEARS,
    optional: true,
  })
  fiscalYear?: number;

  @EnumField(UNITS, {
    description: 'Unit of the amounts, where the file does not say it ("ĐVT: …"); it is never guessed',
    optional: true,
  })
  unit?: Unit;
}
