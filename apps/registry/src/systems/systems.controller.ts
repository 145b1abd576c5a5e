import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { REGISTRY_SYSTEM, type RegistrySystemState } from '#libs/contracts';
import { Agencies, CreatedAt, IfMatch, type Page, PageOf, UuidParam } from '#libs/http';
import { LifecycleBody, ListStepsQuery, UseBody } from '../catalogue/entry.requests.js';
import type { LifecycleStepState } from '../catalogue/entry-state.js';
import { StepView } from '../catalogue/entry.view.js';
import { changesOf, contentOf, moveOf, useMoveOf } from '../catalogue/stated.js';
import { History, type HistoryLine } from '../history/history.service.js';
import { HistoryLineView, HistoryQuery } from '../history/history.view.js';
import { ChangeSystemBody, CreateSystemBody, ListSystemsQuery } from './system.requests.js';
import { SystemView } from './system.view.js';
import { SystemsQueries, SystemsService } from './systems.service.js';

const WRITERS = 'For the owning agency and Sở KH&CN.';

@ApiTags('systems')
@Controller('v1/systems')
export class SystemsController {
  constructor(
    private readonly systems: SystemsService,
    private readonly queries: SystemsQueries,
    private readonly agencies: Agencies,
    private readonly history: History,
  ) {}

  @Get()
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'The catalogue of systems, in the order of entry' })
  @ApiOkResponse({ type: PageOf(SystemView) })
  list(@Query() query: ListSystemsQuery): Promise<Page<RegistrySystemState>> {
    return this.queries.list(query, {
      recheckUntil: {
        condition: `entry.security ->> 'recheckDue' <= :recheckUntil`,
        value: query.recheckUntil,
      },
    });
  }

  @Get(':id')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'One system' })
  @ApiOkResponse({ type: SystemView })
  read(@UuidParam('id') id: string): Promise<RegistrySystemState> {
    return this.queries.read(id);
  }

  @Post()
  @RequireScopes('registry:write')
  @CreatedAt('/v1/systems/{id}')
  @ApiOperation({ summary: 'Enter a system', description: WRITERS })
  @ApiCreatedResponse({ type: SystemView })
  create(@CurrentActor() actor: Actor, @Body() body: CreateSystemBody): Promise<RegistrySystemState> {
    return this.systems.create(actor, contentOf(body, this.agencies));
  }

  @Patch(':id')
  @RequireScopes('registry:write')
  @ApiOperation({ summary: 'Change the description of a system', description: WRITERS })
  @ApiOkResponse({ type: SystemView })
  change(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: ChangeSystemBody,
  ): Promise<RegistrySystemState> {
    return this.systems.change(actor, id, changesOf(body, this.agencies), ifMatch);
  }

  @Post(':id/lifecycle')
  @HttpCode(200)
  @RequireScopes('registry:write')
  @ApiOperation({ summary: 'Pass a system to another life-cycle state', description: WRITERS })
  @ApiOkResponse({ type: SystemView })
  move(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: LifecycleBody,
  ): Promise<RegistrySystemState> {
    return this.systems.move(actor, id, moveOf(body), ifMatch);
  }

  @Get(':id/lifecycle')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Life-cycle history, the newest step first' })
  @ApiOkResponse({ type: PageOf(StepView) })
  listSteps(@UuidParam('id') id: string, @Query() query: ListStepsQuery): Promise<Page<LifecycleStepState>> {
    return this.queries.listSteps(id, query);
  }

  @Post(':id/use')
  @HttpCode(200)
  @RequireScopes('registry:write')
  @ApiOperation({ summary: 'Pass a system to another state of use', description: WRITERS })
  @ApiOkResponse({ type: SystemView })
  moveUse(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: UseBody,
  ): Promise<RegistrySystemState> {
    return this.systems.moveUse(actor, id, useMoveOf(body), ifMatch);
  }

  @Get(':id/history')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Every change, the newest first' })
  @ApiOkResponse({ type: PageOf(HistoryLineView) })
  async listHistory(@UuidParam('id') id: string, @Query() query: HistoryQuery): Promise<Page<HistoryLine>> {
    await this.queries.read(id);
    return this.history.of(REGISTRY_SYSTEM, id, query);
  }
}
