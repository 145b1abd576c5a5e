import {
  ESCALATION_LEVELS,
  type EscalationLevel,
  type EscalationStep,
  type ReportFigure,
  type ReportForm,
} from '#libs/contracts';
import {
  BooleanField,
  CodeField,
  CursorQuery,
  DateField,
  EnumField,
  IntegerField,
  kinds,
  ListField,
  ObjectField,
  TextField,
  UuidField,
} from '#libs/http';
import { AGENCY_CODE } from '#libs/reference';
import { RuleBody } from './rule.requests.js';

const MAX_AGENCIES = 200;
const MAX_FIGURES = 50;
const MAX_GRACE = 60;

/** Working days until the agency is reminded of a missing report. */
export const DEFAULT_GRACE = 2;
/** Who is told afterwards, each after two more working days. */
export const DEFAULT_ESCALATION: readonly EscalationStep[] = ESCALATION_LEVELS.map((level) => ({
  level,
  graceWorkingDays: DEFAULT_GRACE,
}));

export class FigureBody implements ReportFigure {
  @CodeField(/^[a-z][a-z0-9-]{0,39}$/, { description: 'Name within the duty', example: 'ho-so-truc-tuyen' })
  key: string;

  @TextField({ description: 'What is counted', max: 300 })
  name: string;

  @TextField({ description: 'Unit; null for a mere count', max: 50, optional: true, nullable: true })
  unit: string | null = null;

  @BooleanField({ description: 'Whether the figures of several agencies may be added up', optional: true })
  summable: boolean = true;
}

export class FormBody implements ReportForm {
  @BooleanField({ description: 'Asks for results', optional: true })
  results: boolean = true;

  @BooleanField({ description: 'Asks for obstacles (khó khăn, vướng mắc)', optional: true })
  obstacles: boolean = true;

  @BooleanField({ description: 'Asks for proposals (đề xuất, kiến nghị)', optional: true })
  proposals: boolean = true;

  @BooleanField({
    description: 'Asks for the percent done of each task that the agency leads',
    optional: true,
  })
  taskPercents: boolean = false;

  @ListField(kinds.object(() => FigureBody), {
    description: 'Figures asked for',
    max: MAX_FIGURES,
    optional: true,
  })
  figures: FigureBody[] = [];
}

export class EscalationStepBody implements EscalationStep {
  @EnumField(ESCALATION_LEVELS, { description: 'Who is told' })
  level: EscalationLevel;

  @IntegerField({ description: 'Working days after the step before', min: 1, max: MAX_GRACE })
  graceWorkingDays: number;
}

const agencyCode = kinds.code(AGENCY_CODE);
const AGENCIES = {
  description: 'Agency codes of those who report; a group stands for its members when a period opens',
  min: 1,
  max: MAX_AGENCIES,
  unique: true,
  example: ['CSBN'],
};
const RECIPIENTS = {
  description:
    'Agency codes of those who receive the reports; they see all of them. Default: who sets the duty',
  min: 1,
  max: 10,
  unique: true,
  optional: true,
  example: ['SKHCN'],
};
const GRACE = {
  description: 'Working days from the last day to the reminder; default 2',
  min: 1,
  max: MAX_GRACE,
  optional: true,
};
const ESCALATION = {
  description:
    'Who is told after the reminder, in this order; default: all four levels, two working days each',
  max: ESCALATION_LEVELS.length,
  optional: true,
};

/** A duty to register. */
export class CreateDutyBody {
  @TextField({ description: 'What is to be reported on', max: 500 })
  title: string;

  @UuidField({ description: 'Directive that orders it', optional: true, nullable: true })
  directiveId: string | null = null;

  @TextField({ description: 'Place in the directive', max: 100, optional: true, nullable: true })
  clause: string | null = null;

  @ListField(agencyCode, AGENCIES)
  agencies: string[];

  @ListField(agencyCode, RECIPIENTS)
  recipients?: string[];

  @ObjectField(() => RuleBody, { description: 'When reports fall due' })
  rule: RuleBody;

  @ObjectField(() => FormBody, {
    description: 'What is asked; default: results, obstacles, proposals',
    optional: true,
  })
  form: FormBody = new FormBody();

  @IntegerField(GRACE)
  graceWorkingDays: number = DEFAULT_GRACE;

  @ListField(kinds.object(() => EscalationStepBody), ESCALATION)
  escalation?: EscalationStepBody[];

  @DateField({ description: 'Day on which it begins: the first period opens' })
  startsOn: string;

  @DateField({
    description: 'No period has a last day after this one; null: no end',
    optional: true,
    nullable: true,
  })
  endsOn: string | null = null;

  @TextField({
    description: 'What the document leaves open and was assumed',
    max: 1_000,
    multiline: true,
    optional: true,
    nullable: true,
  })
  assumptions: string | null = null;
}

/** Changes of a duty; what is left out stays. They concern periods that open later. */
export class ChangeDutyBody {
  @TextField({ description: 'What is to be reported on', max: 500, optional: true })
  title?: string;

  @ListField(agencyCode, { ...AGENCIES, optional: true })
  agencies?: string[];

  @ListField(agencyCode, RECIPIENTS)
  recipients?: string[];

  @ObjectField(() => FormBody, { description: 'What is asked, whole', optional: true })
  form?: FormBody;

  @IntegerField(GRACE)
  graceWorkingDays?: number;

  @ListField(kinds.object(() => EscalationStepBody), ESCALATION)
  escalation?: EscalationStepBody[];

  @DateField({
    description: 'Today or later; running periods with a later last day are withdrawn',
    optional: true,
    nullable: true,
  })
  endsOn?: string | null;
}

export class EndDutyBody {
  @TextField({ description: 'Ground, such as the document that ends it', max: 1_000, multiline: true })
  ground: string;
}

export class ListDutiesQuery extends CursorQuery {
  @EnumField(['active', 'ended'], { description: 'Only this state', optional: true })
  state?: 'active' | 'ended';

  @UuidField({ description: 'Only duties of this directive', optional: true })
  directive?: string;

  @CodeField(AGENCY_CODE, { description: 'Only duties of this agency, its groups included', optional: true })
  agency?: string;

  @TextField({
    description: 'Words of title or agencies; diacritics and case make no difference',
    max: 200,
    optional: true,
  })
  q?: string;
}
