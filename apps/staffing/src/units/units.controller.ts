import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import type { StaffingUnitState } from '#libs/contracts';
import { CodeParam, type Page, PageOf } from '#libs/http';
import { ListUnitsQuery, UNIT_CODE } from './unit.requests.js';
import { UnitView } from './unit.view.js';
import { UnitsQueries } from './units.queries.js';

const READERS = 'A unit sees itself; Sở Nội vụ, Sở KH&CN and the Provincial Office see all.';

@ApiTags('units')
@Controller('v1/units')
export class UnitsController {
  constructor(private readonly queries: UnitsQueries) {}

  @Get()
  @RequireScopes('staffing:read')
  @ApiOperation({ summary: 'Commune units, by statistical code', description: READERS })
  @ApiOkResponse({ type: PageOf(UnitView) })
  list(@CurrentActor() actor: Actor, @Query() query: ListUnitsQuery): Promise<Page<StaffingUnitState>> {
    return this.queries.list(actor, query);
  }

  @Get(':code')
  @RequireScopes('staffing:read')
  @ApiOperation({ summary: 'One commune unit', description: READERS })
  @ApiOkResponse({ type: UnitView })
  read(
    @CurrentActor() actor: Actor,
    @CodeParam('code', UNIT_CODE, 'Statistical code') code: string,
  ): Promise<StaffingUnitState> {
    return this.queries.read(actor, code);
  }
}
