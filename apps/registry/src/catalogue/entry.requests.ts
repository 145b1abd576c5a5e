import { type Lifecycle, LIFECYCLES } from '#libs/contracts';
import { CodeField, CursorQuery, DateField, EnumField, ObjectField, SourceBody, TextField } from '#libs/http';
import { AGENCY_CODE } from '#libs/reference';

/** What can be changed in an entry of either catalogue; a field that is left out stays as it is. */
export class ChangeEntryBody {
  @TextField({ description: 'Official name, unique in the catalogue', max: 500, optional: true })
  name?: string;

  @CodeField(AGENCY_CODE, {
    description: 'Agency code of the owning agency; null: not determined',
    optional: true,
    nullable: true,
    example: 'SDL',
  })
  owner?: string | null;

  @ObjectField(() => SourceBody, {
    description: 'Document it was taken from',
    optional: true,
    nullable: true,
  })
  source?: SourceBody | null;

  @TextField({ description: 'Note', max: 4_000, multiline: true, optional: true, nullable: true })
  note?: string | null;
}

/** A new entry of either catalogue. */
export class CreateEntryBody extends ChangeEntryBody {
  @TextField({ description: 'Official name, unique in the catalogue', max: 500 })
  override name: string;

  @EnumField(LIFECYCLES, { description: 'First life-cycle state', optional: true, default: 'not-determined' })
  lifecycle?: Lifecycle;

  @DateField({ description: 'Day as of which that state is attested', optional: true, nullable: true })
  lifecycleOn?: string | null;

  @TextField({ description: 'Document that attests it', max: 500, optional: true, nullable: true })
  lifecycleDocument?: string | null;
}

export class LifecycleBody {
  @EnumField(LIFECYCLES, { description: 'State the entry passes to', example: 'in-operation' })
  to: Lifecycle;

  @DateField({
    description: 'Day of the change: not in the future, not before the last one',
    example: '2026-04-20',
  })
  on: string;

  @TextField({ description: 'Document that attests it', max: 500, optional: true, nullable: true })
  document?: string | null;

  @TextField({ description: 'Note', max: 4_000, multiline: true, optional: true, nullable: true })
  note?: string | null;
}

/** Filters of both catalogues; the kinds are each one's own. */
export class ListEntriesQuery extends CursorQuery {
  @CodeField(AGENCY_CODE, { description: 'Only entries of this owning agency', optional: true })
  owner?: string;

  @EnumField(LIFECYCLES, { description: 'Only entries in this life-cycle state', optional: true })
  lifecycle?: Lifecycle;

  @TextField({
    description: 'Words of name or owner, anywhere in them; diacritics and case make no difference',
    max: 200,
    optional: true,
  })
  q?: string;
}

export class ListStepsQuery extends CursorQuery {}
