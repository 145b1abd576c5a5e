import { type Lifecycle, LIFECYCLES, type RegistryEntryState } from '#libs/contracts';
import {
  AgencyView,
  DateField,
  EnumField,
  InstantField,
  IntegerField,
  ObjectField,
  SourceBody,
  TextField,
  UuidField,
} from '#libs/http';
import type { LifecycleStepState } from './entry-state.js';

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
