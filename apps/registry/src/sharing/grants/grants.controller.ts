import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireAnyScope, RequireScopes } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { SHARING_GRANT, type SharingGrantState } from '#libs/contracts';
import { History, HistoryLineView, HistoryQuery } from '#libs/history';
import { IfMatch, type Page, PageOf, UuidParam } from '#libs/http';
import { ListGrantsQuery, RenewGrantBody, ResumeGrantBody, StopGrantBody } from './grant.requests.js';
import { GrantStore } from './grant.store.js';
import { GrantView, grantView } from './grant.view.js';
import { GrantsService, type Stop } from './grants.service.js';

const PROVIDER = 'For the agency that shares.';

@ApiTags('sharing grants')
@Controller('v1/grants')
export class GrantsController {
  constructor(
    private readonly grants: GrantsService,
    private readonly store: GrantStore,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  @Get()
  @RequireAnyScope('sharing:request', 'sharing:decide')
  @ApiOperation({ summary: 'Grants of both sides, the newest first', description: 'Sở KH&CN sees all.' })
  @ApiOkResponse({ type: PageOf(GrantView) })
  async list(@CurrentActor() actor: Actor, @Query() query: ListGrantsQuery): Promise<Page<GrantView>> {
    const today = this.clock.today();
    const { items, nextCursor } = await this.store.list(actor, query, today);
    return { items: items.map((grant) => grantView(grant, today)), nextCursor };
  }

  @Get(':id')
  @RequireAnyScope('sharing:request', 'sharing:decide')
  @ApiOperation({ summary: 'One grant' })
  @ApiOkResponse({ type: GrantView })
  async read(@CurrentActor() actor: Actor, @UuidParam('id') id: string): Promise<GrantView> {
    return this.view(await this.store.readVisible(actor, id));
  }

  @Get(':id/history')
  @RequireAnyScope('sharing:request', 'sharing:decide')
  @ApiOperation({ summary: 'Every change of a grant, the newest first' })
  @ApiOkResponse({ type: PageOf(HistoryLineView) })
  async listHistory(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @Query() query: HistoryQuery,
  ): Promise<Page<HistoryLineView>> {
    await this.store.readVisible(actor, id);
    return this.history.of(SHARING_GRANT, id, query);
  }

  @Post(':id/renewal')
  @HttpCode(200)
  @RequireAnyScope('sharing:request', 'sharing:decide')
  @ApiOperation({
    summary: 'Give a grant a later end',
    description: `${PROVIDER} Data that must be shared are renewed by the receiver itself.`,
  })
  @ApiOkResponse({ type: GrantView })
  async renew(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { validUntil, document }: RenewGrantBody,
  ): Promise<GrantView> {
    const renewal = { validUntil, document: document ?? null };
    return this.view(await this.grants.renew(actor, id, renewal, ifMatch));
  }

  @Post(':id/suspension')
  @HttpCode(200)
  @RequireScopes('sharing:decide')
  @ApiOperation({ summary: 'Let nothing leave until the grant is resumed', description: PROVIDER })
  @ApiOkResponse({ type: GrantView })
  async suspend(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: StopGrantBody,
  ): Promise<GrantView> {
    return this.view(await this.grants.suspend(actor, id, stopOf(body), ifMatch));
  }

  @Post(':id/resumption')
  @HttpCode(200)
  @RequireScopes('sharing:decide')
  @ApiOperation({ summary: 'Resume a suspended grant', description: PROVIDER })
  @ApiOkResponse({ type: GrantView })
  async resume(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: ResumeGrantBody,
  ): Promise<GrantView> {
    return this.view(await this.grants.resume(actor, id, body, ifMatch));
  }

  @Post(':id/withdrawal')
  @HttpCode(200)
  @RequireAnyScope('sharing:request', 'sharing:decide')
  @ApiOperation({
    summary: 'End a grant for good',
    description: `${PROVIDER} The receiver may give its grant back, too.`,
  })
  @ApiOkResponse({ type: GrantView })
  async withdraw(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() body: StopGrantBody,
  ): Promise<GrantView> {
    return this.view(await this.grants.withdraw(actor, id, stopOf(body), ifMatch));
  }

  private view(grant: SharingGrantState): GrantView {
    return grantView(grant, this.clock.today());
  }
}

function stopOf({ reason, legalGround, document }: StopGrantBody): Stop {
  return { reason, legalGround: legalGround ?? null, document: document ?? null };
}
