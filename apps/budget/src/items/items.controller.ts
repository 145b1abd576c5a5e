import { Body, Controller, Get, HttpCode, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import type { BudgetItemState } from '#libs/contracts';
import { HistoryLineView } from '#libs/history';
import { Agencies, CreatedAt, CursorQuery, IfMatch, type Page, PageOf, UuidParam } from '#libs/http';
import { ChangeItemBody, CreateItemBody, ListItemsQuery, StatusBody } from './item.requests.js';
import { ItemView } from './item.view.js';
import { ItemsQueries } from './items.queries.js';
import { type ItemChanges, ItemsService } from './items.service.js';

const READERS = 'An agency sees its own; Sở Tài chính, Sở KH&CN and the Provincial Office see all.';
const WRITERS = 'For the owner itself, Sở Tài chính and Sở KH&CN.';

@ApiTags('items')
@Controller('v1/items')
export class ItemsController {
  constructor(
    private readonly items: ItemsService,
    private readonly queries: ItemsQueries,
    private readonly agencies: Agencies,
  ) {}

  @Get()
  @RequireScopes('budget:read')
  @ApiOperation({ summary: 'Projects and activities, in the order they were entered', description: READERS })
  @ApiOkResponse({ type: PageOf(ItemView) })
  list(@CurrentActor() actor: Actor, @Query() query: ListItemsQuery): Promise<Page<BudgetItemState>> {
    return this.queries.list(actor, query);
  }

  @Get(':id')
  @RequireScopes('budget:read')
  @ApiOperation({ summary: 'One item', description: READERS })
  @ApiOkResponse({ type: ItemView })
  read(@CurrentActor() actor: Actor, @UuidParam('id') id: string): Promise<BudgetItemState> {
    return this.queries.read(actor, id);
  }

  @Post()
  @RequireScopes('budget:write')
  @CreatedAt('/v1/items/{id}')
  @ApiOperation({ summary: 'Enter an item', description: WRITERS })
  @ApiCreatedResponse({ type: ItemView })
  create(@CurrentActor() actor: Actor, @Body() body: CreateItemBody): Promise<BudgetItemState> {
    const { owner, ...stated } = body;
    return this.items.create(actor, {
      number: null,
      group: null,
      years: null,
      totalCost: null,
      plannedByYear: {},
      requested: null,
      allocated: null,
      progressPhrase: null,
      note: null,
      sourceDocument: null,
      ...stated,
      owner: this.agencies.requireOwner(owner, 'owner'),
    });
  }

  @Patch(':id')
  @RequireScopes('budget:write')
  @ApiOperation({ summary: 'Change an item', description: WRITERS })
  @ApiOkResponse({ type: ItemView })
  change(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: ChangeItemBody,
  ): Promise<BudgetItemState> {
    const { owner, ...stated } = body;
    const changes: ItemChanges =
      owner === undefined ? stated : { ...stated, owner: this.agencies.requireOwner(owner, 'owner') };
    return this.items.change(actor, id, changes, ifMatch);
  }

  @Post(':id/status')
  @HttpCode(200)
  @RequireScopes('budget:write')
  @ApiOperation({ summary: 'Suspend, resume, cancel or complete an item', description: WRITERS })
  @ApiOkResponse({ type: ItemView })
  setStatus(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { status, reason = null, document = null }: StatusBody,
  ): Promise<BudgetItemState> {
    return this.items.setStatus(actor, id, { status, reason, document }, ifMatch);
  }

  @Get(':id/history')
  @RequireScopes('budget:read')
  @ApiOperation({ summary: 'What happened to an item, oldest first', description: READERS })
  @ApiOkResponse({ type: PageOf(HistoryLineView) })
  history(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @Query() page: CursorQuery,
  ): Promise<Page<HistoryLineView>> {
    return this.queries.history(actor, id, page);
  }
}
