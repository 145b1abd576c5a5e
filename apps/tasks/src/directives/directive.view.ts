import { DIRECTIVE_KINDS, type DirectiveKind, type DirectiveState } from '#libs/contracts';
import {
  AgencyView,
  DateField,
  EnumField,
  IntegerField,
  ObjectField,
  TextField,
  UuidField,
} from '#libs/http';

/** What a directive is known by, wherever it is named. */
export class NamedDirectiveView {
  @UuidField({ description: 'Identifier of the directive' })
  id: string;

  @TextField({ description: 'Number and symbol; null = not determined', max: 100, nullable: true })
  number: string | null;

  @TextField({ description: 'Symbol part of the number', max: 100, nullable: true })
  symbol: string | null;

  @EnumField(DIRECTIVE_KINDS, { description: 'Kind of document' })
  kind: DirectiveKind;

  @ObjectField(() => AgencyView, { description: 'Issuer' })
  issuer: AgencyView;

  @DateField({ description: 'Day of issue; null = not determined', nullable: true })
  issuedOn: string | null;
}

/** A directive as it is answered. */
export class DirectiveView extends NamedDirectiveView implements DirectiveState {
  @IntegerField({ description: 'Version', min: 1 })
  version: number;

  @DateField({ description: 'Day of the meeting whose conclusions it gives', nullable: true })
  meetingOn: string | null;

  @TextField({ description: 'What it is about', max: 1_000 })
  subject: string;

  @IntegerField({
    description: 'Its tasks are due soon from the day on which at most this many working days are left',
    min: 0,
    max: 60,
  })
  dueSoonWorkingDays: number;
}
