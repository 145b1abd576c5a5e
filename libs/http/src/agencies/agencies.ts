import { Injectable } from '@nestjs/common';
import type { AgencyRef } from '#libs/contracts';
import { ReferenceData } from '#libs/reference';
import { fieldProblem, type Texts } from '../fields/faults.js';

/** An agency of the reference list; its code is always known. */
export type KnownAgency = AgencyRef & { code: string };

/** Looks up the agencies that a request names. */
@Injectable()
export class Agencies {
  constructor(private readonly reference: ReferenceData) {}

  /**
   * Whom something belongs to. Former agencies are accepted, since documents of past years name them; collective
   * addressees ("các sở, ban, ngành") are not, since nobody of them could be asked.
   *
   * @param field path of the field that names it, for the error
   * @throws problem `validation-failed`
   */
  requireOwner(code: string, field: string): KnownAgency {
    const agency = this.reference.agency(code);
    if (agency && agency.kind !== 'group') return { code: agency.code, name: agency.name };
    throw unknownAgency(field, {
      vi: `Danh mục dùng chung không có cơ quan mã "${code}".`,
      en: `The reference list has no agency with the code "${code}".`,
    });
  }

  /**
   * Whom a duty can be given to. Groups ("các sở, ban, ngành") are accepted, since directives address them; agencies
   * known only from the past are not.
   *
   * @param field path of the field that names it, for the error
   * @throws problem `validation-failed`
   */
  requirePresent(code: string, field: string): KnownAgency {
    const agency = this.reference.agency(code);
    if (agency?.current) return { code: agency.code, name: agency.name };
    throw unknownAgency(field, {
      vi: `Danh mục dùng chung không có cơ quan đang hoạt động với mã "${code}".`,
      en: `The reference list has no present agency with the code "${code}".`,
    });
  }

  requireAllPresent(codes: readonly string[], field: string): KnownAgency[] {
    return codes.map((code, index) => this.requirePresent(code, `${field}[${index}]`));
  }
}

function unknownAgency(field: string, texts: Texts): Error {
  return fieldProblem({ field, code: 'unknown-agency', texts });
}
