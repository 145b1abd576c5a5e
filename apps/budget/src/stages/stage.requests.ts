import { BUDGET_STAGES, type BudgetStage } from '#libs/contracts';
import { DateField, EnumField, kinds, ListField, TextField } from '#libs/http';

export class PassedOverBody {
  @EnumField(BUDGET_STAGES, { description: 'Stage that is passed over' })
  stage: BudgetStage;

  @TextField({ description: 'Why it is not needed', max: 1_000 })
  reason: string;
}

export class StageMoveBody {
  @EnumField(BUDGET_STAGES, { description: 'Stage that the item comes into' })
  stage: BudgetStage;

  @DateField({ description: 'Day on which it comes there, not after today; default today', optional: true })
  on?: string;

  @TextField({ description: 'Document that brings it there', max: 500, optional: true, nullable: true })
  document?: string | null;

  @DateField({ description: 'Date of the document', optional: true, nullable: true })
  documentDate?: string | null;

  @TextField({
    description: 'Why it is sent back; mandatory on the way back',
    max: 1_000,
    optional: true,
    nullable: true,
  })
  reason?: string | null;

  @ListField(kinds.object(() => PassedOverBody), {
    description: 'Each stage between the present one and the new one, with the reason why it is passed over',
    max: 20,
    optional: true,
  })
  passedOver?: PassedOverBody[];
}
