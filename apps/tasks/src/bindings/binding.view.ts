import { type BoundMeasure, MEASURE_KINDS, type MeasureKind } from '#libs/contracts';
import {
  DateField,
  EnumField,
  InstantField,
  IntegerField,
  ObjectField,
  TextField,
  UuidField,
} from '#libs/http';

export class MeasureValueView {
  @TextField({ description: 'Name of the database, item, period or plan', max: 1_000 })
  name: string;

  @TextField({ description: 'Its present value, in words', max: 500 })
  written: string;

  @IntegerField({
    description: 'Progress that follows, percent; null when the value says nothing about the target',
    min: 0,
    max: 100,
    nullable: true,
  })
  percent: number | null;

  @InstantField({ description: 'When it came to be so' })
  at: string;
}

/** What the progress of a task is taken from. */
export class BindingView implements BoundMeasure {
  @IntegerField({ description: 'Version, for If-Match', min: 1 })
  version: number;

  @UuidField({ description: 'Task' })
  taskId: string;

  @EnumField(MEASURE_KINDS, { description: 'Kind of data' })
  kind: MeasureKind;

  @TextField({ description: 'Identifier of the database, item, period or plan', max: 64 })
  subject: string;

  @TextField({ description: 'What is to be reached', max: 64, nullable: true })
  target: string | null;

  @DateField({ description: 'Day on which it was first seen reached', nullable: true })
  reachedOn: string | null;

  @ObjectField(() => MeasureValueView, {
    description: 'Present value; null while no event has told of it',
    nullable: true,
  })
  value: MeasureValueView | null;
}
