import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import type { StaffingUnitState } from '#libs/contracts';
import { CodeParam, IfMatch, type Page, PageOf } from '#libs/http';
import { UNIT_CODE } from '../units/unit.requests.js';
import { UnitView } from '../units/unit.view.js';
import { HeadCountBody, ListHeadCountsQuery } from './head-count.requests.js';
import { HeadCountReportView } from './head-count.view.js';
import { type HeadCountReportState, HeadCountsService } from './head-counts.service.js';

@ApiTags('head-counts')
@Controller('v1/units/:code/head-counts')
export class HeadCountsController {
  constructor(private readonly headCounts: HeadCountsService) {}

  @Post()
  @RequireScopes('staffing:write')
  @ApiOperation({
    summary: 'Report how many IT staff a unit has; answers the unit',
    description:
      'For the unit itself and Sở Nội vụ. A report of an earlier day than the last one is kept but does not count.',
  })
  @ApiCreatedResponse({ type: UnitView })
  report(
    @CurrentActor() actor: Actor,
    @CodeParam('code', UNIT_CODE, 'Statistical code') code: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: HeadCountBody,
  ): Promise<StaffingUnitState> {
    const { itStaff, asOf, note = null } = body;
    return this.headCounts.report(actor, code, { itStaff, asOf, note }, ifMatch);
  }

  @Get()
  @RequireScopes('staffing:read')
  @ApiOperation({ summary: 'All reports of a unit, the newest first' })
  @ApiOkResponse({ type: PageOf(HeadCountReportView) })
  list(
    @CurrentActor() actor: Actor,
    @CodeParam('code', UNIT_CODE, 'Statistical code') code: string,
    @Query() query: ListHeadCountsQuery,
  ): Promise<Page<HeadCountReportState>> {
    return this.headCounts.list(actor, code, query);
  }
}
