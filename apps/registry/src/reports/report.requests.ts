import { DATABASE_REPORT_STATES, type DatabaseReportState, type RegistryReportState } from '#libs/contracts';
import {
  AgencyView,
  CodeField,
  CursorQuery,
  DateField,
  EnumField,
  InstantField,
  IntegerField,
  ObjectField,
  TextField,
  UuidField,
} from '#libs/http';
import { DatabaseRefView } from '../lists/list.view.js';
import type { PeriodItem, ReportCounts, ReportLine, ReportVersion } from './report-states.js';

export const PERIOD = /^(20[0-9]{2}-(0[1-9]|1[0-2])|once-20[0-9]{2}-[0-9]{2}-[0-9]{2})$/;
const PERIOD_TEXT = 'Month (2026-04), or the report asked for once (once-2026-03-12)';

/** What a report says. */
export class CorrectReportBody {
  @TextField({ description: 'Progress', max: 10_000, multiline: true })
  progress: string;

  @IntegerField({ description: 'How far, percent', min: 0, max: 100, optional: true, nullable: true })
  percent?: number | null;

  @TextField({
    description: 'Obstacles (khó khăn, vướng mắc); null: none',
    max: 10_000,
    multiline: true,
    optional: true,
    nullable: true,
  })
  obstacles?: string | null;
}

export class SubmitReportBody extends CorrectReportBody {
  @CodeField(PERIOD, { description: PERIOD_TEXT, example: '2026-04' })
  period: string;

  @DateField({
    description: 'Day on which it came on paper; for Sở KH&CN only, otherwise it is today',
    optional: true,
  })
  receivedOn?: string;
}

export class ListReportsQuery extends CursorQuery {}

export class PeriodQuery {
  @CodeField(PERIOD, { description: PERIOD_TEXT, example: '2026-04' })
  period: string;
}

export class ListLinesQuery extends CursorQuery {
  @CodeField(PERIOD, { description: PERIOD_TEXT, example: '2026-04' })
  period: string;

  @EnumField(DATABASE_REPORT_STATES, { description: 'Only reports that stand so', optional: true })
  state?: DatabaseReportState;
}

export class ReportStateView implements RegistryReportState {
  @UuidField({ description: 'Identifier' })
  id: string;

  @IntegerField({ description: 'Version, for If-Match', min: 1 })
  version: number;

  @ObjectField(() => DatabaseRefView, { description: 'The database' })
  database: DatabaseRefView;

  @TextField({ description: PERIOD_TEXT, max: 20 })
  period: string;

  @DateField({ description: 'Day on which the first version came' })
  receivedOn: string;

  @TextField({ description: 'Progress', max: 10_000 })
  progress: string;

  @IntegerField({ description: 'How far, percent', min: 0, max: 100, nullable: true })
  percent: number | null;

  @TextField({ description: 'Obstacles', max: 10_000, nullable: true })
  obstacles: string | null;
}

export class ReportVersionView implements ReportVersion {
  @IntegerField({ description: 'Version', min: 1 })
  version: number;

  @TextField({ description: 'Progress', max: 10_000 })
  progress: string;

  @IntegerField({ description: 'How far, percent', min: 0, max: 100, nullable: true })
  percent: number | null;

  @TextField({ description: 'Obstacles', max: 10_000, nullable: true })
  obstacles: string | null;

  @TextField({ description: 'Agency that sent it', max: 64, nullable: true })
  agency: string | null;

  @InstantField({ description: 'When it was recorded' })
  at: string;
}

export class ReportCountsView implements ReportCounts {
  @IntegerField({ description: 'In time', min: 0 })
  onTime: number;

  @IntegerField({ description: 'After the last day', min: 0 })
  late: number;

  @IntegerField({ description: 'Not come, and the last day is over', min: 0 })
  missing: number;

  @IntegerField({ description: 'Not come, and not due yet', min: 0 })
  open: number;

  @IntegerField({ description: 'Over before this system knew of it: not judged', min: 0 })
  beforeStart: number;
}

export class PeriodView implements PeriodItem {
  @TextField({ description: PERIOD_TEXT, max: 20 })
  period: string;

  @TextField({ description: 'Name', max: 100 })
  label: string;

  @DateField({ description: 'Last day that is in time' })
  lastDay: string;

  @ObjectField(() => ReportCountsView, { description: 'How the reports stand today' })
  counts: ReportCountsView;
}

export class ReportLineView implements ReportLine {
  @IntegerField({ description: 'Place in the list', min: 1 })
  position: number;

  @ObjectField(() => DatabaseRefView, { description: 'The database' })
  database: DatabaseRefView;

  @ObjectField(() => AgencyView, { description: 'Its owner', nullable: true })
  owner: AgencyView | null;

  @EnumField(DATABASE_REPORT_STATES, { description: 'How its report stands today' })
  state: DatabaseReportState;

  @ObjectField(() => ReportStateView, { description: 'The report', nullable: true })
  report: ReportStateView | null;
}
