import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireAnyScope } from '#libs/auth';
import type { Overview } from '#libs/contracts';
import { OverviewQuery } from './overview.query.js';
import { OverviewService } from './overview.service.js';

@ApiTags('overview')
@Controller('ioc/v1/overview')
export class OverviewController {
  constructor(private readonly overviews: OverviewService) {}

  @Get()
  @RequireAnyScope('ioc:read', 'ioc:display')
  @ApiOperation({ summary: 'The whole picture: tasks, budget of a year, registry, staffing, health' })
  read(@Query() { year }: OverviewQuery): Overview {
    return this.overviews.overview(year);
  }
}
