import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { REGISTRY_SYSTEM, type RegistrySystemState } from '#libs/contracts';
import { History } from '#libs/history';
import { Agencies, CreatedAt, IfMatch, type Page, PageOf, UuidParam } from '#libs/http';
import { EntryRoutes, WRITERS } from '../catalogue/entry-routes.js';
import { changesOf, contentOf } from '../catalogue/stated.js';
import type { RegistrySystem } from './system.entity.js';
import { ChangeSystemBody, CreateSystemBody, ListSystemsQuery } from './system.requests.js';
import { SystemView } from './system.view.js';
import { SystemsQueries, SystemsService } from './systems.service.js';

const Routes = EntryRoutes<RegistrySystemState, RegistrySystem>({
  noun: 'system',
  aggregate: REGISTRY_SYSTEM,
  view: SystemView,
});

@ApiTags('systems')
@Controller('v1/systems')
export class SystemsController extends Routes {
  constructor(
    systems: SystemsService,
    queries: SystemsQueries,
    history: History,
    private readonly agencies: Agencies,
  ) {
    super(systems, queries, history);
  }

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

  @Post()
  @RequireScopes('registry:write')
  @CreatedAt('/v1/systems/{id}')
  @ApiOperation({ summary: 'Enter a system', description: WRITERS })
  @ApiCreatedResponse({ type: SystemView })
  create(@CurrentActor() actor: Actor, @Body() body: CreateSystemBody): Promise<RegistrySystemState> {
    return this.entries.create(actor, contentOf(body, this.agencies));
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
    return this.entries.change(actor, id, changesOf(body, this.agencies), ifMatch);
  }
}
