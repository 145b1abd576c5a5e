import {
  DATABASE_ATTRIBUTES,
  type Lifecycle,
  LIFECYCLES,
  OPEN_STATUSES,
  type OpenAttribute,
  type OpenAttributeName,
  type OpenStatus,
  type RegistryEntryState,
  SYSTEM_ATTRIBUTES,
  USE_STATES,
  type UseState,
} from '#libs/contracts';
import {
  AgencyView,
  DateField,
  EnumField,
  InstantField,
  IntegerField,
  kinds,
  ListField,
  ObjectField,
  SourceBody,
  TextField,
  UuidField,
} from '#libs/http';
import { DocumentBody, TechnicalContactBody } from './entry.requests.js';
import type { LifecycleStepState } from './entry-state.js';

class OpenAttributeView implements OpenAttribute {
  @EnumField([...new Set<string>([...DATABASE_ATTRIBUTES, ...SYSTEM_ATTRIBUTES])], {
    description: 'Attribute without a value',
  })
  attribute: OpenAttributeName;

  @EnumField(OPEN_STATUSES, { description: 'Not determined yet, or not applicable' })
  status: OpenStatus;

  @ObjectField(() => AgencyView, { description: 'Who has to determine it', nullable: true })
  responsible: AgencyView | null;

  @DateField({ description: 'By when; null: nobody has set a day', nullable: true })
  due: string | null;

  @TextField({ description: 'Reason', max: 1_000, nullable: true })
  reason: string | null;
}

/** An entry of either catalogue as it is answered. */
export abstract class EntryView implements Omit<RegistryEntryState<string>, 'kind'> {
  @UuidField({ description: 'Identifier' })
  id: string;

  @IntegerField({ description: 'Version, for If-Match', min: 1 })
  version: number;

  @TextField({ description: 'Official name', max: 500 })
  name: string;

  @ObjectField(() => AgencyView, { description: 'Owning agency; null: not determined', nullable: true })
  owner: AgencyView | null;

  @EnumField(LIFECYCLES, { description: 'Life-cycle state' })
  lifecycle: Lifecycle;

  @DateField({
    description: 'Day of the last change, or as of which a first state is attested',
    nullable: true,
  })
  lifecycleOn: string | null;

  @TextField({ description: 'Document that attests the state', max: 500, nullable: true })
  lifecycleDocument: string | null;

  @ObjectField(() => SourceBody, { description: 'Document it was taken from', nullable: true })
  source: SourceBody | null;

  @TextField({ description: 'Note', max: 4_000, nullable: true })
  note: string | null;

  @TextField({ description: 'Official code', max: 35, nullable: true })
  code: string | null;

  @ObjectField(() => AgencyView, { description: 'Operator; null: not determined', nullable: true })
  operator: AgencyView | null;

  @ObjectField(() => TechnicalContactBody, { description: 'Technical contact', nullable: true })
  technicalContact: TechnicalContactBody | null;

  @EnumField(USE_STATES, { description: 'State of use' })
  use: UseState;

  @DateField({ description: 'Day of the last change of use', nullable: true })
  useOn: string | null;

  @TextField({ description: 'Document that attests it', max: 500, nullable: true })
  useDocument: string | null;

  @ListField(kinds.object(() => DocumentBody), { description: 'Documents', max: 100 })
  documents: DocumentBody[];

  @ListField(kinds.object(() => OpenAttributeView), {
    description: 'Attributes without a value, and why',
    max: 20,
  })
  openAttributes: OpenAttributeView[];
}

/** A step of the life cycle as it is answered. */
export class StepView implements LifecycleStepState {
  @EnumField(LIFECYCLES, { description: 'State before; null for the first one', nullable: true })
  from: Lifecycle | null;

  @EnumField(LIFECYCLES, { description: 'State after' })
  to: Lifecycle;

  @DateField({ description: 'Day of the change', nullable: true })
  on: string | null;

  @TextField({ description: 'Document that attests it', max: 500, nullable: true })
  document: string | null;

  @TextField({ description: 'Note', max: 4_000, nullable: true })
  note: string | null;

  @TextField({
    description: 'Agency that recorded it; null: a token without one, or this service at its first start',
    max: 64,
    nullable: true,
  })
  recordedByAgency: string | null;

  @InstantField({ description: 'When it was recorded' })
  recordedAt: string;
}
