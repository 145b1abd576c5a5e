import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireAnyScope, RequireScopes } from '#libs/auth';
import type { BudgetItemState } from '#libs/contracts';
import { IfMatch, type Page, PageOf, UuidParam } from '#libs/http';
import { ItemView } from '../items/item.view.js';
import { EntryBody, ListEntriesQuery, ReversalBody } from './entry.requests.js';
import { EntryView, VerificationView } from './entry.view.js';
import { LedgerQueries } from './ledger.queries.js';
import { LedgerService } from './ledger.service.js';

const WHO =
  'Requested: the owner, Sở Tài chính, Sở KH&CN. Appraised, settled: Sở Tài chính. Approved: the Provincial People’s ' +
  'Committee. Allocated: the Committee or Sở Tài chính. Disbursed: the owner or Sở Tài chính.';

@ApiTags('ledger')
@Controller('v1')
export class LedgerController {
  constructor(
    private readonly ledger: LedgerService,
    private readonly queries: LedgerQueries,
  ) {}

  @Post('items/:id/entries')
  @HttpCode(200)
  @RequireAnyScope('budget:write', 'budget:appraise', 'budget:approve')
  @ApiOperation({ summary: 'Enter money into a line of an item', description: WHO })
  @ApiOkResponse({ type: ItemView })
  enter(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { lineId, documentDate = null, reason = null, ...entry }: EntryBody,
  ): Promise<BudgetItemState> {
    return this.ledger.enter(actor, id, lineId, { ...entry, documentDate, reason }, ifMatch);
  }

  @Post('entries/:id/reversal')
  @HttpCode(200)
  @RequireAnyScope('budget:write', 'budget:appraise', 'budget:approve')
  @ApiOperation({ summary: 'Take a whole entry back; who may enter its step may do so', description: WHO })
  @ApiOkResponse({ type: ItemView })
  reverse(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { documentDate = null, ...ground }: ReversalBody,
  ): Promise<BudgetItemState> {
    return this.ledger.reverse(actor, id, { ...ground, documentDate }, ifMatch);
  }

  @Get('entries')
  @RequireScopes('budget:read')
  @ApiOperation({ summary: 'The ledger, in the order of entry, of the items that the caller sees' })
  @ApiOkResponse({ type: PageOf(EntryView) })
  list(@CurrentActor() actor: Actor, @Query() query: ListEntriesQuery): Promise<Page<EntryView>> {
    return this.queries.list(actor, query);
  }

  @Get('ledger/verification')
  @RequireScopes('budget:appraise')
  @ApiOperation({ summary: 'Replay the ledger and compare it with the balances' })
  @ApiOkResponse({ type: VerificationView })
  verify(): Promise<VerificationView> {
    return this.queries.verify();
  }
}
