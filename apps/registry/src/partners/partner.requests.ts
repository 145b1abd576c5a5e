import { PARTNER_SIDES, PARTNER_STATES, type PartnerSide, type PartnerState } from '#libs/contracts';
import {
  CodeField,
  CursorQuery,
  DateField,
  EnumField,
  IntegerField,
  kinds,
  ListField,
  MoneyField,
  ObjectField,
  TextField,
  UuidField,
} from '#libs/http';
import { AGENCY_CODE } from '#libs/reference';

/** Mã số doanh nghiệp: ten digits; a branch has three more. */
const TAX_CODE = /^[0-9]{10}(-[0-9]{3})?$/;

export class EnterpriseBody {
  @CodeField(AGENCY_CODE, {
    description: 'Code in the reference list, when it has the enterprise',
    optional: true,
    nullable: true,
  })
  code?: string | null;

  @TextField({ description: 'Name', max: 300 })
  name: string;

  @CodeField(TAX_CODE, {
    description: 'Mã số doanh nghiệp; null: not determined',
    optional: true,
    nullable: true,
    example: '4200000000',
  })
  taxCode?: string | null;
}

export class RegisterPartnerBody {
  @ObjectField(() => EnterpriseBody, { description: 'Who registers' })
  enterprise: EnterpriseBody;

  @TextField({ description: 'What it is able to do', max: 4_000, multiline: true })
  capability: string;

  @TextField({ description: 'What it would carry', max: 4_000, multiline: true })
  contribution: string;

  @MoneyField({ description: 'Value of that, đồng', optional: true, nullable: true })
  contributionValue?: number | null;

  @TextField({ description: 'Document of the registration', max: 500, optional: true, nullable: true })
  document?: string | null;
}

export class ChooseBody {
  @ListField(kinds.uuid(), { description: 'Registrations that are chosen', min: 1, max: 50, unique: true })
  chosen: string[];

  @TextField({
    description: 'Why these and not the others, who are told that they were not chosen',
    max: 4_000,
    multiline: true,
  })
  reason: string;

  @TextField({ description: 'Document of the choice', max: 500, optional: true, nullable: true })
  document?: string | null;
}

export class LeaveBody {
  @TextField({ description: 'Why', max: 4_000, multiline: true })
  reason: string;
}

export class ShareBody {
  @UuidField({ description: 'Registration of a chosen enterprise' })
  partnerId: string;

  @TextField({ description: 'What it carries', max: 4_000, multiline: true })
  scope: string;

  @MoneyField({ description: 'Its part, đồng' })
  part: number;
}

export class SplitBody {
  @MoneyField({ description: 'State-budget part, đồng; null: not determined', nullable: true })
  statePart: number | null;

  @IntegerField({
    description: 'Fiscal year in which the State part is needed',
    min: 2000,
    max: 2100,
    optional: true,
    nullable: true,
  })
  year?: number | null;

  @ListField(kinds.object(() => ShareBody), {
    description: 'What each partner carries; empty: the State budget carries all',
    max: 50,
  })
  shares: ShareBody[];

  @TextField({ description: 'Document of the agreement', max: 500, optional: true, nullable: true })
  document?: string | null;

  @DateField({ description: 'Day of the agreement; not in the future' })
  on: string;
}

export class PartnerReportBody {
  @EnumField(PARTNER_SIDES, {
    description: 'Whose report it is; an enterprise speaks for itself only',
    optional: true,
  })
  side?: PartnerSide;

  @TextField({ description: 'Progress', max: 4_000, multiline: true })
  progress: string;

  @TextField({ description: 'Obstacles', max: 4_000, multiline: true, optional: true, nullable: true })
  obstacles?: string | null;
}

export class ListPartnersQuery extends CursorQuery {
  @EnumField(PARTNER_STATES, { description: 'Only registrations in this state', optional: true })
  state?: PartnerState;
}

export class ListPartnerReportsQuery extends CursorQuery {}
