import {
  OWNERSHIPS,
  type Ownership,
  PARTNERSHIP_FORMS,
  PARTNERSHIP_STATUSES,
  type PartnershipDocument,
  type PartnershipForm,
  type PartnershipMilestone,
  type PartnershipPart,
  type PartnershipState,
  type PartnershipStatus,
} from '#libs/contracts';
import {
  CodeField,
  DateField,
  EnumField,
  IntegerField,
  kinds,
  ListField,
  MoneyField,
  ObjectField,
  TextField,
} from '#libs/http';
import { MAX_MONEY } from '../items/item-money.js';

/** Tax code of an enterprise or branch (10 or 13 digits), or of a household or person (12 digits). */
const TAX_CODE = /^([0-9]{10}(-[0-9]{3})?|[0-9]{12})$/;

export class PartBody implements PartnershipPart {
  @MoneyField({ description: 'Money, đồng', max: MAX_MONEY })
  cash: number;

  @MoneyField({ description: 'In kind, at the value agreed, đồng', max: MAX_MONEY })
  inKind: number;

  @MoneyField({ description: 'Technology, at the value agreed, đồng', max: MAX_MONEY })
  technology: number;
}

export class PartnerBody {
  @TextField({ description: 'Name of the partner enterprise', max: 500 })
  name: string;

  @CodeField(TAX_CODE, { description: 'Its tax code; null: not determined', nullable: true })
  taxCode: string | null;
}

export class PartnershipTermBody {
  @DateField({ description: 'First day', nullable: true })
  from: string | null;

  @DateField({ description: 'Last day', nullable: true })
  to: string | null;
}

export class RiskSharingBody extends PartnershipTermBody {
  @TextField({ description: 'How losses are shared', max: 2_000, multiline: true })
  rule: string;
}

export class MilestoneBody implements PartnershipMilestone {
  @TextField({ description: 'What is to be reached', max: 500 })
  name: string;

  @DateField({ description: 'By which day', nullable: true })
  due: string | null;

  @DateField({ description: 'Day on which it was reached', nullable: true })
  reachedOn: string | null;
}

export class DocumentBody implements PartnershipDocument {
  @TextField({ description: 'Title', max: 500 })
  title: string;

  @TextField({ description: 'Number and symbol', max: 100, nullable: true })
  number: string | null;

  @DateField({ description: 'Date', nullable: true })
  date: string | null;
}

/** A partnership as it is stated; it replaces what was stated before. */
export class PartnershipBody implements Omit<PartnershipState, 'stateShare' | 'riskSharing'> {
  @EnumField(PARTNERSHIP_FORMS, { description: 'Form, Decree 180/2025/NĐ-CP' })
  form: PartnershipForm;

  @EnumField(PARTNERSHIP_STATUSES, { description: 'How far it is' })
  status: PartnershipStatus;

  @ObjectField(() => PartnerBody, { description: 'Partner enterprise' })
  partner: PartnerBody;

  @ObjectField(() => PartBody, { description: 'What the enterprise brings' })
  enterprisePart: PartBody;

  @ObjectField(() => PartBody, { description: 'What the State brings' })
  statePart: PartBody;

  @EnumField(OWNERSHIPS, { description: 'Who owns the assets' })
  assetsOwnership: Ownership;

  @EnumField(OWNERSHIPS, { description: 'Who owns the data' })
  dataOwnership: Ownership;

  @TextField({
    description: 'Who may use the data, and for what',
    max: 2_000,
    multiline: true,
    nullable: true,
  })
  dataAccessRights: string | null;

  @ObjectField(() => PartnershipTermBody, { description: 'Term' })
  term: PartnershipTermBody;

  @ObjectField(() => RiskSharingBody, {
    description: 'Time within which losses are shared; left out: they are not',
    optional: true,
    nullable: true,
  })
  riskSharing?: RiskSharingBody | null;

  @ListField(kinds.object(() => MilestoneBody), { description: 'Milestones', max: 50 })
  milestones: MilestoneBody[];

  @ListField(kinds.object(() => DocumentBody), { description: 'Documents', max: 50 })
  documents: DocumentBody[];

  @TextField({ description: 'Article or document that it rests on', max: 500, nullable: true })
  legalGround: string | null;

  @TextField({ description: 'Note', max: 4_000, multiline: true, nullable: true })
  note: string | null;
}

/** A partnership as it is answered. */
export class PartnershipView extends PartnershipBody implements PartnershipState {
  @ObjectField(() => RiskSharingBody, {
    description: 'Time within which losses are shared; null: they are not',
    nullable: true,
  })
  override riskSharing: RiskSharingBody | null;

  @IntegerField({
    description: 'State part of the whole, hundredths of a percent; null while nothing is stated',
    min: 0,
    max: 10_000,
    nullable: true,
  })
  stateShare: number | null;
}
