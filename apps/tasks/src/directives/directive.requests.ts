import { DUE_SOON_WORKING_DAYS } from '#libs/calendar';
import { DIRECTIVE_KINDS, type DirectiveKind } from '#libs/contracts';
import { CodeField, CursorQuery, DateField, EnumField, IntegerField, TextField } from '#libs/http';
import { AGENCY_CODE } from '#libs/reference';

const KIND =
  'conclusion-notice: thông báo kết luận; letter: công văn; plan: kế hoạch; decision: quyết định; resolution: nghị quyết; instruction: chỉ thị';

/** Greatest threshold: about a quarter of a year. */
export const MAX_THRESHOLD = 60;

const threshold = {
  description: 'Its tasks are due soon from the day on which at most this many working days are left',
  min: 0,
  max: MAX_THRESHOLD,
} as const;

/** A directive to register. */
export class CreateDirectiveBody {
  @TextField({
    description: 'Number and symbol; null when not determined',
    max: 100,
    optional: true,
    nullable: true,
    example: '5474/UBND-KGVX',
  })
  number: string | null = null;

  @TextField({
    description: 'Symbol part, for a directive whose number is not determined; else taken from the number',
    max: 100,
    optional: true,
    nullable: true,
    example: 'TB-VPUB',
  })
  symbol: string | null = null;

  @EnumField(DIRECTIVE_KINDS, { description: KIND })
  kind: DirectiveKind;

  @CodeField(AGENCY_CODE, { description: 'Agency code of the issuer', example: 'VPUBND' })
  issuer: string;

  @DateField({ description: 'Day of issue; null when not determined', optional: true, nullable: true })
  issuedOn: string | null = null;

  @DateField({ description: 'Day of the meeting whose conclusions it gives', optional: true, nullable: true })
  meetingOn: string | null = null;

  @TextField({ description: 'What it is about', max: 1_000 })
  subject: string;

  @IntegerField({ ...threshold, optional: true, default: DUE_SOON_WORKING_DAYS })
  dueSoonWorkingDays?: number;
}

/** What of a registered directive can be changed. */
export class ChangeDirectiveBody {
  @IntegerField(threshold)
  dueSoonWorkingDays: number;
}

export class ListDirectivesQuery extends CursorQuery {
  @EnumField(DIRECTIVE_KINDS, { description: 'Only this kind', optional: true })
  kind?: DirectiveKind;

  @CodeField(AGENCY_CODE, { description: 'Only directives of this agency', optional: true })
  issuer?: string;

  @TextField({
    description:
      'Words of number, subject or issuer, anywhere in them; diacritics and case make no difference',
    max: 200,
    optional: true,
  })
  q?: string;
}
