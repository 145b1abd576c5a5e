import {
  COMMUNE_UNIT_KINDS,
  type CommuneUnitKind,
  type HeadCount,
  type StaffingUnitState,
} from '#libs/contracts';
import {
  DateField,
  EnumField,
  InstantField,
  IntegerField,
  ObjectField,
  TextField,
  UuidField,
} from '#libs/http';

export class HeadCountView implements HeadCount {
  @IntegerField({ description: 'IT staff, persons', min: 0, max: 1_000 })
  itStaff: number;

  @DateField({ description: 'Day as of which the figure is true' })
  asOf: string;

  @TextField({ description: 'Note', max: 2_000, nullable: true })
  note: string | null;

  @InstantField({ description: 'When it was reported' })
  reportedAt: string;
}

/** A commune unit as it is answered. */
export class UnitView implements StaffingUnitState {
  @UuidField({ description: 'Identifier' })
  id: string;

  @IntegerField({ description: 'Version, for If-Match', min: 1 })
  version: number;

  @TextField({ description: 'Statistical code, also the agency code of the unit', max: 5, example: '22333' })
  code: string;

  @EnumField(COMMUNE_UNIT_KINDS, { description: 'Commune (xã), ward (phường) or special zone (đặc khu)' })
  kind: CommuneUnitKind;

  @TextField({ description: 'Name without its kind', max: 200, example: 'Bắc Nha Trang' })
  name: string;

  @TextField({ description: 'Full name', max: 200, example: 'Phường Bắc Nha Trang' })
  fullName: string;

  @ObjectField(() => HeadCountView, {
    description: 'Of the reports the one of the latest day, and of these the last one; null: not answered',
    nullable: true,
  })
  headCount: HeadCountView | null;

  @IntegerField({ description: 'Number of reports received', min: 0 })
  reportCount: number;
}
