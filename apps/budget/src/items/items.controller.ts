import { Body, Controller, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import type { BudgetItemState } from '#libs/contracts';
import { CreatedAt, IfMatch, type Page, PageOf, UuidParam } from '#libs/http';
import { ChangeItemBody, CreateItemBody, ListItemsQuery } from './item.requests.js';
import { ItemView } from './item.view.js';
import { ItemsQueries } from './items.queries.js';
import { type ItemChanges, ItemsService } from './items.service.js';
import { Owners } from './owners.js';

@ApiTags('items')
@Controller('v1/items')
export class ItemsController {
  constructor(
    private readonly items: ItemsService,
    private readonly queries: ItemsQueries,
    private readonly owners: Owners,
  ) {}

  @Get()
  @RequireScopes('budget:read')
  @ApiOperation({ summary: 'Projects and activities, in the order they were entered' })
  @ApiOkResponse({ type: PageOf(ItemView) })
  list(@Query() query: ListItemsQuery): Promise<Page<BudgetItemState>> {
    return this.queries.list(query);
  }

  @Get(':id')
  @RequireScopes('budget:read')
  @ApiOperation({ summary: 'One item' })
  @ApiOkResponse({ type: ItemView })
  read(@UuidParam('id') id: string): Promise<BudgetItemState> {
    return this.queries.read(id);
  }

  @Post()
  @RequireScopes('budget:write')
  @CreatedAt('/v1/items/{id}')
  @ApiOperation({ summary: 'Enter an item', description: 'For the owner itself, Sở Tài chính and Sở KH&CN.' })
  @ApiCreatedResponse({ type: ItemView })
  create(@CurrentActor() actor: Actor, @Body() body: CreateItemBody): Promise<BudgetItemState> {
    const { ownerCode, ...stated } = body;
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
      owner: this.owners.require(ownerCode),
    });
  }

  @Patch(':id')
  @RequireScopes('budget:write')
  @ApiOperation({ summary: 'Change an item', description: 'For the owner itself, Sở Tài chính and Sở KH&CN.' })
  @ApiOkResponse({ type: ItemView })
  change(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: ChangeItemBody,
  ): Promise<BudgetItemState> {
    const { ownerCode, ...stated } = body;
    const changes: ItemChanges = ownerCode === undefined ? stated : { ...stated, owner: this.owners.require(ownerCode) };
    return this.items.change(actor, id, changes, ifMatch);
  }
}
