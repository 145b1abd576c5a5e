import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { REGISTRY_DATABASE, type RegistryDatabaseState } from '#libs/contracts';
import { History } from '#libs/history';
import { Agencies, CreatedAt, IfMatch, type Page, PageOf, UuidParam } from '#libs/http';
import { EntryRoutes, WRITERS } from '../catalogue/entry-routes.js';
import { changesOf, contentOf } from '../catalogue/stated.js';
import type { RegistryDatabase } from './database.entity.js';
import { ChangeDatabaseBody, CreateDatabaseBody, ListDatabasesQuery } from './database.requests.js';
import { DatabaseView } from './database.view.js';
import { DatabasesQueries, DatabasesService } from './databases.service.js';

const Routes = EntryRoutes<RegistryDatabaseState, RegistryDatabase>({
  noun: 'database',
  aggregate: REGISTRY_DATABASE,
  view: DatabaseView,
});

@ApiTags('databases')
@Controller('v1/databases')
export class DatabasesController extends Routes {
  constructor(
    databases: DatabasesService,
    queries: DatabasesQueries,
    history: History,
    private readonly agencies: Agencies,
  ) {
    super(databases, queries, history);
  }

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
    return this.entries.create(actor, { ...contentOf(body, this.agencies), ...own });
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
    return this.entries.change(actor, id, changesOf(body, this.agencies), ifMatch);
  }
}
