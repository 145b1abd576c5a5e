import { SHARING_METHODS, type SharingLimit, type SharingMethod } from '#libs/contracts';
import { DateField, EnumField, kinds, ListField, ObjectField, TextField } from '#libs/http';

const REASON = { description: 'Why not as it was asked, for the requester', max: 4_000, multiline: true };

export class FieldsLimit implements SharingLimit<string[]> {
  @ListField(kinds.text({ max: 100 }), {
    description: 'Some of the fields that were asked for',
    min: 1,
    max: 500,
    unique: true,
  })
  granted: string[];

  @TextField(REASON)
  reason: string;
}

export class EndLimit implements SharingLimit<string> {
  @DateField({ description: 'Last day, before the one that was asked for' })
  granted: string;

  @TextField(REASON)
  reason: string;
}

export class FrequencyLimit implements SharingLimit<string> {
  @TextField({ description: 'How often instead, in words', max: 300 })
  granted: string;

  @TextField(REASON)
  reason: string;
}

export class MethodLimit implements SharingLimit<SharingMethod> {
  @EnumField(SHARING_METHODS, { description: 'Another way than was asked for' })
  granted: SharingMethod;

  @TextField(REASON)
  reason: string;
}

/** Where less is granted than was asked, or otherwise. */
export class GrantLimitsBody {
  @TextField({
    description: 'Legal ground of not granting what was asked, as of a refusal',
    max: 1_000,
    multiline: true,
  })
  legalGround: string;

  @ObjectField(() => FieldsLimit, { description: 'Fewer fields', optional: true, nullable: true })
  fields?: FieldsLimit | null;

  @ObjectField(() => EndLimit, { description: 'An earlier end', optional: true, nullable: true })
  validUntil?: EndLimit | null;

  @ObjectField(() => FrequencyLimit, { description: 'Another frequency', optional: true, nullable: true })
  frequency?: FrequencyLimit | null;

  @ObjectField(() => MethodLimit, { description: 'Another way', optional: true, nullable: true })
  method?: MethodLimit | null;
}
