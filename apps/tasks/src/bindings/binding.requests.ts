import { type BoundMeasure, MEASURE_KINDS, type MeasureKind } from '#libs/contracts';
import { CodeField, EnumField } from '#libs/http';

const IDENTIFIER = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TARGET = /^[A-Za-z0-9-]{1,64}$/;

export class BindingBody implements BoundMeasure {
  @EnumField(MEASURE_KINDS, {
    description:
      'database: life cycle of a database of the registry; budget-item: stage of a project or activity; report-period: reports of a period; training-plan: a training plan of staffing',
  })
  kind: MeasureKind;

  @CodeField(IDENTIFIER, { description: 'Identifier of the database, item, period or plan' })
  subject: string;

  @CodeField(TARGET, {
    description:
      'What is to be reached. database: under-construction, trial or in-operation; budget-item: a stage, or completed; report-period: code of the agency that is to report, left out for all; training-plan: finished',
    optional: true,
    nullable: true,
    example: 'in-operation',
  })
  target: string | null = null;
}
