import {
  type Enterprise,
  PARTNER_SIDES,
  PARTNER_STATES,
  type PartnerAgreement,
  type PartnerReport,
  type PartnerSide,
  type PartnerState,
  type RegistryPartnerState,
} from '#libs/contracts';
import {
  DateField,
  EnumField,
  IntegerField,
  MoneyField,
  ObjectField,
  TextField,
  UuidField,
} from '#libs/http';
import { DatabaseRefView } from '../lists/list.view.js';

class EnterpriseView implements Enterprise {
  @TextField({ description: 'Code in the reference list', max: 64, nullable: true })
  code: string | null;

  @TextField({ description: 'Name', max: 300 })
  name: string;

  @TextField({ description: 'Mã số doanh nghiệp', max: 14, nullable: true })
  taxCode: string | null;
}

class AgreementView implements PartnerAgreement {
  @TextField({ description: 'What it carries', max: 4_000 })
  scope: string;

  @MoneyField({ description: 'Its part, đồng' })
  part: number;

  @TextField({ description: 'Document', max: 500, nullable: true })
  document: string | null;

  @DateField({ description: 'Day of the agreement' })
  on: string;
}

class ReportView implements PartnerReport {
  @DateField({ description: 'Day' })
  on: string;

  @TextField({ description: 'Progress', max: 4_000 })
  progress: string;

  @TextField({ description: 'Obstacles', max: 4_000, nullable: true })
  obstacles: string | null;
}

/** A report of one side as the list of reports answers it. */
export class PartnerReportView extends ReportView {
  @UuidField({ description: 'Identifier' })
  id: string;

  @EnumField(PARTNER_SIDES, { description: 'Whose report it is' })
  side: PartnerSide;
}

class NewestReportsView {
  @ObjectField(() => ReportView, { description: 'Newest of the owner', nullable: true })
  owner: ReportView | null;

  @ObjectField(() => ReportView, { description: 'Newest of the enterprise', nullable: true })
  enterprise: ReportView | null;
}

export class PartnerRegistrationView implements RegistryPartnerState {
  @UuidField({ description: 'Identifier' })
  id: string;

  @IntegerField({ description: 'Version, for If-Match', min: 1 })
  version: number;

  @ObjectField(() => DatabaseRefView, { description: 'The database' })
  database: DatabaseRefView;

  @ObjectField(() => EnterpriseView, { description: 'Who registered' })
  enterprise: EnterpriseView;

  @TextField({ description: 'What it is able to do', max: 4_000 })
  capability: string;

  @TextField({ description: 'What it would carry', max: 4_000 })
  contribution: string;

  @MoneyField({ description: 'Value of that, đồng', nullable: true })
  contributionValue: number | null;

  @TextField({ description: 'Document of the registration', max: 500, nullable: true })
  document: string | null;

  @DateField({ description: 'Day of the registration' })
  registeredOn: string;

  @EnumField(PARTNER_STATES, { description: 'State' })
  state: PartnerState;

  @DateField({ description: 'Since when' })
  stateOn: string;

  @TextField({ description: 'Why chosen or not, withdrawn or ended', max: 4_000, nullable: true })
  reason: string | null;

  @ObjectField(() => AgreementView, { description: 'What both sides agreed', nullable: true })
  agreement: AgreementView | null;

  @ObjectField(() => NewestReportsView, { description: 'Newest reports of both sides' })
  reports: NewestReportsView;
}
