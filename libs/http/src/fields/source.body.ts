import type { SourceReference } from '#libs/contracts';
import { DateField, TextField } from './decorators.js';

/** Where a piece of data was read; in requests and answers alike. */
export class SourceBody implements SourceReference {
  @TextField({ description: 'Title of the document, with number and date as it states them', max: 500 })
  document: string;

  @TextField({ description: 'Clause, table and row', max: 200, nullable: true })
  clause: string | null;

  @DateField({ description: 'Day as of which the document speaks', nullable: true })
  asOf: string | null;
}
