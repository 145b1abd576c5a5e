import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { REGISTRY_LIST, type RegistryListState } from '#libs/contracts';
import { History, HistoryLineView, HistoryQuery } from '#libs/history';
import { CreatedAt, decodeCursor, IfMatch, type Page, PageOf, toPage, UuidParam } from '#libs/http';
import {
  AddEntryBody,
  additionOf,
  ChangeListBody,
  changesOf,
  contentOf,
  ListListsQuery,
  OpenListBody,
  removalOf,
  RemoveEntryBody,
} from './list.requests.js';
import { ListStore } from './list.store.js';
import { RegistryListView } from './list.view.js';
import { ListsService } from './lists.service.js';

const KEEPER = 'For Sở KH&CN.';

@ApiTags('lists')
@Controller('v1/lists')
export class ListsController {
  constructor(
    private readonly lists: ListsService,
    private readonly store: ListStore,
    private readonly history: History,
  ) {}

  @Get()
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Lists of databases, in the order in which they were opened' })
  @ApiOkResponse({ type: PageOf(RegistryListView) })
  async list(@Query() query: ListListsQuery): Promise<Page<RegistryListState>> {
    const { purpose, year, limit } = query;
    const filters = { purpose, year };
    const [after] = decodeCursor<[string]>(query.cursor, filters, ['uuid']) ?? [];
    const rows = await this.store.query(
      `WHERE ($1::text IS NULL OR row.purpose = $1) AND ($2::int IS NULL OR row.year = $2)
         AND ($3::uuid IS NULL OR row.id > $3)
       ORDER BY row.id LIMIT $4`,
      [purpose ?? null, year ?? null, after ?? null, limit + 1],
    );
    return toPage(rows, limit, (list) => [list.id], filters);
  }

  @Get(':id')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'One list with its databases' })
  @ApiOkResponse({ type: RegistryListView })
  read(@UuidParam('id') id: string): Promise<RegistryListState> {
    return this.store.read(id);
  }

  @Get(':id/history')
  @RequireScopes('registry:read')
  @ApiOperation({ summary: 'Every change of a list, the newest first' })
  @ApiOkResponse({ type: PageOf(HistoryLineView) })
  async listHistory(
    @UuidParam('id') id: string,
    @Query() query: HistoryQuery,
  ): Promise<Page<HistoryLineView>> {
    await this.store.read(id);
    return this.history.of(REGISTRY_LIST, id, query);
  }

  @Post()
  @RequireScopes('registry:write')
  @CreatedAt('/v1/lists/{id}')
  @ApiOperation({ summary: 'Open a list', description: KEEPER })
  @ApiCreatedResponse({ type: RegistryListView })
  open(@CurrentActor() actor: Actor, @Body() body: OpenListBody): Promise<RegistryListState> {
    return this.lists.open(actor, contentOf(body));
  }

  @Patch(':id')
  @RequireScopes('registry:write')
  @ApiOperation({ summary: 'Change the description of a list', description: KEEPER })
  @ApiOkResponse({ type: RegistryListView })
  change(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: ChangeListBody,
  ): Promise<RegistryListState> {
    return this.lists.change(actor, id, changesOf(body), ifMatch);
  }

  @Post(':id/entries')
  @HttpCode(200)
  @RequireScopes('registry:write')
  @ApiOperation({ summary: 'Put a database on a list', description: KEEPER })
  @ApiOkResponse({ type: RegistryListView })
  add(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: AddEntryBody,
  ): Promise<RegistryListState> {
    return this.lists.add(actor, id, additionOf(body), ifMatch);
  }

  @Post(':id/entries/:databaseId/removal')
  @HttpCode(200)
  @RequireScopes('registry:write')
  @ApiOperation({ summary: 'Take a database off a list; the entry stays, with its day', description: KEEPER })
  @ApiOkResponse({ type: RegistryListView })
  remove(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @UuidParam('databaseId') databaseId: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: RemoveEntryBody,
  ): Promise<RegistryListState> {
    return this.lists.remove(actor, id, databaseId, removalOf(body), ifMatch);
  }
}
