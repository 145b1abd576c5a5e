import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import type { ReportCounts } from '#libs/contracts';
import { type Page, PageOf, UuidParam } from '#libs/http';
import { AsOfQuery, CountReportsQuery, ListPeriodsQuery, ListReportsQuery } from './period.requests.js';
import type { PeriodDetail, PeriodItem, ReportItem } from './period-state.js';
import { PeriodDetailView, PeriodItemView, ReportCountsView, ReportItemView } from './period.view.js';
import { PeriodsQueries } from './periods.queries.js';
import { ReportsQueries } from './reports.queries.js';

@ApiTags('reports')
@Controller('v1')
export class PeriodsController {
  constructor(
    private readonly periods: PeriodsQueries,
    private readonly reports: ReportsQueries,
  ) {}

  @Get('duties/:dutyId/periods')
  @RequireScopes('tasks:read')
  @ApiOperation({ summary: 'Periods of a duty, the newest first' })
  @ApiOkResponse({ type: PageOf(PeriodItemView) })
  list(
    @CurrentActor() actor: Actor,
    @UuidParam('dutyId') dutyId: string,
    @Query() query: ListPeriodsQuery,
  ): Promise<Page<PeriodItem>> {
    return this.periods.list(actor, dutyId, query);
  }

  @Get('duties/:dutyId/periods/:id')
  @RequireScopes('tasks:read')
  @ApiOperation({
    summary: 'One period: how each report stands or stood on a day, and what happened',
    description:
      'Everybody sees its own report; those who oversee the duty see all (its owner, its recipients, and who follows all tasks).',
  })
  @ApiOkResponse({ type: PeriodDetailView })
  read(
    @CurrentActor() actor: Actor,
    @UuidParam('dutyId') dutyId: string,
    @UuidParam('id') id: string,
    @Query() query: AsOfQuery,
  ): Promise<PeriodDetail> {
    return this.periods.read(actor, dutyId, id, query);
  }

  @Get('reports')
  @RequireScopes('tasks:read')
  @ApiOperation({ summary: 'Reports of all duties that the caller may see, the latest last day first' })
  @ApiOkResponse({ type: PageOf(ReportItemView) })
  reportsOf(@CurrentActor() actor: Actor, @Query() query: ListReportsQuery): Promise<Page<ReportItem>> {
    return this.reports.list(actor, query);
  }

  @Get('reports/counts')
  @RequireScopes('tasks:read')
  @ApiOperation({ summary: 'How many reports are on time, late, missing, or not due yet' })
  @ApiOkResponse({ type: ReportCountsView })
  counts(@CurrentActor() actor: Actor, @Query() query: CountReportsQuery): Promise<ReportCounts> {
    return this.reports.counts(actor, query);
  }
}
