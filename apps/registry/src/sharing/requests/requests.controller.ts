import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, RequireAnyScope, RequireScopes } from '#libs/auth';
import { Clock } from '#libs/calendar';
import { SHARING_REQUEST, type SharingRequestState } from '#libs/contracts';
import { History, HistoryLineView, HistoryQuery } from '#libs/history';
import { CreatedAt, IfMatch, type Page, PageOf, UuidParam } from '#libs/http';
import { RequestFiguresQueries, type SharingFigures } from './request-figures.js';
import {
  type ContactBody,
  FiguresQuery,
  GrantRequestBody,
  ListRequestsQuery,
  RefuseRequestBody,
  SubmitRequestBody,
  WithdrawRequestBody,
} from './request.requests.js';
import { RequestStore } from './request.store.js';
import {
  RequestDetailView,
  type RequestItem,
  RequestView,
  requestView,
  SharingFiguresView,
} from './request.view.js';
import { type NewRequest, RequestsService } from './requests.service.js';

const SEEN_BY = 'Seen by the agency that asks, the one that shares, and Sở KH&CN.';
const PROVIDER = 'For the agency that shares.';

@ApiTags('sharing requests')
@Controller('v1')
export class RequestsController {
  constructor(
    private readonly requests: RequestsService,
    private readonly store: RequestStore,
    private readonly figuresQueries: RequestFiguresQueries,
    private readonly history: History,
    private readonly clock: Clock,
  ) {}

  @Get('sharing-requests')
  @RequireAnyScope('sharing:request', 'sharing:decide')
  @ApiOperation({ summary: 'Requests, the newest first', description: SEEN_BY })
  @ApiOkResponse({ type: PageOf(RequestView) })
  async list(@CurrentActor() actor: Actor, @Query() query: ListRequestsQuery): Promise<Page<RequestItem>> {
    const today = this.clock.today();
    const { items, nextCursor } = await this.store.list(actor, query, today);
    return { items: items.map((request) => requestView(request, today)), nextCursor };
  }

  @Get('sharing-requests/:id')
  @RequireAnyScope('sharing:request', 'sharing:decide')
  @ApiOperation({ summary: 'One request with its contact', description: SEEN_BY })
  @ApiOkResponse({ type: RequestDetailView })
  async read(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
  ): Promise<RequestItem & { contact: ContactBody }> {
    const request = this.view(await this.store.readVisible(actor, id));
    return { ...request, contact: await this.store.contactOf(id) };
  }

  @Get('sharing-requests/:id/history')
  @RequireAnyScope('sharing:request', 'sharing:decide')
  @ApiOperation({ summary: 'Every change of a request, the newest first', description: SEEN_BY })
  @ApiOkResponse({ type: PageOf(HistoryLineView) })
  async listHistory(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @Query() query: HistoryQuery,
  ): Promise<Page<HistoryLineView>> {
    await this.store.readVisible(actor, id);
    return this.history.of(SHARING_REQUEST, id, query);
  }

  @Get('sharing-figures')
  @RequireAnyScope('sharing:request', 'sharing:decide')
  @ApiOperation({ summary: 'How requests were answered, in time or late', description: SEEN_BY })
  @ApiOkResponse({ type: SharingFiguresView })
  figures(@CurrentActor() actor: Actor, @Query() query: FiguresQuery): Promise<SharingFigures> {
    return this.figuresQueries.of(actor, query);
  }

  @Post('sharing-requests')
  @RequireScopes('sharing:request')
  @CreatedAt('/v1/sharing-requests/{id}')
  @ApiOperation({
    summary: "Ask to use a dataset, in the name of the caller's agency",
    description: 'What must be shared is granted at once; else the agency that shares answers by `dueOn`.',
  })
  @ApiCreatedResponse({ type: RequestView })
  async submit(@CurrentActor() actor: Actor, @Body() body: SubmitRequestBody): Promise<RequestItem> {
    return this.view(await this.requests.submit(actor, requestOf(body)));
  }

  @Post('sharing-requests/:id/grant')
  @HttpCode(200)
  @RequireScopes('sharing:decide')
  @ApiOperation({
    summary: 'Grant a request, as it was asked or within limits',
    description: `${PROVIDER} The request keeps what was asked, the grant has what was granted.`,
  })
  @ApiOkResponse({ type: RequestView })
  async grant(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { note, document, limits }: GrantRequestBody,
  ): Promise<RequestItem> {
    const granting = { note: note ?? null, document: document ?? null, limits: limits ?? null };
    return this.view(await this.requests.grant(actor, id, granting, ifMatch));
  }

  @Post('sharing-requests/:id/refusal')
  @HttpCode(200)
  @RequireScopes('sharing:decide')
  @ApiOperation({
    summary: 'Refuse a request in writing, with reason and legal ground',
    description: PROVIDER,
  })
  @ApiOkResponse({ type: RequestView })
  async refuse(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { reason, legalGround, document }: RefuseRequestBody,
  ): Promise<RequestItem> {
    const refusal = { reason, legalGround, document: document ?? null };
    return this.view(await this.requests.refuse(actor, id, refusal, ifMatch));
  }

  @Post('sharing-requests/:id/withdrawal')
  @HttpCode(200)
  @RequireScopes('sharing:request')
  @ApiOperation({
    summary: 'Take back a request that was not answered',
    description: 'For the agency that asks.',
  })
  @ApiOkResponse({ type: RequestView })
  async withdraw(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { reason }: WithdrawRequestBody,
  ): Promise<RequestItem> {
    return this.view(await this.requests.withdraw(actor, id, reason ?? null, ifMatch));
  }

  private view(request: SharingRequestState): RequestItem {
    return requestView(request, this.clock.today());
  }
}

function requestOf(body: SubmitRequestBody): NewRequest {
  const { datasetId, purpose, legalGround, validFrom, validUntil, method, contact } = body;
  return {
    datasetId,
    purpose,
    legalGround,
    fields: body.fields ?? null,
    quantity: body.quantity ?? null,
    validFrom,
    validUntil,
    frequency: body.frequency ?? null,
    method,
    contact,
    objectsTo: body.objectsTo ?? null,
  };
}
