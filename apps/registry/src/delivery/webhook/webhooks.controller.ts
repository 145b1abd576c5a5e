import { Body, Controller, Delete, Get, HttpCode, Post, Put, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { type Actor, CurrentActor, RequireScopes } from '#libs/auth';
import { IfMatch, type Page, PageOf, UuidParam } from '#libs/http';
import { GrantAccess } from '../sources/grant-access.js';
import { ListDeadLettersQuery, SetWebhookBody } from './webhook.requests.js';
import { DeadLetterView, WebhookView } from './webhook.view.js';
import { WebhooksService } from './webhooks.service.js';

const FOR = 'For the receiver of the grant.';

@ApiTags('webhooks')
@Controller('v1/grants/:id/webhook')
@RequireScopes('sharing:request')
export class WebhooksController {
  constructor(
    private readonly access: GrantAccess,
    private readonly webhooks: WebhooksService,
  ) {}

  @Put()
  @ApiOperation({
    summary: 'Have the events of a grant posted to an address, or change the address or the secret',
    description: `${FOR} The address is asked first (CloudEvents webhooks: OPTIONS with WebHook-Request-Origin).`,
  })
  @ApiOkResponse({ type: WebhookView })
  async set(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Body() { url, secret, fromState = false }: SetWebhookBody,
    @Req() request: FastifyRequest,
  ): Promise<WebhookView> {
    await this.access.live({ actor, grantId: id, attempted: `PUT ${request.url}` }, ['sync']);
    return this.webhooks.set(actor, id, { url, secret, fromState }, ifMatch);
  }

  @Get()
  @ApiOperation({ summary: 'How the webhook of a grant is doing', description: FOR })
  @ApiOkResponse({ type: WebhookView })
  async read(@CurrentActor() actor: Actor, @UuidParam('id') id: string, @Req() request: FastifyRequest) {
    await this.checkReceiver(actor, id, request);
    return this.webhooks.read(id);
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove the webhook of a grant, with its dead letters', description: FOR })
  async remove(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @IfMatch() ifMatch: number | undefined,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.checkReceiver(actor, id, request);
    await this.webhooks.remove(actor, id, ifMatch);
  }

  @Get('dead-letters')
  @ApiOperation({ summary: 'Events that the receiver would not take', description: FOR })
  @ApiOkResponse({ type: PageOf(DeadLetterView) })
  async deadLetters(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @Query() query: ListDeadLettersQuery,
    @Req() request: FastifyRequest,
  ): Promise<Page<DeadLetterView>> {
    await this.checkReceiver(actor, id, request);
    return this.webhooks.deadLetters(id, query);
  }

  @Post('dead-letters/:event/replay')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Send such an event again, once',
    description: `${FOR} It may be older than what the receiver has by now: the newer \`ce-sequence\` wins.`,
  })
  async replay(
    @CurrentActor() actor: Actor,
    @UuidParam('id') id: string,
    @UuidParam('event', 'Identifier of the event') event: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.access.live({ actor, grantId: id, attempted: `POST ${request.url}` }, ['sync']);
    await this.webhooks.replay(id, event);
  }

  private async checkReceiver(actor: Actor, grantId: string, { method, url }: FastifyRequest): Promise<void> {
    await this.access.ofReceiver({ actor, grantId, attempted: `${method} ${url}` });
  }
}
