import { COMMUNE_UNIT_KINDS, type CommuneUnitKind } from '#libs/contracts';
import { CursorQuery, EnumField, QueryBooleanField, TextField } from '#libs/http';

/** Form of a statistical code of a commune unit (Decision 19/2025/QĐ-TTg). */
export const UNIT_CODE = /^[0-9]{5}$/;

export class ListUnitsQuery extends CursorQuery {
  @EnumField(COMMUNE_UNIT_KINDS, { description: 'Only this kind', optional: true })
  kind?: CommuneUnitKind;

  @QueryBooleanField({
    description: 'Only units that have reported a head count (true) or have not',
    optional: true,
  })
  answered?: boolean;

  @TextField({
    description: 'Part of code or full name; diacritics and case make no difference',
    max: 200,
    optional: true,
  })
  q?: string;
}
