import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { REGISTRY_CONNECTION, type RegistryConnectionState } from '#libs/contracts';
import { History, HistoryLineView, HistoryQuery } from '#libs/history';
import { CreatedAt, IfMatch, type Page, PageOf, UuidParam } from '#libs/http';
import {
  ChangeConnectionBody,
  CreateConnectionBody,
  ListConnectionsQuery,
  ListTargetsQuery,
  MoveConnectionBody,
} from './connection.requests.js';
import { ConnectionStore } from './connection.store.js';
import { ConnectionView, ListStandingView, TargetLineView } from './connection.view.js';
import { type ConnectionDetails, ConnectionsService } from './connections.service.js';
import { type ListStanding, type TargetLine, TargetsQueries } from './targets.queries.js';

const WRITERS = 'For the owner of the own side and Sở KH&CN.';

@ApiTags('connections')
@Controller('v1')
export class ConnectionsController {
  constructor(
    private readonly connections: ConnectionsService,
    private readonly store: ConnectionStore,
    private readonly targets: TargetsQueries,
    private readonly history: History,
  ) {}

  @Get('connections')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Connections to national and sector databases and to platforms' })
  @ApiOkResponse({ type: PageOf(ConnectionView) })
  list(@Query() query: ListConnectionsQuery): Promise<Page<RegistryConnectionState>> {
    return this.store.list(query);
  }

  @Get('connections/:id')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'One connection' })
  @ApiOkResponse({ type: ConnectionView })
  read(@UuidParam('id') id: string): Promise<RegistryConnectionState> {
    return this.store.read(id);
  }

  @Get('connections/:id/history')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Every change of a connection, the newest first' })
  @ApiOkResponse({ type: PageOf(HistoryLineView) })
  async listHistory(
    @UuidParam('id') id: string,
    @Query() query: HistoryQuery,
  ): Promise<Page<HistoryLineView>> {
    await this.store.read(id);
    return this.history.of(REGISTRY_CONNECTION, id, query);
  }

  @Post('connections')
  @RequireScopes('registry:write')
  @CreatedAt('/v1/connections/{id}')
  @ApiOperation({ summary: 'Enter a connection', description: WRITERS })
  @ApiCreatedResponse({ type: ConnectionView })
  create(@CurrentActor() actor: Actor, @Body() body: CreateConnectionBody): Promise<RegistryConnectionState> {
    const sides = {
      databaseId: body.databaseId ?? null,
      systemId: body.systemId ?? null,
      targetDatabaseId: body.targetDatabaseId ?? null,
      targetPlatform: body.targetPlatform ?? null,
    };
    const state = { state: body.state ?? 'not-connected', stateOn: body.stateOn ?? null };
    return this.connections.create(actor, sides, detailsOf(body), state);
  }

  @Patch('connections/:id')
  @RequireScopes('registry:write')
  @ApiOperation({ summary: 'Change the description of a connection', description: WRITERS })
  @ApiOkResponse({ type: ConnectionView })
  change(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: ChangeConnectionBody,
  ): Promise<RegistryConnectionState> {
    return this.connections.change(actor, id, body, ifMatch);
  }

  @Post('connections/:id/state')
  @HttpCode(200)
  @RequireScopes('registry:write')
  @ApiOperation({ summary: 'Pass a connection to another state', description: WRITERS })
  @ApiOkResponse({ type: ConnectionView })
  move(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { to, on, document, note }: MoveConnectionBody,
  ): Promise<RegistryConnectionState> {
    const move = { to, on, document: document ?? null, note: note ?? null };
    return this.connections.move(actor, id, move, ifMatch);
  }

  @Get('lists/:id/connections')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Databases of a list, with how far the connections to them are' })
  @ApiOkResponse({ type: PageOf(TargetLineView) })
  lines(@UuidParam('id') id: string, @Query() query: ListTargetsQuery): Promise<Page<TargetLine>> {
    return this.targets.page(id, query);
  }

  @Get('lists/:id/standing')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'How many databases a list expects, names, and has connected and in operation' })
  @ApiOkResponse({ type: ListStandingView })
  standing(@UuidParam('id') id: string): Promise<ListStanding> {
    return this.targets.standing(id);
  }
}

function detailsOf(body: ChangeConnectionBody): ConnectionDetails {
  const { channel, frequency, legalGround, protection, documents, note } = body;
  return {
    channel: channel ?? null,
    frequency: frequency ?? null,
    legalGround: legalGround ?? null,
    protection: protection ?? null,
    documents: documents ?? [],
    note: note ?? null,
  };
}
