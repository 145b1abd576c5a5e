import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import type { RegistryReportState } from '#libs/contracts';
import { CreatedAt, IfMatch, type Page, PageOf, UuidParam } from '#libs/http';
import {
  CorrectReportBody,
  ListLinesQuery,
  ListReportsQuery,
  PeriodView,
  ReportLineView,
  ReportStateView,
  ReportVersionView,
  SubmitReportBody,
} from './report.requests.js';
import { ReportStore } from './report.store.js';
import type { PeriodItem, ReportLine, ReportVersion } from './report-states.js';
import { ReportsQueries } from './reports.queries.js';
import { type ReportContent, ReportsService } from './reports.service.js';

const OWNER = 'For the owning agency and Sở KH&CN.';

@ApiTags('reports')
@Controller('v1')
export class ReportsController {
  constructor(
    private readonly reports: ReportsService,
    private readonly queries: ReportsQueries,
    private readonly store: ReportStore,
  ) {}

  @Post('databases/:id/reports')
  @RequireScopes('registry:write')
  @CreatedAt('/v1/reports/{id}')
  @ApiOperation({ summary: 'Report on a database for a period', description: OWNER })
  @ApiCreatedResponse({ type: ReportStateView })
  submit(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @Body() body: SubmitReportBody,
  ): Promise<RegistryReportState> {
    return this.reports.submit(actor, id, body.period, contentOf(body), body.receivedOn);
  }

  @Get('databases/:id/reports')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Reports on a database, the newest first' })
  @ApiOkResponse({ type: PageOf(ReportStateView) })
  list(@UuidParam('id') id: string, @Query() query: ListReportsQuery): Promise<Page<RegistryReportState>> {
    return this.queries.ofDatabase(id, query);
  }

  @Get('reports/:id')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'One report' })
  @ApiOkResponse({ type: ReportStateView })
  read(@UuidParam('id') id: string): Promise<RegistryReportState> {
    return this.store.read(id);
  }

  @Get('reports/:id/versions')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Everything that was sent for a report, the newest first' })
  @ApiOkResponse({ type: PageOf(ReportVersionView) })
  versions(@UuidParam('id') id: string, @Query() query: ListReportsQuery): Promise<Page<ReportVersion>> {
    return this.queries.versions(id, query);
  }

  @Post('reports/:id/correction')
  @HttpCode(200)
  @RequireScopes('registry:write')
  @ApiOperation({ summary: 'Correct a report; the day of its first version stays', description: OWNER })
  @ApiOkResponse({ type: ReportStateView })
  correct(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: CorrectReportBody,
  ): Promise<RegistryReportState> {
    return this.reports.correct(actor, id, contentOf(body), ifMatch);
  }

  @Get('lists/:id/periods')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Periods that a list asks reports for, with how they stand; the newest first' })
  @ApiOkResponse({ type: PageOf(PeriodView) })
  periods(@UuidParam('id') id: string, @Query() query: ListReportsQuery): Promise<Page<PeriodItem>> {
    return this.queries.periods(id, query);
  }

  @Get('lists/:id/report-lines')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'How the reports of a period stand, in the order of the list' })
  @ApiOkResponse({ type: PageOf(ReportLineView) })
  lines(@UuidParam('id') id: string, @Query() query: ListLinesQuery): Promise<Page<ReportLine>> {
    return this.queries.page(id, query);
  }
}

function contentOf({ progress, percent, obstacles }: CorrectReportBody): ReportContent {
  return { progress, percent: percent ?? null, obstacles: obstacles ?? null };
}
