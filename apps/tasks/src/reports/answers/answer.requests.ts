import {
  DateField,
  CodeField,
  type Fault,
  Field,
  IntegerField,
  kinds,
  ListField,
  ObjectField,
  TextField,
  UuidField,
} from '#libs/http';
import type { FigureAnswer, ReportContent, TaskPercent } from './answer.entity.js';

const MAX_TEXT = 20_000;
const MAX_ITEM = 4_000;
const MAX_ITEMS = 50;
const MAX_TASKS = 500;
/** Sums of a hundred figures of this size are still exact to six decimals. */
const MAX_FIGURE = 1_000_000_000_000;
const DECIMALS = 6;

/** A number with at most six decimals. */
export const figureKind: kinds.FieldKind = {
  schema: { type: 'number', minimum: -MAX_FIGURE, maximum: MAX_FIGURE },
  normalise: (value) => (value === 0 ? 0 : value),
  check: (value): Fault | undefined => {
    if (typeof value !== 'number' || !Number.isFinite(value)) return { code: 'not-number' };
    if (value < -MAX_FIGURE) return { code: 'too-small', parameters: { min: -MAX_FIGURE } };
    if (value > MAX_FIGURE) return { code: 'too-large', parameters: { max: MAX_FIGURE } };
    return Number(value.toFixed(DECIMALS)) === value ? undefined : { code: 'invalid' };
  },
};

export class FigureAnswerBody implements FigureAnswer {
  @CodeField(/^[a-z][a-z0-9-]{0,39}$/, { description: 'Name of the figure in the form' })
  key: string;

  @Field(figureKind, {
    description: 'Value, at most six decimals; null when there is none to give',
    nullable: true,
  })
  value: number | null;

  @TextField({
    description: 'Remark, or why there is no value',
    max: 1_000,
    multiline: true,
    optional: true,
    nullable: true,
  })
  note: string | null = null;
}

export class TaskPercentBody implements TaskPercent {
  @UuidField({ description: 'A task that the agency leads' })
  taskId: string;

  @IntegerField({ description: 'Percent done', min: 0, max: 100 })
  percent: number;

  @TextField({ description: 'Remark', max: 1_000, multiline: true, optional: true, nullable: true })
  note: string | null = null;
}

const items = kinds.text({ max: MAX_ITEM, multiline: true });

/** What an agency reports; what the form does not ask for is left out. */
export class ReportContentBody implements ReportContent {
  @TextField({ description: 'Results', max: MAX_TEXT, multiline: true, optional: true, nullable: true })
  results: string | null = null;

  @ListField(kinds.object(() => FigureAnswerBody), { description: 'Figures', max: MAX_ITEMS, optional: true })
  figures: FigureAnswerBody[] = [];

  @ListField(items, {
    description: 'Obstacles, one element each; empty: none',
    max: MAX_ITEMS,
    optional: true,
  })
  obstacles: string[] = [];

  @ListField(items, {
    description: 'Proposals, one element each; empty: none',
    max: MAX_ITEMS,
    optional: true,
  })
  proposals: string[] = [];

  @ListField(kinds.object(() => TaskPercentBody), {
    description: 'Percent done of tasks that the agency leads',
    max: MAX_TASKS,
    optional: true,
  })
  taskPercents: TaskPercentBody[] = [];
}

export class SubmissionOfReportBody {
  @ObjectField(() => ReportContentBody, { description: 'The report; left out: the draft', optional: true })
  content?: ReportContentBody;
}

/** A report that came on paper. */
export class PaperReportBody {
  @DateField({ description: 'Day on which it came; it decides on time or late' })
  receivedOn: string;

  @ObjectField(() => ReportContentBody, { description: 'What it says' })
  content: ReportContentBody;
}

export class CorrectionBody {
  @ObjectField(() => ReportContentBody, {
    description: 'The whole new version; left out: the draft',
    optional: true,
  })
  content?: ReportContentBody;

  @TextField({ description: 'Why it is corrected', max: 1_000, multiline: true })
  reason: string;
}
