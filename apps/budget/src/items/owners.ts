import { Injectable } from '@nestjs/common';
import type { AgencyRef } from '#libs/contracts';
import { fieldProblem } from '#libs/http';
import { ReferenceData } from '#libs/reference';

/** Looks up the agency that a request names as owner. */
@Injectable()
export class Owners {
  constructor(private readonly reference: ReferenceData) {}

  /**
   * Former agencies are accepted, since money of past years names them; collective addressees ("các sở, ban, ngành")
   * are not, since nobody of them could be asked.
   *
   * @throws problem `validation-failed` on `ownerCode`
   */
  require(code: string): AgencyRef {
    const agency = this.reference.agency(code);
    if (agency && agency.kind !== 'group') return { code: agency.code, name: agency.name };
    throw fieldProblem({
      field: 'ownerCode',
      code: 'unknown-agency',
      texts: {
        vi: `Danh mục dùng chung không có cơ quan mã "${code}".`,
        en: `The reference list has no agency with the code "${code}".`,
      },
    });
  }
}
