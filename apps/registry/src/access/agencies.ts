import { Injectable } from '@nestjs/common';
import type { AgencyRef } from '#libs/contracts';
import { fieldProblem } from '#libs/http';
import { ReferenceData } from '#libs/reference';

/** Form of an agency code in requests. */
export const AGENCY_CODE = /^[A-Z0-9][A-Z0-9-]{0,19}$/;

/** Looks up the agencies that a request names. */
@Injectable()
export class Agencies {
  constructor(private readonly reference: ReferenceData) {}

  /**
   * Former agencies are accepted, since entries taken from old documents name them; collective addressees ("các sở,
   * ban, ngành") are not, since nobody of them could be asked.
   *
   * @param field path of the field that names it, for the error
   * @throws problem `validation-failed`
   */
  require(code: string, field: string): AgencyRef {
    const agency = this.reference.agency(code);
    if (agency && agency.kind !== 'group') return { code: agency.code, name: agency.name };
    throw fieldProblem({
      field,
      code: 'unknown-agency',
      texts: {
        vi: `Danh mục dùng chung không có cơ quan mã "${code}".`,
        en: `The reference list has no agency with the code "${code}".`,
      },
    });
  }
}
