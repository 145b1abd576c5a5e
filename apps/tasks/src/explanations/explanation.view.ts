import {
  EXPLANATION_STANDINGS,
  EXPLANATION_STATES,
  type ExplanationAnswer,
  type ExplanationDocument,
  type ExplanationStanding,
  type ExplanationState,
} from '#libs/contracts';
import {
  AgencyView,
  DateField,
  EnumField,
  IntegerField,
  kinds,
  ListField,
  ObjectField,
  TextField,
  UrlField,
  UuidField,
} from '#libs/http';
import type { ExplanationItem } from './explanation-state.js';

export class ExplanationDocumentView implements ExplanationDocument {
  @TextField({ description: 'Number and symbol', max: 100, nullable: true })
  number: string | null;

  @DateField({ description: 'Day of the document', nullable: true })
  date: string | null;

  @UrlField({ description: 'Where it can be read', nullable: true })
  link: string | null;
}

export class ExplanationAnswerView implements ExplanationAnswer {
  @ObjectField(() => AgencyView, { description: 'Lead agency that was asked' })
  agency: AgencyView;

  @DateField({ description: 'Day of its answer; null until then', nullable: true })
  answeredOn: string | null;

  @TextField({ description: 'Its explanation', max: 10_000, nullable: true })
  text: string | null;

  @ObjectField(() => ExplanationDocumentView, {
    description: 'Document that it was given in',
    nullable: true,
  })
  document: ExplanationDocumentView | null;
}

export class ExplanationView implements ExplanationItem {
  @UuidField({ description: 'Identifier' })
  id: string;

  @IntegerField({ description: 'Version, for If-Match', min: 1 })
  version: number;

  @UuidField({ description: 'Task' })
  taskId: string;

  @TextField({ description: 'Title of the task when it was asked', max: 500 })
  title: string;

  @TextField({
    description: 'Code of the agency that asks; null for an actor of no agency',
    max: 64,
    nullable: true,
  })
  requester: string | null;

  @TextField({ description: 'What is to be explained, and why', max: 4_000 })
  reason: string;

  @DateField({ description: 'Day of the request' })
  requestedOn: string;

  @DateField({ description: 'Last day on which an answer is in time' })
  lastDay: string;

  @EnumField(EXPLANATION_STATES, { description: 'answered: by every agency that was asked' })
  state: ExplanationState;

  @EnumField(EXPLANATION_STANDINGS, { description: 'How it stands today; computed when read' })
  standing: ExplanationStanding;

  @ListField(kinds.object(() => ExplanationAnswerView), { description: 'Agencies that were asked', max: 100 })
  answers: ExplanationAnswerView[];
}
