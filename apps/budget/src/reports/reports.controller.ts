import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { type CursorQuery, decodeCursor, type Page, PageOf, toPage } from '#libs/http';
import {
  DisbursementQuery,
  LateStepsQuery,
  MoneyReportQuery,
  OverCommitmentsQuery,
} from './report.requests.js';
import { DisbursementReportView, LateStepView, MoneyReportView, OverCommitmentView } from './report.view.js';
import {
  type DisbursementReport,
  type LateStep,
  type MoneyReport,
  type OverCommitment,
  ReportsService,
} from './reports.service.js';

@ApiTags('reports')
@Controller('v1/reports')
@RequireScopes('budget:read')
export class ReportsController {
  constructor(private readonly reports: ReportsService) {}

  @Get('money')
  @ApiOperation({
    summary: 'What was planned, requested, granted and spent, by agency, source, year, stage or partnership',
    description:
      'As of any day: entries count from the day on which they take effect; plans, figures as reported and partnerships are those that the list had in the evening of the day.',
  })
  @ApiOkResponse({ type: MoneyReportView })
  money(@CurrentActor() actor: Actor, @Query() { by, ...query }: MoneyReportQuery): Promise<MoneyReport> {
    return this.reports.money(actor, by, query);
  }

  @Get('disbursement')
  @ApiOperation({ summary: 'How far the money of a year is spent, by agency, beside the time gone by' })
  @ApiOkResponse({ type: DisbursementReportView })
  disbursement(
    @CurrentActor() actor: Actor,
    @Query() { year, asOf }: DisbursementQuery,
  ): Promise<DisbursementReport> {
    return this.reports.disbursement(actor, year, asOf);
  }

  @Get('over-commitments')
  @ApiOperation({ summary: 'Where more is committed than there is ground for, most first' })
  @ApiOkResponse({ type: PageOf(OverCommitmentView) })
  async overCommitments(
    @CurrentActor() actor: Actor,
    @Query() query: OverCommitmentsQuery,
  ): Promise<Page<OverCommitment>> {
    const { year, asOf } = query;
    return pageOf(await this.reports.overCommitments(actor, { year, asOf }), query, { year, asOf });
  }

  @Get('late-steps')
  @ApiOperation({ summary: 'Items that are in a stage for longer than the law allows, latest first' })
  @ApiOkResponse({ type: PageOf(LateStepView) })
  async lateSteps(@CurrentActor() actor: Actor, @Query() query: LateStepsQuery): Promise<Page<LateStep>> {
    const { asOf } = query;
    return pageOf(await this.reports.lateSteps(actor, asOf), query, { asOf });
  }
}

/** A page of a report, which is worked out as a whole; the position is the number of rows before it. */
function pageOf<Row>(rows: readonly Row[], query: CursorQuery, filters: object): Page<Row> {
  const [start = 0] = decodeCursor<[number]>(query.cursor, filters, ['integer']) ?? [];
  const from = Math.max(start, 0);
  return toPage(rows.slice(from, from + query.limit + 1), query.limit, () => [from + query.limit], filters);
}
