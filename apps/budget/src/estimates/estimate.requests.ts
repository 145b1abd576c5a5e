import {
  APPRAISAL_VERDICTS,
  type AppraisalVerdict,
  BUDGET_ITEM_KINDS,
  type BudgetItemKind,
  ESTIMATE_STATES,
  type EstimateState,
  MONEY_FORMS,
  type MoneyForm,
  type MoneySource,
  STATE_SOURCES,
} from '#libs/contracts';
import {
  CodeField,
  CursorQuery,
  DateField,
  EnumField,
  IntegerField,
  kinds,
  ListField,
  MoneyField,
  QueryBooleanField,
  QueryIntegerField,
  TextField,
  UuidField,
} from '#libs/http';
import { AGENCY_CODE } from '#libs/reference';
import { MAX_MONEY } from '../items/item-money.js';
import { YEARS } from '../items/money-by-year.js';

export class OpenRoundBody {
  @TextField({ description: 'Name of the round', max: 500, example: 'Dự toán bổ sung năm 2026' })
  name: string;

  @IntegerField({ description: 'Fiscal year of the money', ...YEARS, example: 2026 })
  fiscalYear: number;

  @DateField({ description: 'Last day on which an estimate is in time' })
  deadline: string;

  @TextField({
    description: 'Document that calls for the estimates',
    max: 500,
    optional: true,
    nullable: true,
  })
  document?: string | null;
}

export class ChangeRoundBody {
  @TextField({ description: 'Name of the round', max: 500, optional: true })
  name?: string;

  @DateField({ description: 'Last day on which an estimate is in time', optional: true })
  deadline?: string;

  @TextField({
    description: 'Document that calls for the estimates, or extends the deadline',
    max: 500,
    optional: true,
    nullable: true,
  })
  document?: string | null;
}

export class DraftEstimateBody {
  @UuidField({ description: 'Round' })
  round: string;

  @CodeField(AGENCY_CODE, { description: 'Agency or commune that asks', example: 'SYT' })
  agency: string;
}

export class StatedLineBody {
  @UuidField({ description: 'Line of the estimate that it changes; left out: a new one', optional: true })
  id?: string;

  @UuidField({
    description: 'Item of the list that the money is for; left out: a new item',
    optional: true,
    nullable: true,
  })
  itemId?: string | null;

  @EnumField(BUDGET_ITEM_KINDS, { description: 'Kind of the item', optional: true, default: 'activity' })
  kind?: BudgetItemKind;

  @TextField({ description: 'Name of what the money is for', max: 1_000 })
  name: string;

  @EnumField(STATE_SOURCES, {
    description: 'Part of the State budget that is asked',
    optional: true,
    default: 'state-recurrent',
  })
  source?: MoneySource;

  @EnumField(MONEY_FORMS, { description: 'Cash, or in kind', optional: true, default: 'cash' })
  form?: MoneyForm;

  @MoneyField({ description: 'Amount asked for, đồng', min: 1, max: MAX_MONEY })
  amount: number;

  @TextField({ description: 'Why it is needed', max: 4_000, multiline: true, optional: true, nullable: true })
  explanation?: string | null;
}

export class EstimateLinesBody {
  @ListField(kinds.object(() => StatedLineBody), {
    description: 'All lines of the estimate; one that is left out goes',
    max: 500,
  })
  lines: StatedLineBody[];
}

export class ReturnBody {
  @TextField({ description: 'What is to be made better', max: 4_000, multiline: true })
  reason: string;
}

export class AppraisalBody {
  @EnumField(APPRAISAL_VERDICTS, {
    description: 'accepted: as it is; reduced: with a reason; refused: with a reason and its legal ground',
  })
  verdict: AppraisalVerdict;

  @MoneyField({ description: 'Amount of a reduction, đồng', max: MAX_MONEY, optional: true, nullable: true })
  amount?: number | null;

  @TextField({ description: 'Reason', max: 4_000, multiline: true, optional: true, nullable: true })
  reason?: string | null;

  @TextField({ description: 'Legal ground: article and document', max: 500, optional: true, nullable: true })
  ground?: string | null;
}

export class RoundDocumentBody {
  @TextField({ description: 'Document that says so: number, symbol and issuer', max: 500 })
  document: string;

  @DateField({ description: 'Date of the document', optional: true, nullable: true })
  documentDate?: string | null;
}

export class HandBackBody {
  @TextField({ description: 'What is to be made better', max: 4_000, multiline: true })
  reason: string;

  @TextField({ description: 'Document that says so', max: 500, optional: true, nullable: true })
  document?: string | null;
}

export class CancellationBody extends RoundDocumentBody {
  @TextField({ description: 'Why the round does not take place', max: 4_000, multiline: true })
  reason: string;
}

export class DecisionBody {
  @TextField({ description: 'Number and symbol of the decision', max: 500, example: '508/QĐ-UBND' })
  document: string;

  @DateField({ description: 'Date of the decision' })
  date: string;
}

export class LineShareBody {
  @UuidField({ description: 'Line of the round' })
  lineId: string;

  @MoneyField({ description: 'Amount allocated, đồng', min: 1, max: MAX_MONEY })
  amount: number;
}

export class AllocationBody extends RoundDocumentBody {
  @ListField(kinds.object(() => LineShareBody), {
    description: 'Shares of lines; left out: everything that is approved and not allocated yet',
    min: 1,
    max: 500,
    optional: true,
  })
  lines?: LineShareBody[];
}

export class ListRoundsQuery extends CursorQuery {
  @QueryIntegerField({ description: 'Only rounds of this fiscal year', ...YEARS, optional: true })
  year?: number;
}

export class ListEstimatesQuery extends CursorQuery {
  @UuidField({ description: 'Only estimates of this round', optional: true })
  round?: string;

  @CodeField(AGENCY_CODE, { description: 'Only estimates of this agency', optional: true })
  agency?: string;

  @EnumField(ESTIMATE_STATES, { description: 'Only estimates in this state', optional: true })
  state?: EstimateState;
}

export class ListLinesQuery extends CursorQuery {
  @UuidField({ description: 'Only lines of this round', optional: true })
  round?: string;

  @QueryBooleanField({ description: 'Only lines that wait for a round, or only others', optional: true })
  waiting?: boolean;
}
