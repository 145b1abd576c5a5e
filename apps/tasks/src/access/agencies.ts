import { Injectable } from '@nestjs/common';
import type { AgencyRef } from '#libs/contracts';
import { fieldProblem } from '#libs/http';
import { ReferenceData } from '#libs/reference';

/** Form of an agency code in requests. */
export const AGENCY_CODE = /^[A-Z0-9][A-Z0-9-]{0,19}$/;

/** An agency as tasks and directives name it; its code is always known here. */
export type KnownAgency = AgencyRef & { code: string };

/** Looks up the agencies that a request names. */
@Injectable()
export class Agencies {
  constructor(private readonly reference: ReferenceData) {}

  /**
   * Groups ("các sở, ban, ngành") are accepted, since directives address them; agencies known only from the past are not.
   *
   * @param field path of the field that names it, for the error
   * @throws problem `validation-failed`
   */
  require(code: string, field: string): KnownAgency {
    const agency = this.reference.agency(code);
    if (agency?.current) return { code: agency.code, name: agency.name };
    throw fieldProblem({
      field,
      code: 'unknown-agency',
      texts: {
        vi: `Danh mục dùng chung không có cơ quan đang hoạt động với mã "${code}".`,
        en: `The reference list has no present agency with the code "${code}".`,
      },
    });
  }

  requireAll(codes: readonly string[], field: string): KnownAgency[] {
    return codes.map((code, index) => this.require(code, `${field}[${index}]`));
  }
}
