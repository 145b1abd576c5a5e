import type { AgencyRef } from '#libs/contracts';
import { TextField } from '../fields/decorators.js';

/** An agency as answers name it. */
export class AgencyView implements AgencyRef {
  @TextField({ description: 'Code in the reference list', max: 64, nullable: true })
  code: string | null;

  @TextField({ description: 'Vietnamese name', max: 500 })
  name: string;
}
