import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { REGISTRY_DATABASE, type RegistryDatabaseState } from '#libs/contracts';
import { Agencies, CreatedAt, IfMatch, type Page, PageOf, UuidParam } from '#libs/http';
import { LifecycleBody, ListStepsQuery, UseBody } from '../catalogue/entry.requests.js';
import type { LifecycleStepState } from '../catalogue/entry-state.js';
import { StepView } from '../catalogue/entry.view.js';
import { changesOf, contentOf, moveOf, useMoveOf } from '../catalogue/stated.js';
import { History, type HistoryLine } from '../history/history.service.js';
import { HistoryLineView, HistoryQuery } from '../history/history.view.js';
import { ChangeDatabaseBody, CreateDatabaseBody, ListDatabasesQuery } from './database.requests.js';
import { DatabaseView } from './database.view.js';
import { DatabasesQueries, DatabasesService } from './databases.service.js';

const WRITERS = 'For the owning agency and Sở KH&CN.';

@ApiTags('databases')
@Controller('v1/databases')
export class DatabasesController {
  constructor(
    private readonly databases: DatabasesService,
    private readonly queries: DatabasesQueries,
    private readonly agencies: Agencies,
    private readonly history: History,
  ) {}

  @Get()
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'The catalogue of databases, in the order of entry' })
  @ApiOkResponse({ type: PageOf(DatabaseView) })
  list(@Query() query: ListDatabasesQuery): Promise<Page<RegistryDatabaseState>> {
    return this.queries.list(query, {
      list: {
        condition: `entry.lists @> jsonb_build_array(jsonb_build_object('id', :list::text))`,
        value: query.list,
      },
      targetQuarter: { condition: 'entry.targetQuarter = :targetQuarter', value: query.targetQuarter },
    });
  }

  @Get(':id')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'One database' })
  @ApiOkResponse({ type: DatabaseView })
  read(@UuidParam('id') id: string): Promise<RegistryDatabaseState> {
    return this.queries.read(id);
  }

  @Post()
  @RequireScopes('registry:write')
  @CreatedAt('/v1/databases/{id}')
  @ApiOperation({ summary: 'Enter a database', description: WRITERS })
  @ApiCreatedResponse({ type: DatabaseView })
  create(@CurrentActor() actor: Actor, @Body() body: CreateDatabaseBody): Promise<RegistryDatabaseState> {
    const { scope, sharingScope, targetQuarter } = body;
    const own = {
      scope: scope ?? null,
      sharingScope: sharingScope ?? null,
      targetQuarter: targetQuarter ?? null,
    };
    return this.databases.create(actor, { ...contentOf(body, this.agencies), ...own });
  }

  @Patch(':id')
  @RequireScopes('registry:write')
  @ApiOperation({ summary: 'Change the description of a database', description: WRITERS })
  @ApiOkResponse({ type: DatabaseView })
  change(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: ChangeDatabaseBody,
  ): Promise<RegistryDatabaseState> {
    return this.databases.change(actor, id, changesOf(body, this.agencies), ifMatch);
  }

  @Post(':id/lifecycle')
  @HttpCode(200)
  @RequireScopes('registry:write')
  @ApiOperation({ summary: 'Pass a database to another life-cycle state', description: WRITERS })
  @ApiOkResponse({ type: DatabaseView })
  move(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: LifecycleBody,
  ): Promise<RegistryDatabaseState> {
    return this.databases.move(actor, id, moveOf(body), ifMatch);
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
  @ApiOperation({ summary: 'Pass a database to another state of use', description: WRITERS })
  @ApiOkResponse({ type: DatabaseView })
  moveUse(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: UseBody,
  ): Promise<RegistryDatabaseState> {
    return this.databases.moveUse(actor, id, useMoveOf(body), ifMatch);
  }

  @Get(':id/history')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Every change, the newest first' })
  @ApiOkResponse({ type: PageOf(HistoryLineView) })
  async listHistory(@UuidParam('id') id: string, @Query() query: HistoryQuery): Promise<Page<HistoryLine>> {
    await this.queries.read(id);
    return this.history.of(REGISTRY_DATABASE, id, query);
  }
}
