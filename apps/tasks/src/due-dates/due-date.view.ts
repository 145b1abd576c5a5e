import {
  DateField,
  EnumField,
  InstantField,
  IntegerField,
  ObjectField,
  TextField,
  UuidField,
} from '#libs/http';
import {
  DUE_CHANGE_KINDS,
  type DueChangeKind,
  type DueChangeLine,
  type DueDay,
  type DueDocument,
  EXTENSION_DECISIONS,
  type ExtensionDecision,
  type ExtensionRequestLine,
} from './due-lines.js';

const agencyOf = {
  description: 'Code of the agency; null for an actor of no agency',
  max: 64,
  nullable: true,
};

export class DueDayView implements DueDay {
  @DateField({ description: 'Date as written', nullable: true })
  date: string | null;

  @DateField({ description: 'Last day that is in time', nullable: true })
  lastDay: string | null;

  @TextField({ description: 'Words of the document', max: 500, nullable: true })
  phrase: string | null;
}

export class DueDocumentView implements DueDocument {
  @TextField({ description: 'Number and symbol', max: 100 })
  number: string;

  @DateField({ description: 'Day of issue' })
  date: string;
}

export class DueChangeView implements DueChangeLine {
  @IntegerField({ description: 'Version of the task after the change', min: 1 })
  version: number;

  @EnumField(DUE_CHANGE_KINDS, { description: 'What was done to the date' })
  kind: DueChangeKind;

  @InstantField({ description: 'When' })
  at: string;

  @TextField(agencyOf)
  agency: string | null;

  @ObjectField(() => DueDayView, { description: 'Before; null for the first', nullable: true })
  before: DueDay | null;

  @ObjectField(() => DueDayView, { description: 'After' })
  after: DueDay;

  @TextField({ description: 'Why', max: 4_000, nullable: true })
  reason: string | null;

  @ObjectField(() => DueDocumentView, { description: 'By which document', nullable: true })
  document: DueDocument | null;
}

export class ExtensionRequestView implements ExtensionRequestLine {
  @UuidField({ description: 'Identifier' })
  id: string;

  @DateField({ description: 'Date that is asked for' })
  date: string;

  @DateField({ description: 'Last day that is asked for' })
  lastDay: string;

  @TextField({ description: 'Why', max: 4_000 })
  reason: string;

  @DateField({ description: 'Day on which it was asked' })
  askedOn: string;

  @TextField(agencyOf)
  askedBy: string | null;

  @EnumField(EXTENSION_DECISIONS, { description: 'Null while it waits', nullable: true })
  decision: ExtensionDecision | null;

  @InstantField({ description: 'When it was decided', nullable: true })
  decidedAt: string | null;

  @TextField(agencyOf)
  decidedBy: string | null;

  @TextField({ description: 'Why it was decided so', max: 4_000, nullable: true })
  decisionReason: string | null;
}
